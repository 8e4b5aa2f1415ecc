import { describe, expect, test } from "vitest";
import { seedHash } from "../../src/trends/commit.ts";
import { coinsOf } from "../../src/trends/coins.ts";
import { epsilons, type Epsilon } from "../../src/trends/key-space.ts";
import { discreteLaplace } from "../../src/trends/noise.ts";
import { parsePeriod } from "../../src/trends/period.ts";
import { simulate } from "../../src/trends/simulate.ts";
import { utf8 } from "../../src/base/bytes.ts";

const volumes = { t1: [0, 4, 12, 40, 200], t2: [0, 1, 5, 17] };
const { tables, spent, beliefs } = simulate(volumes, epsilons);

/** Noise of the real mechanism, from coins that are the same on every run. */
function drawn(epsilon: Epsilon, count: number): readonly number[] {
  const source = { seeds: [utf8("a")], claimHash: seedHash(utf8("simulate")), period: parsePeriod("2027-Q1")! };
  const coins = coinsOf(source, "t1", "DRG");
  return Array.from({ length: count }, () => discreteLaplace(epsilon, coins));
}

describe("what an ε would do to a board's volumes", () => {
  test("agrees with the noise that is really drawn", () => {
    for (const table of ["t1", "t2"] as const) {
      const { meanError, margin, cells, epsilon } = tables[table];
      const noise = drawn(epsilon, 20_000);
      const mean = noise.reduce((sum, one) => sum + Math.abs(one), 0) / noise.length;
      // Five standard errors: |Z| has a deviation of about its mean.
      expect(Math.abs(mean - meanError)).toBeLessThan((5 * meanError) / Math.sqrt(noise.length));
      for (const { expected, indistinct } of cells) {
        const share = noise.filter((one) => expected + one - margin <= 0).length / noise.length;
        expect(Math.abs(share - indistinct)).toBeLessThan(5 * Math.sqrt(0.25 / noise.length));
      }
    }
  });

  test("agrees with a sum over the distribution", () => {
    const { meanError, margin, cells } = tables.t1;
    const decay = Math.exp(-7 / 20);
    const mass = (z: number) => ((1 - decay) / (1 + decay)) * decay ** Math.abs(z);
    const from = Array.from({ length: 801 }, (_, index) => index - 400);
    const sum = (of: (z: number) => number) => from.reduce((total, z) => total + of(z), 0);
    expect(meanError).toBeCloseTo(
      sum((z) => Math.abs(z) * mass(z)),
      9,
    );
    for (const { expected, indistinct } of cells)
      expect(indistinct).toBeCloseTo(
        sum((z) => (expected + z <= margin ? mass(z) : 0)),
        9,
      );
  });

  test("tells a large figure from a small one, and nothing from nothing", () => {
    const chances = tables.t1.cells.map(({ indistinct }) => indistinct);
    expect(chances).toEqual(chances.toSorted((a, b) => b - a));
    expect(chances[0]).toBeGreaterThan(0.95);
    expect(chances.at(-1)).toBeLessThan(1e-6);
    expect(tables.t1.cells[0]!.relativeError).toBeNull();
    expect(tables.t1.cells[1]!.relativeError).toBeCloseTo(tables.t1.meanError / 4);
  });

  test("shows why cercle × category is not published: at 500 reports its error is about twice its mean", () => {
    const mean = 500 / (53 * 12);
    expect(tables.t2.meanError / mean).toBeGreaterThan(1.7);
    expect(tables.t2.meanError / mean).toBeLessThan(2.2);
  });

  test("bounds what a reader can come to believe of one unit by e^ε of what it spends", () => {
    expect(spent).toEqual({ numerator: 1, denominator: 1 });
    expect(beliefs.map(({ before }) => before)).toEqual([0.01, 0.1, 0.5]);
    expect(beliefs[2]!.most).toBeCloseTo(Math.E / (1 + Math.E), 12);
    for (const { before, least, most } of beliefs) {
      expect(most / (1 - most) / (before / (1 - before))).toBeCloseTo(Math.E, 9);
      expect(before / (1 - before) / (least / (1 - least))).toBeCloseTo(Math.E, 9);
    }
  });

  test("a smaller ε errs more and tells less", () => {
    const tenth = { numerator: 1, denominator: 10 };
    const careful = simulate(volumes, { t1: tenth, t2: tenth });
    expect(careful.tables.t1.meanError).toBeGreaterThan(tables.t1.meanError);
    expect(careful.tables.t1.margin).toBeGreaterThan(tables.t1.margin);
    expect(careful.beliefs[1]!.most).toBeLessThan(beliefs[1]!.most);
  });
});
