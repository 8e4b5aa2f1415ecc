import { describe, expect, test } from "vitest";
import { settledPlan, typedTerms } from "../../../src/console/release/terms.ts";
import { isoInstant } from "../../../src/base/clock.ts";
import { publicationDays } from "../../../src/trends/plan.ts";
import { isoDay } from "../../../src/base/clock.ts";
import { planOf } from "../../support/quarter.ts";

const plan = planOf();
const usual = typedTerms(plan, "o1");
const settled = (typed: Partial<typeof usual>, of = plan) => settledPlan(of, "o1", { ...usual, ...typed });

describe("terms of a plan, as they are typed", () => {
  test("say the usual plan before anything is typed over", () => {
    expect(usual).toEqual({ day: "2027-05-30", hour: "10", t1: "7/20", t2: "13/20", partner: "o2" });
    expect(settled({})).toEqual(plan);
  });

  test("change the instant, ε of each table, and the other officer, whose ids are in order", () => {
    const changed = settled({ day: "2027-06-01", hour: "0", t1: "1/4", t2: " 1/2 ", partner: "a9" });
    if (typeof changed === "string") throw new Error(changed);
    expect(isoInstant(changed.publishesMs)).toBe("2027-06-01T00:00:00Z");
    expect(changed.epsilon).toEqual({ t1: { numerator: 1, denominator: 4 }, t2: { numerator: 1, denominator: 2 } });
    expect(changed.officers).toEqual(["a9", "o1"]);
  });

  test.each([
    [{ day: "" }, "day"],
    [{ day: "2027-02-30" }, "day"],
    [{ day: "2027-04-30" }, "calendar"],
    [{ day: "2027-06-30" }, "calendar"],
    [{ day: "2027-06-30", hour: "1" }, "calendar"],
    [{ t1: "0.35" }, "epsilon"],
    [{ t2: "14/40" }, "epsilon"],
    [{ t1: "8/20" }, "epsilon"],
    [{ t1: "9/20" }, "spent"],
    [{ partner: "o1" }, "officers"],
  ] as const)("%j is refused as %s", (typed, flaw) => {
    expect(settled(typed)).toBe(flaw);
  });

  test("the days offered are those that are taken", () => {
    const { earliest, latest } = publicationDays(plan.period);
    expect([isoDay(earliest), isoDay(latest)]).toEqual(["2027-05-01", "2027-06-30"]);
    for (const day of [earliest, latest])
      expect(settled({ day: isoDay(day), hour: "0" })).toMatchObject({ period: plan.period });
  });

  test("a demo keeps no calendar", () => {
    expect(settled({ day: "2027-01-02" }, planOf({ instance: "demo-line" }))).toMatchObject({ instance: "demo-line" });
  });
});
