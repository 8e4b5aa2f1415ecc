import type { UnixMs } from "../base/clock.ts";

/** The twelve keys, row by row, each with the letters it writes when pressed again and again (ITU-T E.161, and French). */
export const keypad = [
  ["1", ".,?!'-1"],
  ["2", "abcàâç2"],
  ["3", "deféèê3"],
  ["4", "ghiî4"],
  ["5", "jkl5"],
  ["6", "mnoô6"],
  ["7", "pqrs7"],
  ["8", "tuvùû8"],
  ["9", "wxyz9"],
  ["*", "*"],
  ["0", " 0"],
  ["#", "#"],
] as const;

export type Key = (typeof keypad)[number][0];
export type Mode = "digits" | "letters";

/** The last press, which the next one on the same key turns on. */
export interface Tap {
  readonly key: Key;
  readonly turn: number;
  readonly atMs: UnixMs;
}

export interface Typed {
  readonly typed: string;
  readonly tap: Tap | null;
}

/** A later press on the same key begins a new letter. */
const tapMs = 1000;

const cycles: ReadonlyMap<Key, string> = new Map(keypad);

/** What stands in the line after a key, at most `mostUnits` long. */
export function press(before: Typed, key: Key, mode: Mode, atMs: UnixMs, mostUnits: number): Typed {
  const cycle = cycles.get(key)!;
  const { typed, tap } = before;
  const again = mode === "letters" && tap !== null && tap.key === key && atMs - tap.atMs < tapMs && cycle.length > 1;
  if (again) {
    const turn = (tap.turn + 1) % cycle.length;
    return { typed: `${typed.slice(0, -1)}${cycle[turn]!}`, tap: { key, turn, atMs } };
  }
  if (typed.length >= mostUnits) return { typed, tap: null };
  if (mode === "digits") return { typed: `${typed}${key}`, tap: null };
  return { typed: `${typed}${cycle[0]!}`, tap: { key, turn: 0, atMs } };
}

/** Without its last character. */
export function cleared(typed: string): string {
  return Array.from(typed).slice(0, -1).join("");
}
