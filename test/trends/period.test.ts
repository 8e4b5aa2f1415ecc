import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, fromIsoDay, isoDay, type UnixDay } from "../../src/base/clock.ts";
import { firstDay, lastDay, parsePeriod, periodAfter, periodOf } from "../../src/trends/period.ts";

describe("periods", () => {
  test.each([
    ["2026-12-31", "2026-Q4"],
    ["2027-01-01", "2027-Q1"],
    ["2028-02-29", "2028-Q1"],
    ["2027-06-30", "2027-Q2"],
    ["2027-07-01", "2027-Q3"],
  ])("%s lies in %s", (day, period) => {
    expect(periodOf(fromIsoDay(day)!)).toBe(period);
  });

  test("first and last day", () => {
    const period = parsePeriod("2027-Q1")!;
    expect([firstDay(period), lastDay(period)].map(isoDay)).toEqual(["2027-01-01", "2027-03-31"]);
  });

  test("each begins the day after the one before", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (day) => {
        const period = periodOf(day as UnixDay);
        expect(firstDay(periodAfter(period))).toBe(addDays(lastDay(period), 1));
        expect(parsePeriod(period)).toBe(period);
      }),
    );
  });

  test.each([
    ..."2027-Q0 2027-Q5 2027-q1 27-Q1 12027-Q1 2027Q1 2027-Q12".split(" "),
    "2027-Q1 ",
    "2027-Q1\n",
    "",
    undefined,
    null,
    2027,
    ["2027-Q1"],
  ])("%j is none", (value) => {
    expect(parsePeriod(value)).toBeNull();
  });
});
