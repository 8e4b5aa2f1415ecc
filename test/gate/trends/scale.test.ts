import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scaleOver } from "../../../src/gate/trends/scale.ts";

const percent = (place: string): number => Number(place.replace("%", ""));

describe("the scale of a chart", () => {
  test.each([
    [[], [0, 1]],
    [
      [0, -4],
      [0, 1],
    ],
    [[7], [0, 2, 4, 6, 8]],
    [
      [64, 12],
      [0, 20, 40, 60, 80],
    ],
    [[250], [0, 50, 100, 150, 200, 250]],
  ])("over %j has marks at %j", (values, ticks) => {
    expect(scaleOver(values).ticks).toEqual(ticks);
  });

  test("holds every value between its ends, in their order, and shows what is below zero at zero", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 2 ** 40 }), { minLength: 1 }), (values) => {
        const { ticks, place } = scaleOver(values);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(6);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(Math.max(...values));
        for (const value of values) {
          const at = percent(place(value));
          expect(at >= percent(place(0)) && at <= percent(place(ticks.at(-1)!))).toBe(true);
        }
        expect(place(-9)).toBe(place(0));
      }),
    );
  });
});
