import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { concat, fromUtf8, hex, u32be, utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { Secret } from "../../src/base/secret.ts";
import { publicKeyOf, sign } from "../../src/envelope/sign.ts";
import { bound } from "../../src/trends/bound.ts";
import { parsePeriod } from "../../src/trends/period.ts";
import {
  decodeQuarterKey,
  encodeQuarterKey,
  isSignedQuarterKey,
  newQuarterKey,
  quarterKeyMessage,
  type QuarterKeyBody,
} from "../../src/trends/quarter-key.ts";
import { decodeRow, encodeRow } from "../../src/trends/row.ts";
import { labelItemOf } from "../../src/trends/token.ts";
import { fieldsReplaced } from "../support/replaced.ts";
import { malianKeySpace } from "../support/trends.ts";

const key = newQuarterKey(systemChance);
const label = { category: "DRG", place: "ML0503", unit: "AAECAwQFBgcICQoLDA0ODw" };

describe("tokens", () => {
  test("are HMAC-SHA256 under the quarter's key, 16 bytes of it (trends.md, Labels)", () => {
    const mac = (text: string): string => createHmac("sha256", key.reveal()).update(text).digest("hex").slice(0, 32);
    const item = labelItemOf({ ...label, locality: "ML0503-12" }, key);
    expect(item).toMatchObject({ category: "DRG", region: "ML05" });
    expect(hex(item.unit)).toBe(mac(`gundo/unit/v1\n${label.unit}`));
    expect(hex(item.locality)).toBe(mac("gundo/locality/v1\nML05\nML0503-12"));
    expect(hex(labelItemOf(label, key).locality)).toBe(mac("gundo/locality/v1\nML05\nML0503"));
  });

  test("one locality has one token however it is typed", () => {
    const spelled = ["gao-é", " GAO-É ", "gao-e\u0301", "Gao-É\t"].map((locality) =>
      hex(labelItemOf({ ...label, locality }, key).locality),
    );
    expect(new Set(spelled).size).toBe(1);
    for (const locality of ["", "  "])
      expect(labelItemOf({ ...label, locality }, key)).toEqual(labelItemOf(label, key));
  });

  test("a code that fits no row leaves as one that nobody knows, and is refused by name and not thrown at", () => {
    for (const odd of [
      { category: "DRUGS" },
      { category: "DÉ" },
      { category: "" },
      { place: "ML" },
      { place: "Gaò " },
    ]) {
      const item = labelItemOf({ ...label, ...odd }, key);
      expect(decodeRow(encodeRow(item))).toEqual(item);
      expect(bound([item], malianKeySpace, new Uint8Array(32)).refused).toEqual([item]);
    }
  });

  test("another key, unit, place or région has other tokens", () => {
    const { unit, locality } = labelItemOf(label, key);
    const other = labelItemOf(label, newQuarterKey(systemChance));
    expect(other.unit).not.toEqual(unit);
    expect(other.locality).not.toEqual(locality);
    expect(labelItemOf({ ...label, unit: "other" }, key).unit).not.toEqual(unit);
    const places = ["ML0503", "ML0504", "ML05", "ML0603"].map(
      (place) => labelItemOf({ ...label, place }, key).locality,
    );
    expect(new Set(places.map(hex)).size).toBe(4);
    const regions = ["ML01", "ML02"].map((place) => labelItemOf({ ...label, place, locality: "X" }, key).locality);
    expect(regions[0]).not.toEqual(regions[1]);
  });
});

describe("a quarter's key", () => {
  const maker = new Secret<Uint8Array>(systemChance.bytes(32));
  const body: QuarterKeyBody = { instance: "demo-key", period: parsePeriod("2027-Q1")!, author: "awa", key };
  const unsigned = encodeQuarterKey(body);
  const signed = concat(unsigned, sign(maker, quarterKeyMessage(unsigned)));
  const malformed = expect.objectContaining({ code: "quarterKey.malformed" });

  function withJson(change: (json: string) => string): Uint8Array {
    const json = utf8(change(fromUtf8(unsigned.subarray(4))!));
    return concat(u32be(json.length), json, new Uint8Array(64));
  }

  test("comes back as it was, signed by its maker and by nobody else, and does not print", () => {
    const read = decodeQuarterKey(signed);
    expect({ ...read, key: hex(read.key.reveal()) }).toEqual({ ...body, key: hex(key.reveal()) });
    expect(isSignedQuarterKey(signed, publicKeyOf(maker))).toBe(true);
    expect(isSignedQuarterKey(signed, publicKeyOf(key))).toBe(false);
    expect(isSignedQuarterKey(signed.with(30, signed[30]! ^ 1), publicKeyOf(maker))).toBe(false);
    expect(JSON.stringify(read)).toContain('"key":"[secret]"');
  });

  test.each([
    ["another version", (json: string) => json.replace('"v":1', '"v":2')],
    ["a second spelling", (json: string) => `${json} `],
    ["a field more", (json: string) => json.replace("{", '{"w":1,')],
    ["a period that is none", (json: string) => json.replace("2027-Q1", "2027")],
    ["an author that is no id", (json: string) => json.replace("awa", "AWA")],
    ["a shorter key", (json: string) => json.replace(/"key":"..../, '"key":"')],
    ["no JSON", (json: string) => json.slice(1)],
  ])("%s is refused", (_what, change) => {
    expect(() => decodeQuarterKey(withJson((json) => json))).not.toThrow();
    expect(() => decodeQuarterKey(withJson(change))).toThrow(malformed);
  });

  test("a field that is missing, of another kind, or in a list is refused", () => {
    const fields = fieldsReplaced(fromUtf8(unsigned.subarray(4))!);
    for (const [path, other] of fields) expect(() => decodeQuarterKey(withJson(() => other)), path).toThrow(malformed);
  });

  test("bytes cut off or added are refused", () => {
    for (const length of [0, 3, 4, 64, unsigned.length, signed.length - 1])
      expect(() => decodeQuarterKey(signed.subarray(0, length))).toThrow(malformed);
    expect(() => decodeQuarterKey(concat(signed, new Uint8Array(1)))).toThrow(malformed);
  });
});
