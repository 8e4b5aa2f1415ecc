import fc from "fast-check";
import { fromIsoInstant } from "../../src/base/clock.ts";
import type { ReleaseContent } from "../../src/trends/content.ts";
import { cellsOf, epsilons, type Figures } from "../../src/trends/key-space.ts";
import { parsePeriod } from "../../src/trends/period.ts";
import { malianKeySpace } from "./trends.ts";

/** What an officer might sign for a quarter: figures as a draw gives them, some below zero. */
export const someFigures: Figures = {
  t1: [34, 12, 28, -3, 9, 22, 41, 17, 25, 14, 2, -1, 6],
  t2: [3, -1, 4, 2, 1, 9, 5, 0, -2, 6, 2, 11, 14, 3, 19, 8, -2, 12, 17, 6, 15, 0, 1, -3, 12, 4, 7, 5, -1, 8],
};

/** A release of this quarter with these figures. */
export function releaseOf(
  figures: Figures = someFigures,
  period = "2027-Q1",
  publishes = "2027-05-15T12:00:00Z",
): ReleaseContent {
  return {
    instance: "demo-line",
    period: parsePeriod(period)!,
    publishesMs: fromIsoInstant(publishes)!,
    keySpace: malianKeySpace,
    epsilon: epsilons,
    figures,
    margins: { t1: 9, t2: 5 },
  };
}

const figure = fc.oneof(fc.integer({ min: -60, max: 400 }), fc.integer({ min: -(2 ** 40), max: 2 ** 40 }));
const cells = (table: "t1" | "t2"): fc.Arbitrary<number[]> => {
  const { length } = cellsOf(table, malianKeySpace);
  return fc.array(figure, { minLength: length, maxLength: length });
};

/** Any figures of a release. */
export const anyFigures: fc.Arbitrary<Figures> = fc.record({ t1: cells("t1"), t2: cells("t2") });
