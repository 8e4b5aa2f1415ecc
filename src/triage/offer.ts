import type { ReportId } from "../base/brand.ts";
import { addDays, dayOf, type Clock } from "../base/clock.ts";
import { lookDays } from "../roster/offers.ts";
import { insertOffer } from "../store/offer.ts";
import type { Store } from "../store/open.ts";

/** Days a desk has to look, to acknowledge and to answer (triage.md, Queues). */
export const deadlineDays = { look: lookDays, acknowledge: 7, answer: 90 } as const;

/**
 * The handler of a triage job: sets a report's coarse deadlines and offers it to its desk. Repeating it changes
 * nothing, and a report that is gone by then needs no offer.
 */
export async function offerReport(store: Store, report: ReportId, clock: Clock): Promise<void> {
  const today = dayOf(clock.nowMs());
  await insertOffer(store.db, {
    reportId: report,
    round: 0,
    lookDay: addDays(today, deadlineDays.look),
    acknowledgeDay: addDays(today, deadlineDays.acknowledge),
    answerDay: addDays(today, deadlineDays.answer),
  });
}
