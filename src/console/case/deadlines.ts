import { addDays, type UnixDay } from "../../base/clock.ts";
import type { CaseKind } from "../../envelope/case-act.ts";
import type { Case } from "../../roster/case.ts";

/** What is due on a case, in the order it falls due (web.md, Case). */
export type Duty = "look" | "acknowledge" | "answer";

export interface Deadline {
  readonly duty: Duty;
  readonly day: UnixDay;
  readonly state: "done" | "open" | "late";
  /** Days from today; negative when it is past. */
  readonly daysLeft: number;
}

/** Days after the report came (triage.md, Queues). */
const dutyDays: Readonly<Record<Duty, number>> = { look: 2, acknowledge: 7, answer: 90 };
const duties: readonly Duty[] = ["look", "acknowledge", "answer"];

/** The deadlines of a report that came on this day; whoever closed a case owes nothing more. */
export function deadlinesOf(receivedDay: UnixDay, known: Case, today: UnixDay): readonly Deadline[] {
  return duties.map((duty) => {
    const day = addDays(receivedDay, dutyDays[duty]);
    const state = isDone(duty, known) ? "done" : today > day ? "late" : "open";
    return { duty, day, state, daysLeft: day - today };
  });
}

/** The next thing that is owed, or null. */
export function nextDeadline(deadlines: readonly Deadline[]): Deadline | null {
  return deadlines.find(({ state }) => state !== "done") ?? null;
}

function isDone(duty: Duty, { state, timeline }: Case): boolean {
  if (state === "closed") return true;
  const kinds = timeline.map(({ event }) => event.act.kind);
  if (duty === "look") return kinds.length > 0;
  if (duty === "answer") return state === "answered";
  return kinds.some((kind) => acknowledging.includes(kind));
}

// Whoever takes a case acknowledges it by the same press.
const acknowledging: readonly CaseKind[] = ["take", "acknowledge", "answer", "question"];
