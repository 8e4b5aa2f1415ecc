/** From what value to what place a chart goes, and where it is marked. */
export interface Scale {
  /** Values at even steps from 0 to the end of the scale. */
  readonly ticks: readonly number[];
  /** Where a value stands, in per cent of the width; below zero as zero, for nothing is less than nothing. */
  readonly place: (value: number) => string;
}

// Dots at both ends are whole.
const marginPercent = 3;
const mostTicks = 6;

/** A scale from zero over these values, with two to six marks at 1, 2 or 5 times a power of ten. */
export function scaleOver(values: readonly number[]): Scale {
  const most = Math.max(1, ...values);
  const step = stepFor(most);
  const end = step * Math.ceil(most / step);
  const width = 100 - 2 * marginPercent;
  return {
    ticks: Array.from({ length: end / step + 1 }, (_, index) => index * step),
    place: (value) => `${(marginPercent + (width * Math.max(0, value)) / end).toFixed(1)}%`,
  };
}

function stepFor(most: number): number {
  for (let power = 1; ; power *= 10)
    for (const step of [power, 2 * power, 5 * power]) if (Math.ceil(most / step) < mostTicks) return step;
}
