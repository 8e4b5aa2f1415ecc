import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { largestFirst, saidOf, saidTo } from "../../../src/trends/publish/said.ts";

const cell = (figure: number, margin: number) => ({ figure, low: figure - margin, high: figure + margin });

describe("figures as they are said", () => {
  test.each([
    [34, 9, { about: 35, from: 25, to: 45 }],
    [12, 9, { about: 10, from: 1, to: 25 }],
    [10, 5, { about: 10, from: 5, to: 15 }],
    [1, 0, { about: 1, from: 1, to: 5 }],
  ])("%i within %i", (figure, margin, said) => {
    expect(saidOf(cell(figure, margin))).toEqual(said);
  });

  test("the interval said holds the one drawn, never reaches zero, and holds what is said", () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 100_000 }), (margin, low) => {
        const drawn = cell(low + margin, margin);
        const { about, from, to } = saidOf(drawn);
        expect(from).toBeGreaterThan(0);
        expect(from <= drawn.low && drawn.high <= to && from <= about && about <= to).toBe(true);
        expect(Math.abs(about - drawn.figure)).toBeLessThan(saidTo);
      }),
    );
  });

  test("the largest come first, ties as they stand, and what reaches zero not at all", () => {
    expect(largestFirst([cell(9, 9), cell(20, 9), cell(31, 9), cell(20, 9), cell(-5, 9)])).toEqual([2, 1, 3]);
  });
});
