import type { DeskId, Door, ReportId } from "../../base/brand.ts";
import { addDays, type UnixDay } from "../../base/clock.ts";
import type { CaseState } from "../../envelope/case-act.ts";
import type { Forget } from "../../envelope/forget.ts";
import type { Report } from "../../envelope/report.ts";
import { folded } from "./search.ts";

/** What was inside a file: a report, or the wish that a conversation be forgotten. */
export type Content =
  | { readonly kind: "report"; readonly report: Report }
  | { readonly kind: "forget"; readonly forget: Forget };

/** What the core says of a case to whoever shows its door. */
export interface CaseFacts {
  readonly state: CaseState;
  readonly seq: number;
  readonly acknowledgeDay: UnixDay;
  readonly answerDay: UnixDay;
}

/** One file that opened, as the list shows it. */
export interface Item {
  readonly id: ReportId;
  readonly desk: DeskId;
  readonly receivedDay: UnixDay;
  /** Reviewers it is offered to today. */
  readonly offeredTo: readonly string[];
  readonly content: Content;
  /** Null while nobody took it. */
  readonly facts: CaseFacts | null;
  /** Looked at since the console was unlocked. It is remembered nowhere else: it would tell which files open. */
  readonly seen: boolean;
  /** Its words as the search compares them. */
  readonly sought: string;
}

export function itemOf(fields: Omit<Item, "facts" | "seen" | "sought">): Item {
  return { ...fields, facts: null, seen: false, sought: soughtIn(fields.content) };
}

export function doorOf(content: Content): Door {
  return content.kind === "report" ? content.report.door : content.forget.door;
}

function soughtIn(content: Content): string {
  if (content.kind === "forget") return "";
  const { text, answers, language, channel } = content.report;
  return folded(
    [text, answers.category, answers.place, language, channel].filter((part) => part !== undefined).join(" "),
  );
}

/** Days to look at a new report, as the core counts them (triage.md). */
const lookDays = 2;

/** The day by which something is due, or null when nothing is. */
export function dueDay({ receivedDay, facts }: Item): UnixDay | null {
  if (facts === null || facts.state === "waiting") return addDays(receivedDay, lookDays);
  return facts.state === "open" ? facts.answerDay : null;
}

export function stateOf({ facts }: Item): CaseState {
  return facts?.state ?? "waiting";
}

/** Nobody took it, and whoever sits here has not looked at it. */
export function isUnread(item: Item): boolean {
  return !item.seen && stateOf(item) === "waiting";
}
