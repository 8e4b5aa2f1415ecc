/** The least and the most that a figure may be shown as. */
interface Bounds {
  readonly least: number;
  readonly most: number;
}

/**
 * Integers that add up, as near to the noisy figures as such can be (least squares): what a page shows beside the figures
 * themselves. None is below zero, and none outside its own interval of `margin` on both sides, or a page would contradict
 * itself. The total is the noisy one, or the least that those bounds allow where that is more. What rounding leaves over
 * goes to the first in order.
 */
export function consistent(noisy: readonly number[], margin: number): readonly number[] {
  const bounds = noisy.map((figure) => ({ least: Math.max(0, figure - margin), most: Math.max(0, figure + margin) }));
  const total = Math.max(sumOf(noisy), sumOf(bounds.map(({ least }) => least)));
  // One equal cut for all, as far as each one's bounds let it: the projection on what is allowed.
  const cutBy = (cut: number): readonly number[] => noisy.map((figure, index) => within(figure - cut, bounds[index]!));
  // Uncut they are too many, if anything: none is below what was drawn. Cut by the margin they are the least there may be.
  let cut = 0;
  while (sumOf(cutBy(cut)) > total) cut++;
  const higher = cutBy(cut - 1);
  let left = total - sumOf(cutBy(cut));
  return cutBy(cut).map((figure, index) => (higher[index]! > figure && left-- > 0 ? figure + 1 : figure));
}

function within(value: number, { least, most }: Bounds): number {
  return Math.min(most, Math.max(least, value));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
