import { Decrypter, Encrypter } from "age-encryption";
import * as cctv from "cctv-age";
import { describe, expect, it } from "vitest";
import { fromUtf8, hex, utf8 } from "../../src/base/bytes.ts";
import { systemChance, type Chance } from "../../src/base/chance.ts";
import { codeOf } from "../../src/base/fault.ts";
import { readHeader } from "../../src/envelope/header-read.ts";
import * as node from "../../src/envelope/passphrase.ts";
import { scrypt as nobleScrypt } from "../../src/envelope/scrypt-noble.ts";
import { scrypt as nodeScrypt } from "../../src/envelope/scrypt-node.ts";
import { bundled } from "./sealers.ts";
import { vectorOf } from "./vectors.ts";

const engines: readonly (readonly [string, typeof node])[] = [
  ["node:crypto", node],
  ["noble, bundled for a page", await bundled<typeof node>("src/envelope/passphrase.ts")],
];
const passphrase = "quatre mots et un fleuve, été";
const text = utf8("what only the owner reads");

async function outcome(act: Promise<Uint8Array>): Promise<string> {
  try {
    return hex(await act);
  } catch (thrown) {
    // A bundle has a Fault class of its own: what travels is the code.
    return thrown instanceof Error && thrown.name === "Fault" ? thrown.message : codeOf(thrown);
  }
}

/** A file that age itself wrote, under a work factor small enough for a test. */
function byAge(workFactor: number, plaintext: Uint8Array): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(workFactor);
  return encrypter.encrypt(plaintext);
}

function openedByAge(file: Uint8Array, words: string): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(words);
  return decrypter.decrypt(file);
}

describe("scrypt", () => {
  // RFC 7914 §12 has r = 8 and p = 1 in its last vector alone, of N = 2^20 and 64 bytes: the first 32 are what 32 would be.
  it.each([
    ["node:crypto", nodeScrypt],
    ["noble", nobleScrypt],
  ])("by %s is that of RFC 7914 §12, the costliest age may ask of us", async (_name, scrypt) => {
    expect(hex(await scrypt(utf8("pleaseletmein"), utf8("SodiumChloride"), 20))).toBe(
      "2101cb9b6a511aaeaddbbe09cf70f881ec568d574a2ffd4dabe5ee9820adaa47",
    );
  });

  it("leaves the event loop free on Node: it is not settled however often promises alone take their turn", async () => {
    let settled = false;
    const pending = nodeScrypt(utf8(passphrase), systemChance.bytes(16), 10).then(() => (settled = true));
    for (let turn = 0; turn < 100; turn++) await Promise.resolve();
    expect(settled).toBe(false);
    await pending;
    expect(settled).toBe(true);
  });

  it("rejects on Node what OpenSSL refuses", async () => {
    await expect(nodeScrypt(utf8(passphrase), systemChance.bytes(16), 0)).rejects.toThrow();
  });
});

describe.each(engines)("a file under a passphrase by %s", (_name, { sealUnderPassphrase, openUnderPassphrase }) => {
  it("opens by age itself and by both engines, and by no other passphrase", async () => {
    const file = await sealUnderPassphrase(text, passphrase, systemChance);
    expect(readHeader(file)!.stanzas.map(({ type, args }) => [type, args[1]])).toEqual([["scrypt", "18"]]);
    expect(fromUtf8(await openedByAge(file, passphrase))).toBe(fromUtf8(text));
    for (const [, other] of engines) expect(await outcome(other.openUnderPassphrase(file, passphrase))).toBe(hex(text));
    expect(await outcome(openUnderPassphrase(file, `${passphrase} `))).toBe("identity.passphrase");
  });

  it("draws file key, salt and nonce from Chance, each once", async () => {
    const drawn: number[] = [];
    const counting: Chance = {
      bytes(length) {
        drawn.push(length);
        return systemChance.bytes(length);
      },
    };
    await sealUnderPassphrase(text, passphrase, counting);
    expect(drawn).toEqual([16, 16, 16]);
  });

  it.each([0, 1, 65_536, 65_537])("opens %i bytes that age wrote", async (length) => {
    const plaintext = systemChance.bytes(length);
    const file = await byAge(2, plaintext);
    expect(Buffer.compare(await openUnderPassphrase(file, passphrase), plaintext)).toBe(0);
  });

  it("opens nothing that was cut or changed in any byte", async () => {
    const file = await byAge(1, text);
    // Each of these bytes alone: header, salt, factor, wrapped key, MAC, nonce, payload.
    for (let at = 0; at < file.length; at++) {
      const changed = file.slice();
      changed[at]! ^= 1;
      expect(await outcome(openUnderPassphrase(changed, passphrase)), `byte ${at}`).toMatch(
        /^identity\.(malformed|passphrase)$/,
      );
    }
    for (let length = 0; length < file.length; length++)
      expect(await outcome(openUnderPassphrase(file.slice(0, length), passphrase))).toBe("identity.malformed");
  });

  it("does not begin on a work factor over 20", async () => {
    const file = Buffer.from(await byAge(1, text)).toString("latin1");
    for (const factor of ["21", "64", "99", "100", "1e1", "01", "0"]) {
      const asking = file.replace(/^(-> scrypt \S+) 1$/m, `$1 ${factor}`);
      expect(asking).not.toBe(file);
      expect(await outcome(openUnderPassphrase(Buffer.from(asking, "latin1"), passphrase))).toBe("identity.malformed");
    }
  });
});

describe("age test kit, files under a passphrase", () => {
  const vectors = Object.entries(cctv)
    .map(vectorOf)
    .filter(({ name }) => name.startsWith("scrypt"));

  it("is there, failing ones too", () => {
    expect(vectors.length).toBeGreaterThanOrEqual(25);
    expect(new Set(vectors.map((one) => one.expect))).toEqual(new Set(["success", "no match", "header failure"]));
  });

  it.each(vectors)("$name: $expect", async (vector) => {
    const opened = await outcome(node.openUnderPassphrase(vector.file, vector.passphrases[0]!));
    if (vector.expect === "success") expect(vector.payload).toBe(await sha256Of(opened));
    // A stanza of another type is no match to age, which has other identities to try; this reader has none.
    else if (vector.expect === "no match") expect(opened).toMatch(/^identity\.(passphrase|malformed)$/);
    else expect(opened).toBe("identity.malformed");
  });
});

async function sha256Of(hexText: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", Buffer.from(hexText, "hex"))));
}
