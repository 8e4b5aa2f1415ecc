import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeskId, E164 } from "../../src/base/brand.ts";
import { readU32be, u32be, utf8, concat } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import type { UnixDay } from "../../src/base/clock.ts";
import { sealCapsule } from "../../src/envelope/capsule.ts";
import { encodeFrame } from "../../src/envelope/frame.ts";
import {
  decodeOrder,
  encodeOrder,
  isAnswerText,
  messageHashOf,
  mostAnswerUnits,
  type RelayOrder,
} from "../../src/envelope/order.ts";
import { newIdentity, recipientOf } from "../../src/envelope/recipient.ts";

const relay = recipientOf(newIdentity(systemChance));
const asked = { gateway: "africastalking", number: "+22370000001" as E164 } as const;
const capsule = sealCapsule(asked, 20_783 as UnixDay, relay, systemChance);
const order: RelayOrder = {
  desk: "all" as DeskId,
  language: "fr",
  text: "Merci. Où est-ce ?",
  signatures: [{ reviewer: "awa", signature: systemChance.bytes(64) }],
  capsule,
};

/** The order's body with another JSON before the same capsule. */
function withJson(change: (json: string) => string): Uint8Array {
  const body = encodeOrder(order);
  const end = 4 + readU32be(body, 0);
  const json = utf8(change(new TextDecoder().decode(body.subarray(4, end))));
  return concat(u32be(json.length), json, body.subarray(end));
}

describe("a relay order", () => {
  it("comes back as it was, and fits the first class whatever its text and however many sign", () => {
    const unit = fc.constantFrom("a", '"', "\\", "\n", "é", "ߞ", "…", "😀", "\u2028");
    const text = fc.string({ unit, minLength: 1, maxLength: 1530 }).filter(isAnswerText);
    const reviewer = fc.stringMatching(/^[a-z][a-z0-9-]{31}$/);
    fc.assert(
      fc.property(text, fc.array(reviewer, { maxLength: 9 }), (words, reviewers) => {
        const signatures = reviewers.map((one) => ({ reviewer: one, signature: systemChance.bytes(64) }));
        const whole = { ...order, text: words, signatures };
        const body = encodeOrder(whole);
        expect(decodeOrder(body)).toEqual(whole);
        expect(encodeFrame({ kind: "relayOrder", body })).toHaveLength(8192);
      }),
      { numRuns: 60 },
    );
    const longest = { ...order, text: "ߞ…".repeat(765), signatures: Array(9).fill(order.signatures[0]) };
    expect(encodeFrame({ kind: "relayOrder", body: encodeOrder(longest) })).toHaveLength(8192);
  });

  it.each([
    ["an unknown field", (json: string) => json.replace("}", ',"to":"+22370000001"}')],
    ["another version", (json: string) => json.replace('"v":1', '"v":2')],
    ["a space", (json: string) => json.replace(":", ": ")],
    ["no desk", (json: string) => json.replace('"all"', '"ALL"')],
    ["a language that is none", (json: string) => json.replace('"fr"', '"français"')],
    ["an empty text", (json: string) => json.replace(order.text, " ")],
    ["a text too long", (json: string) => json.replace(order.text, "x".repeat(mostAnswerUnits + 1))],
    ["a short signature", (json: string) => json.replace(/"signature":"../, '"signature":"')],
    ["no JSON", () => "order"],
  ])("is refused with %s", (_what, change) => {
    expect(() => decodeOrder(withJson(change))).toThrow("order.malformed");
  });

  it("is refused without a capsule, with bytes after it, cut, or as noise", () => {
    const body = encodeOrder(order);
    const end = 4 + readU32be(body, 0);
    for (const bent of [body.slice(0, end), concat(body, Uint8Array.of(0)), body.slice(0, 3), new Uint8Array(0)])
      expect(() => decodeOrder(bent)).toThrow("order.malformed");
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        expect(() => decodeOrder(bytes)).toThrow("order.malformed");
      }),
    );
    expect(() => encodeOrder({ ...order, text: "\u0007" })).toThrow("order.malformed");
  });

  it("holds a text that a phone shows: line breaks, no control characters, no lone surrogate", () => {
    expect(["a\nb", "Ɛ ߞ 😀", "x".repeat(1530)].every(isAnswerText)).toBe(true);
    expect(["", " \n ", "a\tb", "\u0000", "\u0085", "\ud800", "x".repeat(1531)].some(isAnswerText)).toBe(false);
  });

  it("is found again by SHA-256 of the provider's id", () => {
    expect(Buffer.from(messageHashOf("abc")).toString("hex")).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });
});
