import type { UnixMs } from "../base/clock.ts";
import type { Epsilon, Figures, KeySpace, TableId } from "./key-space.ts";
import type { Period } from "./period.ts";

/** What one release says: all that its files, pages and screens are made from, and no count that is exact (trends.md, Published). */
export interface ReleaseContent {
  readonly instance: string;
  readonly period: Period;
  /** The fixed instant, on the hour, from which anybody may read it. */
  readonly publishesMs: UnixMs;
  readonly keySpace: KeySpace;
  readonly epsilon: Readonly<Record<TableId, Epsilon>>;
  /** Noisy integers, unbiased: they may be negative. */
  readonly figures: Figures;
  /** Half the width of each table's 95 % interval: the truth lies within it of a figure in at least 95 of 100 draws. */
  readonly margins: Readonly<Record<TableId, number>>;
}
