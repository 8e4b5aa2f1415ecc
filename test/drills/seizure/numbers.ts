/**
 * Every Malian mobile number, national form, by the pattern of the numbering plan:
 * `2(?:0(?:01|79)|17\d)\d{4}|(?:5[0-3]|[679]\d|8[2-59])\d{6}`.
 */
export interface NumberRange {
  readonly first: number;
  /** A multiple of four. */
  readonly count: number;
}

export const malianMobiles: readonly NumberRange[] = [
  { first: 2_001_0000, count: 10_000 },
  { first: 2_079_0000, count: 10_000 },
  { first: 2_170_0000, count: 100_000 },
  { first: 50_000_000, count: 4_000_000 },
  { first: 60_000_000, count: 20_000_000 },
  { first: 82_000_000, count: 4_000_000 },
  { first: 89_000_000, count: 11_000_000 },
];

export const countIn = (ranges: readonly NumberRange[]): number => ranges.reduce((sum, { count }) => sum + count, 0);

/** The same numbers in pieces of at most `most`, which is a multiple of four. */
export function piecesOf(ranges: readonly NumberRange[], most: number): readonly NumberRange[] {
  return ranges.flatMap(({ first, count }) =>
    Array.from({ length: Math.ceil(count / most) }, (_, index) => ({
      first: first + index * most,
      count: Math.min(most, count - index * most),
    })),
  );
}
