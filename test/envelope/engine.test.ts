import { describe, expect, it } from "vitest";
import { fromHex, hex, utf8 } from "../../src/base/bytes.ts";
import { systemChance, type Chance } from "../../src/base/chance.ts";
import type { Engine } from "../../src/envelope/engine.ts";
import { hmacSha256, sha256 } from "../../src/envelope/hash.ts";
import * as noble from "../../src/envelope/kem-noble.ts";
import * as node from "../../src/envelope/kem-node.ts";
import { identityOfSeed, newIdentity, recipientOf, recipientOfBytes } from "../../src/envelope/recipient.ts";
import vector from "../vectors/xwing.json" with { type: "json" };
import { openers } from "./sealers.ts";

const engines: readonly (readonly [string, Engine])[] = [
  ["node:crypto", node],
  ["noble", noble],
];
// RFC 4231, case 2.
const mac = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

// Hands out the vector's randomness in the order the draft takes it.
function replay(bytes: Uint8Array<ArrayBuffer>): Chance {
  let at = 0;
  return {
    bytes(length) {
      at += length;
      return bytes.slice(at - length, at);
    },
  };
}

describe.each(engines)("engine on %s", (_name, engine) => {
  it("makes the draft's public key of the draft's seed", () => {
    expect(hex(engine.publicBytesOf(fromHex(vector.sk)!))).toBe(vector.pk);
  });

  it("encapsulates what every opener decapsulates", () => {
    const identity = newIdentity(systemChance);
    const { enc, sharedSecret } = engine.encapsulate(recipientOf(identity), systemChance);
    expect(enc).toHaveLength(1120);
    for (const { decapsulator } of openers)
      expect(hex(decapsulator.decapsulate(enc, identity))).toBe(hex(sharedSecret));
  });

  it("derives as RFC 5869, appendix A.1 (first 32 bytes) and A.3 (no salt, no info)", () => {
    const ikm = new Uint8Array(22).fill(0x0b);
    const salt = fromHex("000102030405060708090a0b0c")!;
    expect(hex(engine.hkdf(ikm, salt, fromHex("f0f1f2f3f4f5f6f7f8f9")!, 32))).toBe(
      "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf",
    );
    expect(hex(engine.hkdf(ikm, new Uint8Array(0), new Uint8Array(0), 32))).toBe(
      "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d",
    );
  });

  it("authenticates as RFC 4231, case 2", () => {
    expect(hex(engine.hmac(utf8("Jefe"), utf8("what do ya want for nothing?")))).toBe(mac);
  });

  it("opens what every engine sealed, and nothing changed", () => {
    const key = systemChance.bytes(32);
    const nonce = systemChance.bytes(12);
    for (const [, sealer] of engines) {
      for (const length of [0, 1, 16, 65_536]) {
        const plaintext = systemChance.bytes(length);
        const sealed = sealer.sealAead(key, nonce, plaintext);
        expect(Buffer.compare(engine.openAead(key, nonce, sealed)!, plaintext)).toBe(0);
        sealed[sealed.length - 1]! ^= 1;
        expect(engine.openAead(key, nonce, sealed)).toBeNull();
        expect(engine.openAead(key, nonce, sealed.subarray(0, 15))).toBeNull();
      }
    }
  });
});

describe("hashes that run anywhere", () => {
  it("are those of FIPS 180-4 (abc) and RFC 4231, case 2", () => {
    expect(hex(sha256(utf8("abc")))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(hex(hmacSha256(utf8("Jefe"), utf8("what do ya want for nothing?")))).toBe(mac);
  });
});

describe("X-Wing vectors of draft-connolly-cfrg-xwing-kem", () => {
  const recipient = recipientOfBytes(fromHex(vector.pk)!)!;

  it("are what noble encapsulates out of the vector's randomness", () => {
    const { enc, sharedSecret } = noble.encapsulate(recipient, replay(fromHex(vector.eseed)!));
    expect(hex(enc)).toBe(vector.ct);
    expect(hex(sharedSecret)).toBe(vector.ss);
  });

  it("leave no secret of noble's X25519 half behind", () => {
    const handed: Uint8Array[] = [];
    const chance = replay(fromHex(vector.eseed)!);
    noble.encapsulate(recipient, {
      bytes(length) {
        const bytes = chance.bytes(length);
        handed.push(bytes);
        return bytes;
      },
    });
    expect(handed[1]).toEqual(new Uint8Array(32));
  });

  it.each(openers)("are what $name decapsulates", ({ decapsulator }) => {
    const identity = identityOfSeed(fromHex(vector.sk)!)!;
    expect(hex(decapsulator.decapsulate(fromHex(vector.ct)!, identity))).toBe(vector.ss);
  });

  it("stay themselves while many other recipients pass through the cache", () => {
    const identity = identityOfSeed(fromHex(vector.sk)!)!;
    const open = openers[0]!.decapsulator;
    for (let round = 0; round < 150; round++) {
      const other = round % 50 === 0 ? recipient : recipientOf(newIdentity(systemChance));
      const { enc, sharedSecret } = node.encapsulate(other, systemChance);
      if (other === recipient) expect(hex(open.decapsulate(enc, identity))).toBe(hex(sharedSecret));
    }
  });
});
