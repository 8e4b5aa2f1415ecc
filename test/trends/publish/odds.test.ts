import { describe, expect, test } from "vitest";
import { epsilons } from "../../../src/trends/key-space.ts";
import { oddsFactor, posteriorBounds } from "../../../src/trends/publish/odds.ts";

describe("what reading a release can do to a belief", () => {
  test.each([
    [1, 1],
    [7, 20],
    [3, 1],
    [30, 1],
    [1, 10_000],
  ])("e^(%i/%i)", (numerator, denominator) => {
    const exact = Math.exp(numerator / denominator);
    expect(Math.abs(oddsFactor({ numerator, denominator }) / exact - 1)).toBeLessThan(1e-12);
  });

  test.each([
    [0.01, "0.4", "2.7"],
    [0.1, "3.9", "23.2"],
    [0.5, "26.9", "73.1"],
  ])("%d before lies within these per cent after, at ε = 1", (prior, least, most) => {
    const bounds = posteriorBounds(prior, { numerator: 1, denominator: 1 });
    expect([bounds.least, bounds.most].map((one) => (100 * one).toFixed(1))).toEqual([least, most]);
  });

  test("certainty stays what it was", () => {
    for (const prior of [0, 1]) expect(posteriorBounds(prior, epsilons.t1)).toEqual({ least: prior, most: prior });
  });
});
