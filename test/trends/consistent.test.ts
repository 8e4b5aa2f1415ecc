import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { consistent } from "../../src/trends/consistent.ts";

const anyFigures = fc.array(fc.integer({ min: -60, max: 200 }), { maxLength: 43 });
const totalOf = (figures: readonly number[]): number => figures.reduce((sum, figure) => sum + figure, 0);

/** Every list of integers within these bounds that adds up to `total`. */
function listsOf(total: number, bounds: readonly (readonly [number, number])[]): readonly (readonly number[])[] {
  const [own, ...others] = bounds;
  if (own === undefined) return total === 0 ? [[]] : [];
  const firsts = Array.from({ length: own[1] - own[0] + 1 }, (_, step) => own[0] + step);
  return firsts.flatMap((first) => listsOf(total - first, others).map((rest) => [first, ...rest]));
}

const boundsOf = (noisy: readonly number[], margin: number): readonly (readonly [number, number])[] =>
  noisy.map((figure) => [Math.max(0, figure - margin), Math.max(0, figure + margin)]);
const leastOf = (noisy: readonly number[], margin: number): number =>
  totalOf(boundsOf(noisy, margin).map(([least]) => least));

describe("consistent figures (trends.md, Published)", () => {
  const wide = 60;
  test.each([
    [
      [3, -1, 2],
      [3, 0, 1],
    ],
    [
      [3, -1, 3],
      [3, 0, 2],
    ],
    [
      [5, -9, 1],
      [0, 0, 0],
    ],
    [
      [10, -1, -1],
      [8, 0, 0],
    ],
    [
      [4, 4, 4, -1],
      [4, 4, 3, 0],
    ],
    [
      [-1, 0, -3],
      [0, 0, 0],
    ],
    [
      [0, 7, 2],
      [0, 7, 2],
    ],
    [[], []],
  ])("%j becomes %j where the margin is wide", (noisy, expected) => {
    expect(consistent(noisy, wide)).toEqual(expected);
  });

  test("one that is surely above zero is shown so, though all the others drew below it", () => {
    expect(consistent([11, -8, -9, 0], 9)).toEqual([2, 0, 0, 0]);
  });

  test("one that is surely below another's is not raised past its interval", () => {
    expect(consistent([-4, 5], 3)).toEqual([0, 2]);
  });

  test("are integers within their intervals that add up to the noisy total, or as near to it as those allow", () => {
    fc.assert(
      fc.property(anyFigures, fc.integer({ min: 0, max: 12 }), (noisy, margin) => {
        const shown = consistent(noisy, margin);
        expect(shown).toHaveLength(noisy.length);
        for (const [index, [least, most]] of boundsOf(noisy, margin).entries()) {
          const figure = shown[index]!;
          expect(Number.isInteger(figure) && least <= figure && figure <= most).toBe(true);
        }
        // The other bound is never met: what is above zero may grow by its whole margin, and what is below draws less.
        expect(totalOf(shown)).toBe(Math.max(leastOf(noisy, margin), totalOf(noisy)));
      }),
    );
  });

  test("leave as it is what is consistent already, and never turn an order round", () => {
    fc.assert(
      fc.property(anyFigures, fc.integer({ min: 0, max: 12 }), (noisy, margin) => {
        const shown = consistent(noisy, margin);
        expect(consistent(shown, margin)).toEqual(shown);
        noisy.forEach((one, i) =>
          noisy.forEach((other, j) => expect(one <= other || shown[i]! >= shown[j]!).toBe(true)),
        );
      }),
      { numRuns: 50 },
    );
  });

  test("are the nearest of all such integers", () => {
    const few = fc.array(fc.integer({ min: -5, max: 7 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(few, fc.integer({ min: 0, max: 6 }), (noisy, margin) => {
        const far = (figures: readonly number[]): number =>
          figures.reduce((sum, figure, index) => sum + (figure - noisy[index]!) ** 2, 0);
        const total = Math.max(leastOf(noisy, margin), totalOf(noisy));
        const others = listsOf(total, boundsOf(noisy, margin)).map(far);
        expect(far(consistent(noisy, margin))).toBe(Math.min(...others));
      }),
      { numRuns: 300 },
    );
  });
});
