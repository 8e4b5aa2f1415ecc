import { describe, expect, test } from "vitest";
import { instantOf, publicNotes, sourceOf, type ToldQuarter } from "../../support/trend-notes.ts";
import {
  comingOf,
  comparedWith,
  emptyOf,
  latestOf,
  quarterOf,
  standingOf,
  type Trends,
} from "../../../src/gate/trends/source.ts";
import { parsePeriod } from "../../../src/trends/period.ts";
import { someFigures } from "../../support/release.ts";
import { at } from "../../support/releases.ts";

const trendsIn = (quarters: readonly ToldQuarter[]): Promise<Trends> => {
  const notes = publicNotes(quarters);
  return sourceOf(() => notes, quarters[0]?.instance).read();
};
const periodsOf = (quarters: Trends["quarters"]): readonly string[] => quarters.map(({ plan }) => plan.period);
const q1 = { period: "2027-Q1", figures: someFigures };
const q2 = { period: "2027-Q2" };
const q3 = { period: "2027-Q3" };

describe("what anybody may read now", () => {
  test("the latest, what is coming, and instants that passed with nothing", async () => {
    const trends = await trendsIn([q1, q2, q3]);
    const now = at(instantOf("2027-Q2"));
    expect(latestOf(trends)!.content.period).toBe("2027-Q1");
    expect(comingOf(trends, now)!.plan.period).toBe("2027-Q3");
    expect(periodsOf(emptyOf(trends, now))).toEqual(["2027-Q2"]);
    expect(emptyOf(trends, at("2027-08-02T07:00:00Z"))).toEqual([]);
    expect(quarterOf(trends, parsePeriod("2027-Q4")!)).toBeNull();
  });

  test("before anything was planned there is nothing", async () => {
    const trends = await trendsIn([]);
    expect([latestOf(trends), comingOf(trends, at("2027-01-01T00:00:00Z")), trends.quarters]).toEqual([null, null, []]);
  });

  test("a quarter is compared with the one right before it, and with no other", async () => {
    const trends = await trendsIn([
      q1,
      { ...q2, figures: someFigures },
      q3,
      { period: "2027-Q4", figures: someFigures },
    ]);
    const compared = trends.quarters.map(({ released }) => released && comparedWith(trends, released)?.period);
    expect(compared).toEqual([undefined, "2027-Q1", null, undefined]);
  });
});

describe("where a quarter stands", () => {
  const both = ["commit-officer-a", "commit-officer-b"];
  test.each([
    ["planned", [], "2027-03-31T23:00:00Z"],
    ["planned", ["commit-officer-a"], "2027-03-31T23:00:00Z"],
    ["committed", both, "2027-03-31T23:00:00Z"],
    ["uncommitted", ["commit-officer-b"], "2027-04-01T00:00:00Z"],
    ["labels", both, "2027-04-01T00:00:00Z"],
    ["claimed", [...both, "claim"], "2027-04-20T00:00:00Z"],
    ["nothing", [...both, "claim"], "2027-05-03T08:00:00Z"],
  ])("%s with %j on %s", async (standing, steps, now) => {
    const { quarters } = await trendsIn([{ period: "2027-Q1", steps }]);
    expect(standingOf(quarters[0]!, at(now))).toBe(standing);
  });

  test("published once there is a release", async () => {
    expect(standingOf((await trendsIn([q1])).quarters[0]!, at("2029-01-01T00:00:00Z"))).toBe("published");
  });

  test("a demo is held to no day of the quarter", async () => {
    const { quarters } = await trendsIn([{ period: "2027-Q1", instance: "demo-line", steps: both }]);
    expect(standingOf(quarters[0]!, at("2027-04-20T00:00:00Z"))).toBe("committed");
  });
});
