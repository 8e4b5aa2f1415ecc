import type { ReportId } from "../../base/brand.ts";
import type { UnixDay } from "../../base/clock.ts";
import type { CaseState } from "../../envelope/case-act.ts";
import { dueDay, isUnread, stateOf, type Item } from "./item.ts";
import { holdsAll, wordsSought } from "./search.ts";

export type Deadline = "late" | "soon";

/** What the list is narrowed to; null leaves a side open. */
export interface Filter {
  readonly state: CaseState | null;
  readonly category: string | null;
  /** P-code of a région: its cercles belong to it. */
  readonly place: string | null;
  readonly language: string | null;
  readonly danger: boolean;
  readonly deadline: Deadline | null;
  /** Offered to whoever sits here today. */
  readonly offered: boolean;
}

export const noFilter: Filter = {
  state: null,
  category: null,
  place: null,
  language: null,
  danger: false,
  deadline: null,
  offered: false,
};

/** Days before a deadline from which it is soon. */
const soonDays = 3;

/** How an item stands to its deadline today, or null while there is time. */
export function deadlineOf(item: Item, today: UnixDay): Deadline | null {
  const due = dueDay(item);
  if (due === null || due - today > soonDays) return null;
  return due < today ? "late" : "soon";
}

/** What a list is drawn for. */
export interface Wanted {
  readonly filter: Filter;
  readonly search: string;
  readonly today: UnixDay;
  readonly reviewer: string;
}

/** What passes, unread first, then newest day first; the same order every time. */
export function listed(items: ReadonlyMap<ReportId, Item>, wanted: Wanted): readonly Item[] {
  const words = wordsSought(wanted.search);
  return [...items.values()]
    .filter((item) => passes(item, wanted) && holdsAll(item.sought, words))
    .toSorted(
      (a, b) => Number(isUnread(b)) - Number(isUnread(a)) || b.receivedDay - a.receivedDay || (a.id < b.id ? -1 : 1),
    );
}

function passes(item: Item, { filter, today, reviewer }: Wanted): boolean {
  const { category, place, danger } = item.content.kind === "report" ? item.content.report.answers : {};
  const language = item.content.kind === "report" ? item.content.report.language : null;
  return (
    (filter.state === null || stateOf(item) === filter.state) &&
    (filter.category === null || category === filter.category) &&
    (filter.place === null || place?.startsWith(filter.place) === true) &&
    (filter.language === null || language === filter.language) &&
    (!filter.danger || danger === true) &&
    (filter.deadline === null || deadlineOf(item, today) === filter.deadline) &&
    (!filter.offered || item.offeredTo.includes(reviewer))
  );
}
