import { describe, expect, test } from "vitest";
import { utf8, fromUtf8 } from "../../src/base/bytes.ts";
import { checkPlan, keepsCalendar, planText, verifyPlan, type Plan } from "../../src/trends/plan.ts";
import { testPerson } from "../support/board.ts";
import { at, hashOf, instance, officers, signedBy, testPlan, verifiersOf } from "../support/releases.ts";

const verifiers = verifiersOf(officers);
const signed = (plan: Partial<Plan> = {}): Uint8Array => signedBy(planText(testPlan(plan)), ...officers);
const verifyOf = (iso: string): Plan => verifyPlan(signed({ publishesMs: at(iso) }), instance, verifiers);

describe("a plan", () => {
  test("says what its officers signed, and nothing is lost on the way", () => {
    const plan = testPlan({ previous: hashOf("the plan before") });
    expect(verifyPlan(signedBy(planText(plan), ...officers), instance, verifiers)).toEqual(plan);
  });

  test("begins with its kind and its instance, and is one line of JSON besides", () => {
    const lines = planText(testPlan()).split("\n");
    expect(lines.slice(0, 2)).toEqual(["gundo/release-plan/v1", "test-line"]);
    expect(lines).toHaveLength(4);
    expect(lines[2]).toMatch(/^\{"period":"2027-Q1","publishes":"2027-05-03T08:00:00Z","previous":"0{64}"/);
    expect(lines[2]).toContain('"epsilon":{"t1":"7/20","t2":"13/20"},"budget":"1"');
  });

  test("is refused unless both signed, and nobody besides", () => {
    const text = planText(testPlan());
    const other = testPerson("officer-c");
    for (const people of [officers.slice(0, 1), officers.slice(1), [...officers, other], [officers[0]!, other]])
      expect(() => verifyPlan(signedBy(text, ...people), instance, verifiers)).toThrow("release.signers");
    // A third officer of the roster is not one of this plan's.
    const three = verifiersOf([...officers, other]);
    expect(() => verifyPlan(signedBy(text, officers[0]!, other), instance, three)).toThrow("release.signers");
    expect(() => verifyPlan(signedBy(text, ...officers, other), instance, three)).toThrow("release.signers");
  });

  test("is refused after any change, and in another instance", () => {
    const edited = utf8(fromUtf8(signed())!.replace("13/20", "12/20"));
    expect(() => verifyPlan(edited, instance, verifiers)).toThrow("note.signature");
    expect(() => verifyPlan(signed(), "other-line", verifiers)).toThrow("release.instance");
  });

  test.each<[string, string, string]>([
    ["another spelling of ε", '"7/20"', '"14/40"'],
    ["ε as a float", '"7/20"', "0.35"],
    ["a space", '{"period"', '{ "period"'],
    ["a field more", '"budget":"1"', '"budget":"1","more":1'],
    ["no period", "2027-Q1", "2027-Q5"],
    ["no instant", "08:00:00Z", "08:00Z"],
    ["a field less", '"budget":"1",', ""],
    ["a short hash", "0".repeat(64), "0".repeat(63)],
    ["officers out of order", '["officer-a","officer-b"]', '["officer-b","officer-a"]'],
    ["one officer twice", '["officer-a","officer-b"]', '["officer-a","officer-a"]'],
    ["another kind", "release-plan", "release-commit"],
    ["a line more", "}\n", "}\n\n"],
  ])("is refused with %s, though both signed it", (_what, from, to) => {
    const text = planText(testPlan());
    expect(text).toContain(from);
    expect(() => verifyPlan(signedBy(text.replace(from, to), ...officers), instance, verifiers)).toThrow(/^release\./);
  });

  test("may not spend more than its budget, nor have more than 1", () => {
    const more = { t1: { numerator: 8, denominator: 20 }, t2: { numerator: 13, denominator: 20 } };
    expect(() => verifyPlan(signed({ epsilon: more }), instance, verifiers)).toThrow("release.overspent");
    const budget = { numerator: 21, denominator: 20 };
    expect(() => verifyPlan(signed({ epsilon: more, budget }), instance, verifiers)).toThrow("release.overspent");
    const less = { t1: { numerator: 1, denominator: 10 }, t2: { numerator: 1, denominator: 10 } };
    expect(verifyPlan(signed({ epsilon: less }), instance, verifiers).epsilon).toEqual(less);
  });

  test("publishes on the hour, 30 whole days after the period at least and 90 at most", () => {
    expect(() => verifyOf("2027-04-30T23:00:00Z")).toThrow("release.calendar");
    expect(() => verifyOf("2027-05-03T08:00:01Z")).toThrow("release.calendar");
    expect(verifyOf("2027-05-01T00:00:00Z").period).toBe("2027-Q1");
    expect(verifyOf("2027-06-30T00:00:00Z").period).toBe("2027-Q1");
    expect(() => verifyOf("2027-06-30T01:00:00Z")).toThrow("release.calendar");
  });

  test("of a demo is bound by no date", () => {
    const plan = testPlan({ instance: "demo-line", publishesMs: at("2026-11-26T15:30:07Z") });
    expect(verifyPlan(signedBy(planText(plan), ...officers), "demo-line", verifiers)).toEqual(plan);
    expect(["demo-line", "demolition-line", "mali"].map(keepsCalendar)).toEqual([false, true, true]);
  });

  test("is checked by the same rules before anybody signs it", () => {
    expect(() => checkPlan(testPlan())).not.toThrow();
    expect(() => checkPlan(testPlan({ publishesMs: at("2027-04-01T08:00:00Z") }))).toThrow("release.calendar");
    for (const ids of [[], ["officer-a"], ["officer-a", "officer-b", "officer-c"], ["officer-b", "officer-a"]])
      expect(() => checkPlan(testPlan({ officers: ids }))).toThrow("release.malformed");
  });

  test("names no officer as the other's second commitment is named", () => {
    expect(() => checkPlan(testPlan({ officers: ["officer", "officer-2"] }))).toThrow("release.officers");
    expect(() => checkPlan(testPlan({ officers: ["officer", "officer-3"] }))).not.toThrow();
  });
});
