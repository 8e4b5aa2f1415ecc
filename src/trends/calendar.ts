import { addDays, type UnixDay } from "../base/clock.ts";
import { lastDay, sourceDays, type Period } from "./period.ts";
import { keepsCalendar } from "./plan.ts";

/** Days after a period in which its labels are posted; then the list of them is claimed (trends.md, Who computes). */
export const labelDays = 15;

/** Whether labels of the period may be posted on this day. */
export function takesLabels(instance: string, period: Period, today: UnixDay): boolean {
  const last = lastDay(period);
  return !keepsCalendar(instance) || (today > last && today < addDays(last, sourceDays));
}

/**
 * Whether the posts of the period may be claimed on this day: whoever was told of 15 days has had them, and the posts are
 * still there. A draw from none of them would publish noise as figures.
 */
export function takesClaim(instance: string, period: Period, today: UnixDay): boolean {
  const last = lastDay(period);
  return !keepsCalendar(instance) || (today > addDays(last, labelDays) && today < addDays(last, sourceDays));
}
