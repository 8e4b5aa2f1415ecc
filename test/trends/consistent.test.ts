import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { consistent } from "../../src/trends/consistent.ts";

const anyFigures = fc.array(fc.integer({ min: -60, max: 200 }), { maxLength: 43 });
const totalOf = (figures: readonly number[]): number => figures.reduce((sum, figure) => sum + figure, 0);

/** Every way to write `total` as `count` non-negative integers. */
function partitions(total: number, count: number): readonly (readonly number[])[] {
  if (count === 1) return [[total]];
  return Array.from({ length: total + 1 }, (_, first) => first).flatMap((first) =>
    partitions(total - first, count - 1).map((rest) => [first, ...rest]),
  );
}

describe("consistent figures (trends.md, Published)", () => {
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
  ])("%j becomes %j", (noisy, expected) => {
    expect(consistent(noisy)).toEqual(expected);
  });

  test("are non-negative integers that add up to the noisy total, or to none below it", () => {
    fc.assert(
      fc.property(anyFigures, (noisy) => {
        const shown = consistent(noisy);
        expect(shown).toHaveLength(noisy.length);
        for (const figure of shown) expect(Number.isInteger(figure) && figure >= 0).toBe(true);
        expect(totalOf(shown)).toBe(Math.max(0, totalOf(noisy)));
      }),
    );
  });

  test("leave as it is what is consistent already, and never turn an order round", () => {
    fc.assert(
      fc.property(anyFigures, (noisy) => {
        const shown = consistent(noisy);
        expect(consistent(shown)).toEqual(shown);
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
      fc.property(few, (noisy) => {
        const far = (figures: readonly number[]): number =>
          figures.reduce((sum, figure, index) => sum + (figure - noisy[index]!) ** 2, 0);
        const others = partitions(Math.max(0, totalOf(noisy)), noisy.length).map(far);
        expect(far(consistent(noisy))).toBe(Math.min(...others));
      }),
      { numRuns: 300 },
    );
  });
});
