import { expect, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import { systemChance } from "../../src/base/chance.ts";
import { msPerDay } from "../../src/base/clock.ts";
import { joinWithinMs, openSources, reportsPerPhonePerDay } from "../../src/intake/sources.ts";
import { HandClock } from "../support/board.ts";

const phone = "+22370000001" as E164;
const other = "+22370000002" as E164;

test("a tag is one phone on one day in one edge", () => {
  const clock = new HandClock();
  const sources = openSources(clock, systemChance);
  const today = sources.tag(phone);
  expect(today).toHaveLength(16);
  expect(sources.tag(phone)).toEqual(today);
  expect(sources.tag(other)).not.toEqual(today);
  expect(openSources(clock, systemChance).tag(phone)).not.toEqual(today);
  clock.advanceMs(msPerDay);
  expect(sources.tag(phone)).not.toEqual(today);
});

test("the key of a day is wiped at its end even when nobody sends", () => {
  const clock = new HandClock();
  const drawn: Uint8Array[] = [];
  const chance = {
    bytes: (length: number) => drawn[drawn.push(systemChance.bytes(length)) - 1] as Uint8Array<ArrayBuffer>,
  };
  const sources = openSources(clock, chance);
  sources.tag(phone);
  const [tagKey, countKey] = drawn;
  expect(tagKey!.some((byte) => byte !== 0)).toBe(true);
  clock.advanceMs(msPerDay);
  sources.forgetPast();
  expect([...tagKey!, ...countKey!].every((byte) => byte === 0)).toBe(true);
});

test("a phone has its number of reports a day and a fresh one tomorrow; others are not touched", () => {
  const clock = new HandClock();
  const sources = openSources(clock, systemChance);
  for (let sent = 0; sent < reportsPerPhonePerDay; sent++) {
    expect(sources.allows(phone)).toBe(true);
    sources.count(phone);
  }
  expect(sources.allows(phone)).toBe(false);
  expect(sources.allows(other)).toBe(true);
  clock.advanceMs(msPerDay);
  expect(sources.allows(phone)).toBe(true);
});

test("messages close upon each other are numbered as parts", () => {
  const clock = new HandClock();
  const sources = openSources(clock, systemChance);
  const next = (): number => {
    const part = sources.nextPart(phone);
    sources.count(phone);
    return part;
  };
  expect([next(), next(), next()]).toEqual([1, 2, 3]);
  clock.advanceMs(joinWithinMs + 1);
  expect([next(), next()]).toEqual([1, 2]);
  expect(sources.nextPart(other)).toBe(1);
});
