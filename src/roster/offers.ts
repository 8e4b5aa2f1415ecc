import type { ReportId } from "../base/brand.ts";
import type { UnixDay } from "../base/clock.ts";
import { deskReviewers, mayReview, type Desk, type RosterBody } from "./roster.ts";

/** Days a round has to look at what it was offered (triage.md, Queues). */
export const lookDays = 2;
/** To how many a report is offered at a time: one may be away, or excluded. */
const offeredAtOnce = 2;

/**
 * Whom of the desk a report is offered to today: two at a time, the next two after every two days, over and over. It
 * depends on the report's random id, its day and today only, never on its case: a reviewer who cannot open it must not
 * see whether somebody took it, and a round has nothing to fire, so none can fire twice.
 */
export function offeredTo(
  roster: RosterBody,
  desk: Desk,
  report: { readonly id: ReportId; readonly receivedDay: UnixDay },
  today: UnixDay,
): readonly string[] {
  const serving = deskReviewers(roster, desk).filter((reviewer) => mayReview(reviewer, today));
  const first = Number.parseInt(report.id.slice(0, 8), 16) + offeredAtOnce * roundOf(report.receivedDay, today);
  const offered = Array.from({ length: Math.min(offeredAtOnce, serving.length) }, (_, index) => first + index);
  return offered.map((place) => serving[place % serving.length]!.id);
}

/** 0 from the report's own day on; a report from tomorrow, by a clock that was set back, is in its first too. */
export function roundOf(receivedDay: UnixDay, today: UnixDay): number {
  return Math.max(0, Math.floor((today - receivedDay) / lookDays));
}
