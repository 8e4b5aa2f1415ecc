import { Encrypter } from "age-encryption";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { systemChance } from "../../src/base/chance.ts";
import { encodeFrame } from "../../src/envelope/frame.ts";
import { sizeClasses } from "../../src/envelope/pad.ts";
import { newIdentity, recipientOf } from "../../src/envelope/recipient.ts";
import { seal } from "../../src/envelope/seal.ts";
import { sealedLength, shapeOf } from "../../src/envelope/shape.ts";

const recipients = [0, 1].map(() => recipientOf(newIdentity(systemChance)));
const sealed = seal(recipients, encodeFrame({ kind: "report", body: new Uint8Array(9) }), systemChance);
const stanza = 1557;
const headerEnd = 22 + 2 * stanza + 48;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function put(at: number, text: string): Uint8Array {
  const bytes = Uint8Array.from(sealed);
  bytes.set(Buffer.from(text, "latin1"), at);
  return bytes;
}

// The next character of the alphabet: the same length, one unused bit set when the last character carries such bits.
function nextAt(at: number): Uint8Array {
  return put(at, alphabet[(alphabet.indexOf(String.fromCharCode(sealed[at]!)) + 1) % 64]!);
}

describe("shape", () => {
  it("is told of what was sealed", () => {
    expect(shapeOf(sealed)).toEqual({ stanzas: 2, sizeClass: 8192 });
  });

  it("asks for no key and so minds no bit of payload or nonce", () => {
    const bytes = Uint8Array.from(sealed);
    bytes.fill(0, headerEnd);
    expect(shapeOf(bytes)).toEqual({ stanzas: 2, sizeClass: 8192 });
  });

  it("gives every length one shape at most", () => {
    const seen = new Set<number>();
    for (const sizeClass of sizeClasses)
      for (let stanzas = 0; stanzas <= 500; stanzas++) seen.add(sealedLength(stanzas, sizeClass));
    expect(seen.size).toBe(4 * 501);
  });

  it("costs 1 659 bytes over a frame of the first class with one stanza", () => {
    expect(sealedLength(1, 8192) - 8192).toBe(1659);
  });

  it.each([
    ["nothing", () => new Uint8Array(0)],
    ["a byte less", () => sealed.slice(0, -1)],
    ["a byte more", () => new Uint8Array([...sealed, 0])],
    ["a header without payload", () => sealed.slice(0, headerEnd)],
    ["no stanza", () => new Uint8Array(sealedLength(0, 8192)).fill(65)],
    [
      "version and MAC around no stanza",
      () => new Uint8Array([...sealed.slice(0, 22), ...sealed.slice(22 + 2 * stanza)]),
    ],
    ["zeros of the right length", () => new Uint8Array(sealed.length)],
    ["another version", () => put(20, "2")],
    ["another stanza type", () => put(25, "MLKEM768X25519")],
    ["two spaces", () => put(40, " ")],
    ["padding in the encapsulated key", () => put(22 + 18 + 1493, "=")],
    ["an encapsulated key that is not canonical", () => nextAt(22 + 18 + 1493)],
    ["a wrapped key that is not canonical", () => nextAt(22 + stanza - 2)],
    ["a MAC that is not canonical", () => nextAt(headerEnd - 2)],
    ["base64url", () => put(100, "-")],
    ["carriage returns", () => put(22 + stanza - 1, "\r")],
    ["a missing end of line", () => put(headerEnd - 1, "A")],
    ["a MAC line without its space", () => put(22 + 2 * stanza + 3, "A")],
    ["a high bit", () => put(200, "\u00c1")],
  ])("refuses %s", (_what, made) => {
    expect(shapeOf(made())).toBeNull();
  });

  it("refuses every changed bit of the header that is not inside base64, and every one that leaves base64", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: headerEnd - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const bytes = Uint8Array.from(sealed);
        bytes[at]! ^= 1 << bit;
        const inside = alphabet.includes(String.fromCharCode(sealed[at]!)) && isBase64At(at);
        const stays = inside && alphabet.includes(String.fromCharCode(bytes[at]!)) && !isLastCharacter(at);
        if (!stays && !isLastCharacter(at)) expect(shapeOf(bytes)).toBeNull();
        if (stays) expect(shapeOf(bytes)).not.toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it("refuses an age file with another stanza beside", async () => {
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipients[0]!);
    encrypter.addRecipient("age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj");
    expect(shapeOf(await encrypter.encrypt(new Uint8Array(8192)))).toBeNull();
  });

  it("refuses an age file whose payload is no size class", async () => {
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipients[0]!);
    expect(shapeOf(await encrypter.encrypt(new Uint8Array(8191)))).toBeNull();
    expect(shapeOf(await encrypter.encrypt(new Uint8Array(8192)))).toEqual({ stanzas: 1, sizeClass: 8192 });
  });
});

function isBase64At(at: number): boolean {
  if (at >= 22 + 2 * stanza) return at >= headerEnd - 44 && at < headerEnd - 1;
  const within = (at - 22) % stanza;
  return at >= 22 && ((within >= 18 && within < 1512) || (within >= 1513 && within < 1556));
}

function isLastCharacter(at: number): boolean {
  const within = (at - 22) % stanza;
  return at === headerEnd - 2 || (at < 22 + 2 * stanza && (within === 1511 || within === 1555));
}
