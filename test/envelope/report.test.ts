import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import type { UnixDay, UnixHour } from "../../src/base/clock.ts";
import { concat, readU32be, u32be, utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { sealCapsule } from "../../src/envelope/capsule.ts";
import { hashDoor, newDoor } from "../../src/envelope/door.ts";
import { encodeFrame } from "../../src/envelope/frame.ts";
import { newIdentity, recipientOf } from "../../src/envelope/recipient.ts";
import { decodeReport, encodeReport, type Report } from "../../src/envelope/report.ts";
import { sealedLength } from "../../src/envelope/shape.ts";

const recipient = recipientOf(newIdentity(systemChance));
const attachmentIdentity = newIdentity(systemChance);
// An age file with one stanza around 64 bytes: header and nonce of the file, the bytes and their tag.
const capsuleLength = sealedLength(1, 8192) - 8192 + 64;

const small: Report = {
  channel: "ussd",
  language: "fr",
  text: "Des hommes armés au marché.",
  answers: { category: "extortion", place: "ML0503", when: "week", danger: true },
  receivedHour: 489_000 as UnixHour,
  exclude: [],
  door: newDoor(systemChance),
  attachments: [],
};

const full: Report = {
  ...small,
  channel: "sms",
  sourceTag: systemChance.bytes(16),
  joinHint: 3,
  exclude: [
    { rule: "place", value: "ML05" },
    { rule: "organisation", value: "Réseau des femmes du Delta" },
  ],
  mailbox: { id: systemChance.bytes(16), recipient },
  attachments: [
    {
      parts: ["0123456789abcdef0123456789abcdef"],
      size: 70_000,
      type: "audio/ogg",
      digest: systemChance.bytes(32),
      identity: attachmentIdentity,
    },
  ],
  thread: systemChance.bytes(16),
  capsule: sealCapsule(
    { gateway: "africastalking", number: "+223700000011234" as E164 },
    20_783 as UnixDay,
    recipient,
    systemChance,
  ),
};

// Every field of the JSON, in the contract's order.
const fieldNames = [
  "v",
  "channel",
  "language",
  "text",
  "answers",
  "receivedHour",
  "sourceTag",
  "joinHint",
  "exclude",
  "door",
  "mailbox",
  "attachments",
  "thread",
];

const refused = expect.objectContaining({ code: "report.malformed" });

function jsonIn(body: Uint8Array): string {
  return Buffer.from(body.subarray(4, 4 + readU32be(body, 0))).toString("utf8");
}

// The same body around another JSON text.
function withJson(report: Report, change: (json: string) => string): Uint8Array {
  const body = encodeReport(report);
  const json = utf8(change(jsonIn(body)));
  return concat(u32be(json.length), json, body.subarray(4 + readU32be(body, 0)));
}

function withFields(report: Report, change: (fields: Record<string, unknown>) => void): Uint8Array {
  return withJson(report, (json) => {
    const fields = JSON.parse(json) as Record<string, unknown>;
    change(fields);
    return JSON.stringify(fields);
  });
}

describe("report", () => {
  it.each([
    ["small", small],
    ["full", full],
  ])("comes back whole: %s", (_what, report) => {
    const decoded = decodeReport(encodeReport(report));
    const { attachments, ...rest } = decoded;
    const { attachments: expected, ...expectedRest } = report;
    expect(rest).toStrictEqual(expectedRest);
    expect(attachments.map(({ identity, ...attachment }) => ({ ...attachment, seed: identity.reveal() }))).toEqual(
      expected.map(({ identity, ...attachment }) => ({ ...attachment, seed: identity.reveal() })),
    );
  });

  it("is JSON, text, mailbox recipient and capsule, one after the other", () => {
    const body = encodeReport(full);
    const json = JSON.parse(jsonIn(body)) as Record<string, unknown>;
    expect(Object.keys(json)).toEqual(fieldNames);
    const text = utf8(full.text);
    expect(json["text"]).toBe(text.length);
    const end = 4 + readU32be(body, 0);
    expect(body.subarray(end, end + text.length)).toEqual(text);
    expect(body).toHaveLength(end + text.length + 1216 + capsuleLength);
  });

  it("fits 4 000 bytes of any text in the first class, with mailbox, capsule, answers and exclusions", () => {
    const units = fc.constantFrom('"', "\\", "\n", "\u0001", "a", "é", "ߞ", "…", "😀");
    const code = fc.string({ minLength: 1, maxLength: 32, unit: fc.constantFrom("a", "Z", "-", "0") });
    const excluded = fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom("a", "é", "'", " ") });
    fc.assert(
      fc.property(
        fc.string({ unit: units, minLength: 4000, maxLength: 4100 }),
        code,
        excluded,
        (long, answer, value) => {
          const text = cutToBytes(long, 4000);
          const { attachments: _none, ...rest } = full;
          const report: Report = {
            ...rest,
            text,
            attachments: [],
            answers: { category: answer, place: answer, when: answer, danger: false },
            exclude: [1, 2, 3, 4].map(() => ({ rule: "organisation", value })),
          };
          const body = encodeReport(report);
          expect(encodeFrame({ kind: "report", body })).toHaveLength(8192);
          expect(decodeReport(body).text).toBe(text);
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each(["sms", "ussd", "web", "webText"] as const)("comes by %s", (channel) => {
    expect(decodeReport(encodeReport({ ...small, channel })).channel).toBe(channel);
  });

  it.each(["bm", "fr-ML", "bam-Nkoo", "ff-Latn-ML-1994"])("is in %s", (language) => {
    expect(decodeReport(encodeReport({ ...small, language })).language).toBe(language);
  });

  it.each(["f", "fr_ML", "fr-", "fr-Latn-ML-x-y", "FR", "-fr", "fr ", "abcdefghi", "fr-abcdefghi"])(
    "is in no language %j",
    (language) => {
      expect(() => encodeReport({ ...small, language })).toThrow(refused);
    },
  );

  it("keeps a capsule of its own, whatever becomes of the body", () => {
    const body = encodeReport(full);
    const { capsule } = decodeReport(body);
    body.fill(0);
    expect(capsule).toEqual(full.capsule);
  });

  it("keeps what a lone surrogate leaves, since a cut SMS must not lose a report", () => {
    expect(decodeReport(encodeReport({ ...small, text: "a\ud83d" })).text).toBe("a\ufffd");
  });

  it("keeps empty text", () => {
    expect(decodeReport(encodeReport({ ...small, text: "" })).text).toBe("");
  });

  it.each<[string, (fields: Record<string, unknown>) => void]>([
    ["an unknown field", (fields) => (fields["number"] = "+22370000000")],
    [
      "a field called __proto__",
      (fields) => Object.defineProperty(fields, "__proto__", { value: 1, enumerable: true }),
    ],
    ["a missing field", (fields) => delete fields["door"]],
    ["another version", (fields) => (fields["v"] = 2)],
    ["an unknown channel", (fields) => (fields["channel"] = "fax")],
    ["a language that is none", (fields) => (fields["language"] = "Français")],
    ["text in the JSON", (fields) => (fields["text"] = "x")],
    ["more text than there is", (fields) => (fields["text"] = 1_000_000)],
    ["a negative length", (fields) => (fields["text"] = -1)],
    ["half an hour", (fields) => (fields["receivedHour"] = 1.5)],
    ["an hour as text", (fields) => (fields["receivedHour"] = "1")],
    ["an unknown answer", (fields) => (fields["answers"] = { name: "x" })],
    ["an empty answer", (fields) => (fields["answers"] = { place: "" })],
    ["danger as text", (fields) => (fields["answers"] = { danger: "yes" })],
    ["answers in a list", (fields) => (fields["answers"] = [])],
    ["a short source tag", (fields) => (fields["sourceTag"] = "AAAA")],
    ["a join hint below zero", (fields) => (fields["joinHint"] = -1)],
    ["a null thread", (fields) => (fields["thread"] = null)],
    ["an unknown exclusion", (fields) => (fields["exclude"] = [{ rule: "person", value: "x" }])],
    ["an exclusion of nobody", (fields) => (fields["exclude"] = [{ rule: "place", value: "" }])],
    ["an exclusion with a line break", (fields) => (fields["exclude"] = [{ rule: "place", value: "a\nb" }])],
    ["a short door", (fields) => (fields["door"] = "AAAAAAAAAAAAAAAAAAAA")],
    ["a mailbox with more", (fields) => (fields["mailbox"] = { id: "AAAAAAAAAAAAAAAAAAAAAA", recipient: "x" })],
    ["a mailbox without recipient", (fields) => (fields["mailbox"] = { id: "AAAAAAAAAAAAAAAAAAAAAA" })],
    [
      "an attachment without identity",
      (fields) => (fields["attachments"] = [{ parts: [], size: 1, type: "a", digest: "" }]),
    ],
    ["attachments as an object", (fields) => (fields["attachments"] = {})],
    ["one answer that is none beside one that is", (fields) => (fields["answers"] = { place: "ML05", danger: "yes" })],
    ["an exclusion that is null", (fields) => (fields["exclude"] = [null])],
    ["an exclusion of null", (fields) => (fields["exclude"] = [{ rule: "place", value: null }])],
    ["an attachment that is null", (fields) => (fields["attachments"] = [null])],
  ])("refuses %s", (_what, change) => {
    expect(() => decodeReport(withFields(small, change))).toThrow(refused);
  });

  it.each(fieldNames)("refuses null for %s", (field) => {
    for (const report of [small, full])
      expect(() => decodeReport(withFields(report, (fields) => (fields[field] = null)))).toThrow(refused);
  });

  it.each<[string, unknown]>([
    ["parts", null],
    ["parts", [""]],
    ["size", null],
    ["size", -1],
    ["type", null],
    ["type", ""],
    ["digest", null],
    ["digest", "AAAA"],
    ["identity", null],
    ["identity", 1],
  ])("refuses an attachment whose %s is %j", (field, value) => {
    const change = (fields: Record<string, unknown>): void => {
      const [attachment] = fields["attachments"] as Record<string, unknown>[];
      attachment![field] = value;
    };
    expect(() => decodeReport(withFields(full, change))).toThrow(refused);
  });

  it.each([null, 1, "AAAA"])("refuses a mailbox whose id is %j", (id) => {
    expect(() => decodeReport(withFields(full, (fields) => (fields["mailbox"] = { id })))).toThrow(refused);
  });

  it("refuses a length of the JSON beyond the body, though nothing else is wrong", () => {
    const body = encodeReport({ ...small, text: "" });
    body.set(u32be(readU32be(body, 0) + 1));
    expect(() => decodeReport(body)).toThrow(refused);
  });

  it.each<[string, (json: string) => string]>([
    ["a space", (json) => json.replace(":", ": ")],
    ["a doubled field", (json) => json.replace('{"v":1', '{"v":1,"v":1')],
    ["another order", (json) => json.replace('"v":1,"channel":"ussd"', '"channel":"ussd","v":1')],
    ["another spelling of a number", (json) => json.replace("489000", "489e3")],
    ["an escape nobody needs", (json) => json.replace("ussd", "\\u0075ssd")],
    ["a byte order mark", (json) => `\ufeff${json}`],
    ["no JSON", () => "report"],
    ["a list", (json) => `[${json}]`],
    ["nothing", () => ""],
  ])("refuses a second spelling: %s", (_what, change) => {
    expect(() => decodeReport(withJson(small, change))).toThrow(refused);
  });

  it("refuses a recipient that is none and a body cut before its end", () => {
    const body = encodeReport(full);
    const textEnd = 4 + readU32be(body, 0) + utf8(full.text).length;
    const broken = Uint8Array.from(body).fill(0xff, textEnd, textEnd + 1184);
    expect(() => decodeReport(broken)).toThrow(refused);
    for (const length of [0, 3, 4, 100, textEnd - 1, textEnd + 1215])
      expect(() => decodeReport(body.slice(0, length))).toThrow(refused);
  });

  it("refuses text that is not UTF-8", () => {
    const body = encodeReport({ ...small, text: "ab" });
    body[body.length - 1] = 0xff;
    expect(() => decodeReport(body)).toThrow(refused);
  });

  it("does not write what it would not read", () => {
    expect(() => encodeReport({ ...small, language: "Français" })).toThrow(refused);
    expect(() => encodeReport({ ...small, thread: new Uint8Array(3) })).toThrow(refused);
  });
});

describe("door", () => {
  it("is 16 bytes, fresh each time, and known by its SHA-256", () => {
    const door = newDoor(systemChance);
    expect(door).toHaveLength(16);
    expect(newDoor(systemChance)).not.toEqual(door);
    const empty = new Uint8Array(16) as Uint8Array as typeof door;
    expect(Buffer.from(hashDoor(empty)).toString("hex")).toBe(
      "374708fff7719dd5979ec875d56cd2286f6d3cf7ec317a3b25632aab28ec37bb",
    );
  });
});

function cutToBytes(text: string, bytes: number): string {
  let cut = "";
  let used = 0;
  for (const character of text) {
    const length = utf8(character).length;
    if (used + length > bytes) break;
    cut += character;
    used += length;
  }
  return cut + "x".repeat(bytes - used);
}
