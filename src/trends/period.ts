import type { Brand } from "../base/brand.ts";
import { addDays, fromIsoDay, isoDay, quarterEnd, type UnixDay } from "../base/clock.ts";
import { strictText } from "../base/strict.ts";

/** A calendar quarter in UTC, `2027-Q1`: the quarter in which a label was given, never that of an incident (trends.md, Labels). */
export type Period = Brand<string, "Period">;

/** The period of this name, or null: of whatever is no text too. */
export function parsePeriod(value: unknown): Period | null {
  return strictText(value, /^\d{4}-Q[1-4]$/) as Period | null;
}

/** The period that `day` lies in. */
export function periodOf(day: UnixDay): Period {
  const [year, month] = isoDay(day).split("-");
  return `${year}-Q${Math.ceil(Number(month) / 3)}` as Period;
}

/** First day of a period. */
export function firstDay(period: Period): UnixDay {
  const month = 3 * Number(period.at(-1)) - 2;
  return fromIsoDay(`${period.slice(0, 4)}-${String(month).padStart(2, "0")}-01`)!;
}

/** Last day of a period, inclusive. */
export function lastDay(period: Period): UnixDay {
  return quarterEnd(firstDay(period));
}

/** The period after this one. */
export function periodAfter(period: Period): Period {
  return periodOf(addDays(lastDay(period), 1));
}

/** Days after a period at most until its labels and its key are destroyed (trends.md, Labels). */
export const sourceDays = 45;
