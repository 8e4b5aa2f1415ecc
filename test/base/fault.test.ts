import { inspect } from "node:util";
import { expect, test } from "vitest";
import { emitTo } from "../../src/base/events.ts";
import { codeOf, Fault } from "../../src/base/fault.ts";
import { Secret } from "../../src/base/secret.ts";
import { strictInteger, strictList, strictRecord, strictText } from "../../src/base/strict.ts";
import { HandClock } from "../support/board.ts";

test("a fault's message is its code, and what is not ours is a bug that says no more", () => {
  expect(new Fault("envelope.frame").message).toBe("envelope.frame");
  expect(codeOf(new Fault("envelope.frame"))).toBe("envelope.frame");
  expect(codeOf(new TypeError("a planted word"))).toBe("bug");
});

test("a secret prints as [secret] however it is asked", () => {
  const secret = new Secret("a planted word");
  const printed = [
    String(secret),
    "".concat(secret as unknown as string),
    JSON.stringify({ secret }),
    inspect(secret),
    inspect({ a: [secret] }, { depth: 5 }),
  ];
  for (const text of printed) expect(text).toContain("[secret]");
  expect(printed.join("")).not.toContain("planted");
  expect(secret.reveal()).toBe("a planted word");
});

test("an event is one line dated to the hour", () => {
  const lines: string[] = [];
  const emit = emitTo((line) => lines.push(line), new HandClock("2026-11-23T10:59:59Z"));
  emit({ event: "failed", part: "store", code: "store.unavailable" });
  emit({ event: "limit.reached" });
  expect(lines).toEqual(["2026-11-23T10h failed store store.unavailable", "2026-11-23T10h limit.reached"]);
});

test("strict parsing takes plain records of known keys only", () => {
  expect(strictRecord({ a: 1 }, ["a"], ["b"])).toEqual({ a: 1 });
  for (const value of [null, [], "x", { b: 1 }, { a: 1, c: 1 }, undefined])
    expect(strictRecord(value, ["a"], ["b"])).toBeNull();
  expect(strictList([1, 2], (one) => strictInteger(one, 0, 2))).toEqual([1, 2]);
  expect(strictList([1, 3], (one) => strictInteger(one, 0, 2))).toBeNull();
  expect(strictList("12", (one) => strictInteger(one, 0, 2))).toBeNull();
  for (const value of [1.5, "1", Number.NaN, 2 ** 60]) expect(strictInteger(value, 0, 2 ** 62)).toBeNull();
  expect(strictText("ab", /^a/)).toBe("ab");
  expect(strictText(5, /5/)).toBeNull();
});
