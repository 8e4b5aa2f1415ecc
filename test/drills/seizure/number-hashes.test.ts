import { createHash, createHmac } from "node:crypto";
import { blake2b } from "@noble/hashes/blake2.js";
import { expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.ts";
import { systemChance } from "../../../src/base/chance.ts";
import { searchNumbers } from "./number-search.ts";
import { countIn, malianMobiles } from "./numbers.ts";
import { recipesFor } from "./recipes.ts";

const hex16 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex").slice(0, 32);
const sha256 = (...parts: readonly Uint8Array[]): Uint8Array =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const hmac = (key: Uint8Array, text: string): Uint8Array => createHmac("sha256", key).update(text).digest();

test("every recipe finds the number that another library put through it, at the ends of a range and within", async () => {
  const [raw, text] = [systemChance.bytes(32), utf8("a-path-secret-of-forty-three-characters-xyz")];
  const long = utf8("f".repeat(64));
  const recipes = recipesFor([
    { name: "raw", bytes: raw },
    { name: "text", bytes: text },
    { name: "long", bytes: long },
  ]);
  const values: string[] = [];
  for (const national of ["70000000", "70004321", "70009999"])
    for (const spelling of ["+223", "223", ""]) {
      const number = spelling + national;
      values.push(hex16(sha256(utf8(number))), hex16(blake2b(utf8(number), { dkLen: 32 })));
      values.push(hex16(blake2b(utf8(number), { dkLen: 16 })));
      for (const key of [raw, text, long]) values.push(hex16(hmac(key, number)));
      if (spelling !== "+223") continue;
      for (const key of [raw, text, long]) values.push(hex16(blake2b(utf8(number), { key, dkLen: 32 })));
      for (const key of [raw, text]) values.push(hex16(sha256(key, utf8(number))), hex16(sha256(utf8(number), key)));
    }
  for (const key of [raw, text, long])
    for (const context of ["gundo/seen/v1\0africastalking\0", "gundo/source/v1"])
      values.push(hex16(hmac(key, `${context}+22370004321`)));
  const { matches, numbers } = await searchNumbers({ recipes, values }, [{ first: 70_000_000, count: 10_000 }]);
  expect(numbers).toBe(10_000);
  expect(matches.map(({ value }) => value).toSorted()).toEqual(values.toSorted());
  expect(new Set(matches.map(({ says }) => says)).size).toBe(recipes.length);
  expect(new Set(matches.map(({ national }) => national))).toEqual(new Set([70_000_000, 70_004_321, 70_009_999]));
});

test("the ranges are the numbering plan's 39.12 million, each once", () => {
  expect(countIn(malianMobiles)).toBe(39_120_000);
  const pattern = /^(?:2(?:0(?:01|79)|17\d)\d{4}|(?:5[0-3]|[679]\d|8[2-59])\d{6})$/;
  for (const { first, count } of malianMobiles)
    for (const number of [first, first + count - 1]) expect(String(number)).toMatch(pattern);
  for (let prefix = 10_000; prefix < 100_000; prefix++) {
    const inRange = malianMobiles.filter(
      ({ first, count }) => prefix >= first / 1000 && prefix < (first + count) / 1000,
    );
    expect([prefix, inRange.length]).toEqual([prefix, pattern.test(`${prefix}000`) ? 1 : 0]);
  }
});
