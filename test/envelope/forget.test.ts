import { describe, expect, it } from "vitest";
import type { Door } from "../../src/base/brand.ts";
import { base64url, concat, utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { decodeForget, encodeForget } from "../../src/envelope/forget.ts";

const thread = systemChance.bytes(16);
const door = systemChance.bytes(16) as Uint8Array as Door;
const refused = expect.objectContaining({ code: "report.malformed" });

function bodyOf(fields: unknown): Uint8Array {
  return utf8(JSON.stringify(fields));
}

describe("forget", () => {
  const fields = { v: 1, thread: base64url(thread), door: base64url(door) };

  it("is the JSON of the contract and comes back whole", () => {
    expect(encodeForget({ thread, door })).toEqual(bodyOf(fields));
    expect(decodeForget(encodeForget({ thread, door }))).toEqual({ thread, door });
  });

  it.each<[string, Uint8Array]>([
    ["nothing", new Uint8Array(0)],
    ["no JSON", utf8("forget")],
    ["null", utf8("null")],
    ["bytes that are not UTF-8", concat(bodyOf(fields), Uint8Array.of(0xff))],
    ["another version", bodyOf({ ...fields, v: 2 })],
    ["no version", bodyOf({ thread: fields.thread, door: fields.door })],
    ["no thread", bodyOf({ v: 1, door: fields.door })],
    ["no door", bodyOf({ v: 1, thread: fields.thread })],
    ["a short thread", bodyOf({ ...fields, thread: base64url(thread.subarray(1)) })],
    ["a long door", bodyOf({ ...fields, door: base64url(concat(door, Uint8Array.of(0))) })],
    ["a thread that is a number", bodyOf({ ...fields, thread: 16 })],
    ["a door that is null", bodyOf({ ...fields, door: null })],
    ["a field more", bodyOf({ ...fields, number: "+22370000000" })],
  ])("refuses %s", (_what, body) => {
    expect(() => decodeForget(body)).toThrow(refused);
  });
});
