import { isDistinct, type Measured } from "./rows.ts";
import type { Said } from "./words.ts";

/** What a spoken figure is rounded to a multiple of. */
export const saidTo = 5;

/**
 * A figure that differs from zero: to the nearest multiple of `saidTo`, its interval outward, so that what is said holds
 * at least as surely as what was drawn; but from one, not from zero, where that is the nearest multiple below.
 */
export function saidOf({ figure, low, high }: Measured): Said {
  const from = Math.max(1, saidTo * Math.floor(low / saidTo));
  const about = Math.max(from, saidTo * Math.round(figure / saidTo));
  return { about, from, to: saidTo * Math.ceil(high / saidTo) };
}

/** Places of what differs from zero, the largest first, ties in the order of the table. */
export function largestFirst(cells: readonly Measured[]): readonly number[] {
  const distinct = cells.flatMap((cell, at) => (isDistinct(cell) ? [at] : []));
  return distinct.toSorted((a, b) => cells[b]!.figure - cells[a]!.figure || a - b);
}
