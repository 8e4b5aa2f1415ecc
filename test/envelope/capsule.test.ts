import { Decrypter } from "age-encryption";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { E164, Plain, Sealed } from "../../src/base/brand.ts";
import { systemChance } from "../../src/base/chance.ts";
import type { UnixDay } from "../../src/base/clock.ts";
import { capsuleBytes, capsuleDays, decodeCapsule, isCapsule, sealCapsule } from "../../src/envelope/capsule.ts";
import { open } from "../../src/envelope/open.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import { formatIdentity, newIdentity, recipientOf } from "../../src/envelope/recipient.ts";

const relay = newIdentity(systemChance);
const recipient = recipientOf(relay);
const today = 20_783 as UnixDay;
const number = "+22370000001" as E164;
const sealed = sealCapsule({ gateway: "africastalking", number }, today, recipient, systemChance);
const opened = (capsule: Sealed): Plain => open(capsule, relay, nodeDecapsulator);

describe("a capsule", () => {
  it("gives back gateway and number, and the last day on which it can be answered", () => {
    const gateways = fc.constantFrom("africastalking", "kannel", "android", "simulator");
    const digits = fc.stringMatching(/^[1-9][0-9]{7,14}$/);
    fc.assert(
      fc.property(gateways, digits, fc.nat({ max: 60_000 }), (gateway, text, day) => {
        const asked = { gateway, number: `+${text}` as E164 } as const;
        const capsule = sealCapsule(asked, day as UnixDay, recipient, systemChance);
        expect(decodeCapsule(opened(capsule))).toEqual({ ...asked, expires: day + capsuleDays });
        expect(isCapsule(capsule)).toBe(true);
        expect(capsule).toHaveLength(sealed.length);
      }),
      { numRuns: 30 },
    );
  });

  it("is one age file around 64 bytes, without a frame: age's own program opens it", async () => {
    const age = new Decrypter();
    age.addIdentity(formatIdentity(relay));
    const plain = await age.decrypt(sealed);
    expect(plain).toHaveLength(capsuleBytes);
    expect(plain).toEqual(new Uint8Array(opened(sealed)));
    expect([...plain.subarray(0, 3)]).toEqual([1, 1, 11]);
    expect(new TextDecoder().decode(plain.subarray(3, 14))).toBe("22370000001");
  });

  it("of the same number and day is another one each time, inside too", () => {
    const again = sealCapsule({ gateway: "africastalking", number }, today, recipient, systemChance);
    expect(Buffer.from(opened(again))).not.toEqual(Buffer.from(opened(sealed)));
  });

  it("refuses every plaintext with one byte of it wrong, its nonce aside", () => {
    const plain = opened(sealed);
    for (const at of [0, 1, 2, 3, 14, 17, ...Array.from({ length: 26 }, (_, index) => 38 + index)]) {
      const bent = Uint8Array.from(plain) as Uint8Array as Plain;
      bent[at] = bent[at]! ^ 0xf0;
      expect(() => decodeCapsule(bent), String(at)).toThrow("capsule.malformed");
    }
    for (const length of [0, 1, 63, 65])
      expect(() => decodeCapsule(new Uint8Array(length) as Uint8Array as Plain)).toThrow("capsule.malformed");
    for (const digits of ["02370000001", "2237000"]) {
      const bent = new Uint8Array(64) as Uint8Array as Plain;
      bent.set([1, 1, digits.length, ...new TextEncoder().encode(digits)]);
      expect(() => decodeCapsule(bent)).toThrow("capsule.malformed");
    }
  });

  it("has one form, and nothing else has it", () => {
    expect(isCapsule(sealed.slice(1))).toBe(false);
    expect(isCapsule(Uint8Array.of(...sealed, 0))).toBe(false);
    expect(isCapsule(new Uint8Array(sealed.length))).toBe(false);
    expect(isCapsule(new Uint8Array(0))).toBe(false);
  });
});
