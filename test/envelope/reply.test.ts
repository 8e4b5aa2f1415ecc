import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DeskId } from "../../src/base/brand.ts";
import { concat, u32be, utf8 } from "../../src/base/bytes.ts";
import type { UnixDay } from "../../src/base/clock.ts";
import { encodeFrame, type Frame, type FrameKind } from "../../src/envelope/frame.ts";
import { decodeReply, encodeReply, mostReplyTextBytes, type Reply } from "../../src/envelope/reply.ts";

const refused = expect.objectContaining({ code: "report.malformed" });
const tooLarge = expect.objectContaining({ code: "envelope.tooLarge" });
const reply: Reply = {
  desk: "all" as DeskId,
  exclude: [{ rule: "place", value: "ML0703" }],
  language: "fr",
  day: 20_783 as UnixDay,
  text: 'Merci: "on" vérifie.',
};
const fields = {
  v: 1,
  desk: "all",
  exclude: [{ rule: "place", value: "ML0703" }],
  language: "fr",
  day: "2026-11-26",
  text: utf8(reply.text).length,
};

function frameOf(json: unknown, text: string | Uint8Array = reply.text, kind: FrameKind = "reply"): Frame {
  const head = utf8(typeof json === "string" ? json : JSON.stringify(json));
  return { kind, body: concat(u32be(head.length), head, typeof text === "string" ? utf8(text) : text) };
}

test("is the JSON of the contract, then the text's bytes, and comes back whole", () => {
  expect(encodeReply(reply)).toEqual(frameOf(fields));
  expect(decodeReply(encodeReply(reply))).toEqual(reply);
});

test("without a text it is an acknowledgement", () => {
  const taken = { ...reply, text: "" };
  expect(encodeReply(taken)).toEqual(frameOf({ ...fields, text: 0 }, "", "acknowledgement"));
  expect(decodeReply(encodeReply(taken))).toEqual(taken);
});

describe("refused", () => {
  test.each<[string, Frame]>([
    ["nothing", { kind: "reply", body: new Uint8Array(0) }],
    ["three bytes", { kind: "reply", body: new Uint8Array(3) }],
    ["a length past the end", { kind: "reply", body: concat(u32be(9_999), utf8("{}")) }],
    ["no JSON", frameOf("reply")],
    ["null", frameOf(null)],
    ["another version", frameOf({ ...fields, v: 2 })],
    ["a field more", frameOf({ ...fields, number: "+22370000000" })],
    ["a field less", frameOf({ ...fields, language: undefined })],
    ["a desk that is none", frameOf({ ...fields, desk: "ALL" })],
    ["a desk that is a number", frameOf({ ...fields, desk: 1 })],
    ["an exclusion of another rule", frameOf({ ...fields, exclude: [{ rule: "name", value: "x" }] })],
    ["exclusions that are no list", frameOf({ ...fields, exclude: {} })],
    ["a language that is none", frameOf({ ...fields, language: "français" })],
    ["a day that is a number", frameOf({ ...fields, day: 20_783 })],
    ["a day that is not one", frameOf({ ...fields, day: "2026-02-30" })],
    ["a time", frameOf({ ...fields, day: "2026-11-26T10:00" })],
    ["a text length that is a text", frameOf({ ...fields, text: "20" })],
    ["a text longer than it says", frameOf({ ...fields, text: fields.text - 1 })],
    ["a text shorter than it says", frameOf({ ...fields, text: fields.text + 1 })],
    ["a text that is not UTF-8", frameOf({ ...fields, text: 2 }, Uint8Array.of(0xc3, 0x28))],
    ["JSON that is not UTF-8", { kind: "reply", body: concat(u32be(2), Uint8Array.of(0xc3, 0x28)) }],
    ["spaces in the JSON", frameOf(JSON.stringify(fields).replace(",", ", "))],
    [
      "an order of its own",
      frameOf({ desk: fields.desk, v: 1, exclude: fields.exclude, language: "fr", day: fields.day, text: fields.text }),
    ],
    ["an escape", frameOf(JSON.stringify(fields).replace("all", "\\u0061ll"))],
    ["a text as an acknowledgement", frameOf(fields, reply.text, "acknowledgement")],
    ["no text as a reply", frameOf({ ...fields, text: 0 }, "")],
    ["another kind", frameOf(fields, reply.text, "report")],
    ["a text too long", frameOf({ ...fields, text: mostReplyTextBytes + 1 }, "x".repeat(mostReplyTextBytes + 1))],
  ])("%s", (_what, frame) => {
    expect(() => decodeReply(frame)).toThrow(refused);
  });

  test("to write: a text or exclusions too long, a desk or language that could not be read again", () => {
    const long = Array.from({ length: 40 }, () => ({ rule: "organisation", value: "ɲ".repeat(120) }) as const);
    expect(() => encodeReply({ ...reply, text: "x".repeat(mostReplyTextBytes + 1) })).toThrow(tooLarge);
    expect(() => encodeReply({ ...reply, exclude: long })).toThrow(tooLarge);
    expect(() => encodeReply({ ...reply, desk: "ALL" as DeskId })).toThrow(refused);
    expect(() => encodeReply({ ...reply, language: "" })).toThrow(refused);
  });
});

const value = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).filter((text) => !/\p{Cc}/u.test(text));
const exclusion = fc.record({ rule: fc.constantFrom("place", "organisation"), value });
const anyReply = fc.record({
  desk: fc.stringMatching(/^[a-z][a-z0-9-]{0,31}$/).map((text) => text as DeskId),
  exclude: fc.array(exclusion, { maxLength: 4 }),
  language: fc.constantFrom("fr", "en", "bm", "ff-Adlm"),
  day: fc.nat({ max: 60_000 }).map((day) => day as UnixDay),
  text: fc
    .string({ unit: "grapheme", maxLength: mostReplyTextBytes })
    .filter((text) => utf8(text).length <= mostReplyTextBytes && text.isWellFormed()),
});

test("any reply comes back whole and lies in the first size class; no other bytes mean the same", () => {
  fc.assert(
    fc.property(anyReply, fc.nat(), fc.integer({ min: 1, max: 255 }), (given, at, change) => {
      const frame = encodeReply(given);
      expect(decodeReply(frame)).toEqual(given);
      expect(encodeFrame(frame)).toHaveLength(8192);
      const body = frame.body.slice();
      body[at % body.length]! ^= change;
      let read: Reply | null = null;
      try {
        read = decodeReply({ ...frame, body });
      } catch (error) {
        expect(error).toEqual(refused);
      }
      expect(read).not.toEqual(given);
    }),
  );
});

test("4 000 bytes of text fit beside eight of the longest names a roster may hold", () => {
  const exclude = Array.from({ length: 8 }, () => ({ rule: "organisation", value: "ɲ".repeat(120) }) as const);
  const full = { ...reply, exclude, text: "é".repeat(2000) };
  expect(encodeFrame(encodeReply(full))).toHaveLength(8192);
});
