import { createHash, hkdfSync } from "node:crypto";
import { argon2id } from "@noble/hashes/argon2.js";
import { bech32 } from "@scure/base";
import { identityToRecipient } from "age-encryption";
import { Miniflare, type ModuleDefinition } from "miniflare";
import { describe, expect, it } from "vitest";
import { hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { formatIdentity, newIdentity, type Identity } from "../../src/envelope/recipient.ts";
import {
  deriveMailbox,
  mailboxIdOf,
  type Mailbox,
  type MailboxId,
  type MailboxIdentity,
  type MailboxRead,
} from "../../src/mailbox/mailbox.ts";
import { oprfKeyOf } from "../../src/mailbox/oprf-key.ts";
import { evaluate, type OprfOutput } from "../../src/mailbox/oprf.ts";
import { newReceipt, parseReceipt, type Receipt } from "../../src/mailbox/receipt.ts";
import { bundleForBrowser, bundleForWorkerd } from "./bundle.ts";

// Never called: `tsc` fails when one of these lines compiles.
export function mustNotCompile(mailbox: Mailbox, identity: Identity, receipt: Receipt, y: OprfOutput): void {
  // @ts-expect-error digits are parsed first
  void deriveMailbox("0000000000005724", y);
  // @ts-expect-error y is evaluated, never made up
  void deriveMailbox(receipt, new Uint8Array(64));
  // @ts-expect-error who may read shows it to nobody as an id
  const id: MailboxId = mailbox.read;
  // @ts-expect-error to know the id is not to read
  const read: MailboxRead = mailbox.id;
  // @ts-expect-error a reviewer's identity opens no mailbox
  const opens: MailboxIdentity = identity;
  void [id, read, opens];
}

/** envelope.md, Receipts and mailboxes, out of node:crypto, noble's Argon2id and age-encryption alone. */
async function independently(receipt: string, y: Uint8Array): Promise<Record<string, string>> {
  const s = argon2id(Buffer.from(receipt, "ascii"), y.slice(0, 16), { m: 19 * 1024, t: 2, p: 1, dkLen: 32 });
  const part = (name: string, length: number): Buffer =>
    Buffer.from(hkdfSync("sha256", Buffer.concat([s, y]), "", `gundo/mailbox/v1/${name}`, length));
  const read = part("read", 16);
  const seed = part("identity", 32);
  const age = bech32.encode("age-secret-key-pq-", bech32.toWords(seed), false).toUpperCase();
  return {
    id: createHash("sha256").update(read).digest("hex").slice(0, 32),
    read: read.toString("hex"),
    identity: seed.toString("hex"),
    recipient: await identityToRecipient(age),
  };
}

function shown(mailbox: Mailbox): Record<string, string> {
  const { id, read, identity, recipient } = mailbox;
  return { id: hex(id), read: hex(read), identity: hex(identity.reveal()), recipient };
}

const fixedReceipt = parseReceipt("00000000 00005724")!;
const fixedY = Uint8Array.from({ length: 64 }, (_, at) => at) as Uint8Array as OprfOutput;

describe("the mailbox of a receipt", () => {
  it("is what the contract's formulas give, computed apart", async () => {
    expect(shown(await deriveMailbox(fixedReceipt, fixedY))).toEqual(await independently(fixedReceipt, fixedY));
    const receipt = newReceipt(systemChance);
    const y = evaluate(oprfKeyOf(systemChance.bytes(32)), receipt);
    expect(shown(await deriveMailbox(receipt, y))).toEqual(await independently(receipt, y));
  });

  it("never changes: another id for this receipt and y would lose every mailbox there is", async () => {
    expect(hex((await deriveMailbox(fixedReceipt, fixedY)).id)).toBe("a84172b8055592b856642ebe11f2da03");
  });

  it("is another for another receipt, and for another key", async () => {
    const receipt = newReceipt(systemChance);
    const other = newReceipt(systemChance);
    const key = oprfKeyOf(systemChance.bytes(32));
    const boxes = await Promise.all([
      deriveMailbox(receipt, evaluate(key, receipt)),
      deriveMailbox(other, evaluate(key, other)),
      deriveMailbox(receipt, evaluate(oprfKeyOf(systemChance.bytes(32)), receipt)),
    ]);
    expect(new Set(boxes.map(({ recipient }) => recipient)).size).toBe(3);
    expect(new Set(boxes.flatMap(({ id, read }) => [hex(id), hex(read)])).size).toBe(6);
  });

  it("is named by who may read it", async () => {
    const { id, read } = await deriveMailbox(fixedReceipt, fixedY);
    expect(hex(mailboxIdOf(read))).toBe(hex(id));
    expect([id.length, read.length]).toEqual([16, 16]);
  });

  it("keeps y and the identity as they were", async () => {
    const y = fixedY.slice() as Uint8Array as OprfOutput;
    const first = await deriveMailbox(fixedReceipt, y);
    expect(hex(y)).toBe(hex(fixedY));
    expect(formatIdentity(first.identity)).not.toBe(formatIdentity(newIdentity(systemChance)));
    expect(JSON.stringify(first.identity)).toBe('"[secret]"');
  });
});

describe("bundled", () => {
  it("is the same in workerd, on noble and WebAssembly, with nothing random or waiting in global scope", async () => {
    const files = await bundleForWorkerd("test/mailbox/worker.ts");
    expect([...files.keys()].filter((name) => name.endsWith(".wasm"))).toHaveLength(2);
    const modules = [...files].map(([path, contents]): ModuleDefinition => {
      return { type: path.endsWith(".wasm") ? "CompiledWasm" : "ESModule", path, contents };
    });
    const worker = new Miniflare({
      modules: modules.toSorted((a, b) => a.type.localeCompare(b.type)).toReversed(),
      compatibilityDate: "2026-01-01",
      host: "127.0.0.1",
    });
    try {
      const receipt = newReceipt(systemChance);
      const seed = systemChance.bytes(32);
      const response = await worker.dispatchFetch("http://localhost/", {
        method: "POST",
        body: JSON.stringify({ receipt, seed: [...seed] }),
      });
      const expected = shown(await deriveMailbox(receipt, evaluate(oprfKeyOf(seed), receipt)));
      expect(await response.json()).toEqual([expected, expected]);
    } finally {
      await worker.dispose();
    }
  });

  it("asks nothing of Node", async () => {
    const script = await bundleForBrowser("test/mailbox/worker.ts");
    expect(script.length).toBeGreaterThan(10_000);
    expect(script).not.toMatch(/node:|require\(/);
  });
});
