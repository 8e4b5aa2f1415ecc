import { expect, test } from "vitest";
import type { UnixMs } from "../../src/base/clock.ts";
import { cleared, press, type Key, type Mode, type Typed } from "../../src/simulator/keypad.ts";

/** Presses keys, `pauseMs` apart. */
function pressed(keys: string, mode: Mode, pauseMs: number, most = 80): string {
  let typed: Typed = { typed: "", tap: null };
  let atMs = 0;
  for (const key of keys) typed = press(typed, key as Key, mode, (atMs += pauseMs) as UnixMs, most);
  return typed.typed;
}

test("digits are what they say, however fast", () => {
  expect(pressed("*384*1234#", "digits", 10)).toBe("*384*1234#");
  expect(pressed("22", "digits", 10)).toBe("22");
});

test("letters turn while the same key is pressed again at once, and begin anew after a pause", () => {
  expect(pressed("222", "letters", 100)).toBe("c");
  expect(pressed("222", "letters", 2000)).toBe("aaa");
  expect(pressed("2223303", "letters", 100)).toBe("ce d");
  expect(pressed("2".repeat(8), "letters", 100)).toBe("a");
});

test("no key writes past the end of the line, and the last letter still turns there", () => {
  expect(pressed("123", "digits", 10, 2)).toBe("12");
  expect(pressed("422", "letters", 10, 2)).toBe("gb");
});

test("C takes one whole character", () => {
  expect([cleared("ab"), cleared("a🔒"), cleared("")]).toEqual(["a", "a", ""]);
});
