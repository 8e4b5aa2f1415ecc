/**
 * Where a région stands among the others, by row and column: roughly as Mali lies, with no boundary drawn and no size meant
 * (trends.md, Published). Another geography has no places here, and its tiles stand in the order of its list.
 */
export const tilePlaces: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ML06: [1, 3],
  ML08: [1, 4],
  ML05: [2, 3],
  ML07: [2, 4],
  ML10: [2, 5],
  ML01: [3, 1],
  ML02: [3, 2],
  ML04: [3, 3],
  ML09: [4, 2],
  ML03: [4, 3],
};

/** The tile's class where the whole geography has places, else none. */
export function tileClass(code: string, codes: readonly string[]): string {
  return codes.every((one) => one in tilePlaces) ? `tile ${code}` : "tile";
}
