import { consistent } from "../consistent.ts";
import type { ReleaseContent } from "../content.ts";
import type { TableId } from "../key-space.ts";
import { measured, totalOf, type Measured } from "./rows.ts";

/** A figure as the page shows it, beside what was drawn. */
export interface Shown extends Measured {
  /** A whole number, zero or more; those of a table add up to its total. */
  readonly shown: number;
}

/** A table as the page shows it. */
export interface ShownTable {
  readonly cells: readonly Shown[];
  readonly total: Shown;
}

/** The figures brought to zero at least and made to add up, each within the interval of what was drawn (trends.md, Published). */
export function shownTable(table: TableId, content: ReleaseContent): ShownTable {
  const nearest = consistent(content.figures[table], content.margins[table]);
  return {
    cells: measured(table, content).map((cell, at) => ({ ...cell, shown: nearest[at]! })),
    total: { ...totalOf(table, content), shown: nearest.reduce((sum, one) => sum + one, 0) },
  };
}
