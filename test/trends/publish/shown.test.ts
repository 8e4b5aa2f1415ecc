import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tableIds } from "../../../src/trends/key-space.ts";
import { measured } from "../../../src/trends/publish/rows.ts";
import { shownTable, type Shown } from "../../../src/trends/publish/shown.ts";
import { anyFigures, releaseOf } from "../../support/release.ts";

const isWhole = ({ shown }: Shown): boolean => Number.isInteger(shown) && shown >= 0;

describe("figures as the page shows them", () => {
  test("none is below zero, none outside its interval, they add up, and what was drawn stays beside them", () => {
    fc.assert(
      fc.property(anyFigures, fc.constantFrom(...tableIds), (figures, table) => {
        const content = releaseOf(figures);
        const { cells, total } = shownTable(table, content);
        const sum = figures[table].reduce((all, one) => all + one, 0);
        expect(cells.every(isWhole)).toBe(true);
        expect(cells.reduce((all, { shown }) => all + shown, 0)).toBe(total.shown);
        expect(total.figure).toBe(sum);
        for (const { shown, high } of cells) expect(shown).toBeLessThanOrEqual(Math.max(0, high));
        for (const { shown, low } of cells) expect(shown).toBeGreaterThanOrEqual(low);
        expect(cells.map(({ figure, low, high }) => ({ figure, low, high }))).toEqual(measured(table, content));
      }),
    );
  });

  test("a total's interval is wider than a cell's and narrower than all of them together", () => {
    const { total } = shownTable("t1", releaseOf());
    const width = total.high - total.low;
    expect(width).toBeGreaterThan(2 * 9);
    expect(width).toBeLessThan(13 * 2 * 9);
  });
});
