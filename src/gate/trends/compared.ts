import type { ReleaseContent } from "../../trends/content.ts";
import { changeMarginOf } from "../../trends/interval.ts";
import type { TableId } from "../../trends/key-space.ts";
import { shownTable } from "../../trends/publish/shown.ts";
import type { Mark } from "./dots.ts";

/** A cell, the one of the quarter before, and what may be called a change between them. */
export interface Compared extends Mark {
  readonly change: "more" | "less" | null;
}

/** Each cell of a table beside that of the quarter before; a change only where noise alone would hardly make one. */
export function compared(table: TableId, content: ReleaseContent, before: ReleaseContent | null): readonly Compared[] {
  const last = before === null ? null : shownTable(table, before).cells;
  const least = changeMarginOf(content.epsilon[table]);
  return shownTable(table, content).cells.map((cell, at) => {
    if (last === null) return { cell, before: null, change: null };
    const { shown, figure } = last[at]!;
    return { cell, before: shown, change: changeOf(cell.figure - figure, least) };
  });
}

function changeOf(difference: number, least: number): Compared["change"] {
  if (Math.abs(difference) <= least) return null;
  return difference > 0 ? "more" : "less";
}
