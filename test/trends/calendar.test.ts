import { describe, expect, test } from "vitest";
import { addDays, fromIsoDay } from "../../src/base/clock.ts";
import { takesClaim, takesLabels } from "../../src/trends/calendar.ts";
import { parsePeriod } from "../../src/trends/period.ts";

const period = parsePeriod("2027-Q2")!;
const last = fromIsoDay("2027-06-30")!;
const days = (takes: typeof takesLabels, instance = "mali"): readonly number[] =>
  Array.from({ length: 120 }, (_, index) => index - 30).filter((after) =>
    takes(instance, period, addDays(last, after)),
  );

describe("the days of a quarter's steps", () => {
  test("labels are posted from the day after it, and until they are destroyed", () => {
    const open = days(takesLabels);
    expect([open.at(0), open.at(-1), open.length]).toEqual([1, 44, 44]);
  });

  test("they are claimed once everybody has had 15 days, and only while they are there: none of them is no figures", () => {
    const open = days(takesClaim);
    expect([open.at(0), open.at(-1), open.length]).toEqual([16, 44, 29]);
  });

  test("a demo has no days", () => {
    expect([takesLabels, takesClaim].map((takes) => days(takes, "demo-line").length)).toEqual([120, 120]);
  });
});
