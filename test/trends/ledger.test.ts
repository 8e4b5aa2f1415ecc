import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isMore, sumOf } from "../../src/trends/epsilon.ts";
import { epsilons } from "../../src/trends/key-space.ts";
import { isSameLedger, ledgerLineJson, parseLedgerLine, spend, type Ledger } from "../../src/trends/ledger.ts";
import { parsePeriod, periodAfter, type Period } from "../../src/trends/period.ts";
import { testPlan } from "../support/releases.ts";

const first = parsePeriod("2027-Q1")!;
const quarters = (count: number): readonly Period[] =>
  Array.from({ length: count }).reduce<readonly Period[]>(
    (periods) => [...periods, periodAfter(periods.at(-1)!)],
    [first],
  );
const whole = { numerator: 1, denominator: 1 };

describe("the ledger", () => {
  test("spends 1 a period, exactly, for eight quarters", () => {
    const ledger = quarters(7).reduce<Ledger>((before, period) => spend(before, testPlan({ period }), 1), []);
    expect(ledger.map(({ period, sum, total }) => [period, sum, total.numerator / total.denominator])).toEqual(
      quarters(7).map((period, index) => [period, whole, index + 1]),
    );
  });

  test("a second draw spends again, and says so", () => {
    const [line] = spend([], testPlan(), 2);
    expect(ledgerLineJson(line!)).toEqual({
      period: "2027-Q1",
      attempts: 2,
      spent: { t1: "7/10", t2: "13/10" },
      sum: "2",
      total: "2",
    });
  });

  test("refuses to overspend by however little", () => {
    const epsilon = { ...epsilons, t2: { numerator: 650_001, denominator: 999_999 } };
    expect(() => spend([], testPlan({ epsilon }), 1)).toThrow("release.overspent");
    expect(() => spend([], testPlan({ epsilon }), 2)).toThrow("release.overspent");
    expect(() => spend([], testPlan({ budget: { numerator: 999_998, denominator: 999_999 } }), 1)).toThrow(
      "release.overspent",
    );
  });

  test("takes no period twice, and none before the last", () => {
    const ledger = spend([], testPlan({ period: periodAfter(first) }), 1);
    expect(() => spend(ledger, testPlan({ period: periodAfter(first) }), 1)).toThrow("release.chain");
    expect(() => spend(ledger, testPlan(), 1)).toThrow("release.chain");
    expect(spend(ledger, testPlan({ period: parsePeriod("2028-Q1")! }), 1)).toHaveLength(2);
  });

  test("never sums to more than the budget of its draws, whatever is asked", () => {
    const part = fc.record({
      numerator: fc.integer({ min: 1, max: 40 }),
      denominator: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(part, part, fc.integer({ min: 1, max: 2 }), (t1, t2, attempts) => {
        const plan = testPlan({ epsilon: { t1, t2 } });
        if (isMore(sumOf([t1, t2]), whole)) expect(() => spend([], plan, attempts)).toThrow("release.overspent");
        else expect(isMore(spend([], plan, attempts)[0]!.sum, { numerator: attempts, denominator: 1 })).toBe(false);
      }),
    );
  });

  test("a line reads back, and a changed one is another", () => {
    const ledger = spend([], testPlan(), 1);
    const json = ledgerLineJson(ledger[0]!);
    const read = parseLedgerLine(json)!;
    expect(isSameLedger([read], ledger)).toBe(true);
    expect(isSameLedger([{ ...read, attempts: 2 }], ledger)).toBe(false);
    expect(isSameLedger([], ledger)).toBe(false);
    for (const wrong of [
      null,
      [json],
      JSON.stringify(json),
      { ...json, period: "2027" },
      // As text it would be the period's name.
      { ...json, period: ["2027-Q1"] },
      { ...json, attempts: 0 },
      { ...json, attempts: 3 },
      { ...json, sum: "1.0" },
      { ...json, total: "2/2" },
      { ...json, more: 1 },
      { ...json, spent: {} },
    ])
      expect(parseLedgerLine(wrong)).toBeNull();
  });
});
