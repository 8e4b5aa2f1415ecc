import { argon2id as nobleArgon2id } from "@noble/hashes/argon2.js";
import { beforeAll, describe, expect, it } from "vitest";
import { fromHex, hex, utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { argon2id as nodeArgon2id } from "../../src/mailbox/argon2id-node.ts";
import { newReceipt } from "../../src/mailbox/receipt.ts";
import libsodium from "../vectors/argon2id.json" with { type: "json" };
import { bundleForBrowser, run } from "./bundle.ts";

type Argon2id = (password: Uint8Array, salt: Uint8Array) => Promise<Uint8Array>;

interface Wasm {
  readonly argon2id: Argon2id;
}

let script: string;

beforeAll(async () => {
  script = await bundleForBrowser("src/mailbox/argon2id-wasm.ts");
});

// envelope.md: 19 MiB, t = 2, p = 1, 32 bytes; said here again, apart from the constants under test.
const noble: Argon2id = (password, salt) =>
  Promise.resolve(nobleArgon2id(password, salt, { m: 19 * 1024, t: 2, p: 1, dkLen: 32 }));

describe("Argon2id", () => {
  it("is the same by node:crypto, the WebAssembly package and noble, and as libsodium computed it", async () => {
    const { argon2id: wasm } = await run<Wasm>(script);
    const fresh = { password: newReceipt(systemChance), salt: hex(systemChance.bytes(16)), tag: null };
    for (const { password, salt, tag } of [...libsodium.vectors, fresh]) {
      const made = await Promise.all(
        [nodeArgon2id, wasm, noble].map(async (argon2id) => hex(await argon2id(utf8(password), fromHex(salt)!))),
      );
      expect(made).toEqual(Array.from({ length: 3 }, () => tag ?? made[0]));
    }
  });

  it("leaves the event loop free on Node: it is not settled however often promises alone take their turn", async () => {
    let settled = false;
    const pending = nodeArgon2id(utf8(newReceipt(systemChance)), systemChance.bytes(16)).then(() => (settled = true));
    for (let turn = 0; turn < 100; turn++) await Promise.resolve();
    expect(settled).toBe(false);
    await pending;
    expect(settled).toBe(true);
  });

  it("rejects on Node what OpenSSL refuses", async () => {
    await expect(nodeArgon2id(utf8("0000000000005724"), new Uint8Array(4))).rejects.toThrow();
  });
});

// A script loaded again under another name is a module of its own, with an instance of its own.
const fresh = (name: string): Promise<Wasm> => run<Wasm>(`${script}\n//${name}`);

describe("the WebAssembly twin", () => {
  const { Memory, instantiate } = WebAssembly;
  it("keeps one memory for all receipts and leaves nothing in it", async () => {
    const memories: WebAssembly.Memory[] = [];
    WebAssembly.Memory = class extends Memory {
      constructor(descriptor: WebAssembly.MemoryDescriptor) {
        super(descriptor);
        memories.push(this);
      }
    };
    try {
      const wasm = await fresh("memory");
      for (let round = 0; round < 3; round++)
        await wasm.argon2id(utf8(newReceipt(systemChance)), systemChance.bytes(16));
    } finally {
      WebAssembly.Memory = Memory;
    }
    expect(memories).toHaveLength(1);
    const left = Buffer.from(memories[0]!.buffer);
    expect(left.length).toBeGreaterThan(19 * 1024 * 1024);
    expect(left.equals(Buffer.alloc(left.length))).toBe(true);
  });

  it("is the same without SIMD", async () => {
    let refused = 0;
    WebAssembly.instantiate = ((wasm: Uint8Array<ArrayBuffer>, imports: WebAssembly.Imports) => {
      if (refused++ === 0) return Promise.reject(new WebAssembly.CompileError("no SIMD here"));
      return instantiate(wasm, imports);
    }) as typeof instantiate;
    const [password, salt] = [utf8(newReceipt(systemChance)), systemChance.bytes(16)];
    try {
      const wasm = await fresh("simd");
      expect(hex(await wasm.argon2id(password, salt))).toBe(hex(await nodeArgon2id(password, salt)));
    } finally {
      WebAssembly.instantiate = instantiate;
    }
    expect(refused).toBe(2);
  });
});
