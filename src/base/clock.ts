import type { Brand } from "./brand.ts";

/** Milliseconds since 1970-01-01T00:00Z. Never stored beside an informant's act. */
export type UnixMs = Brand<number, "UnixMs">;
/** Whole hours since 1970-01-01T00:00Z. */
export type UnixHour = Brand<number, "UnixHour">;
/** Whole days since 1970-01-01; Mali keeps UTC, so this is the local day too. */
export type UnixDay = Brand<number, "UnixDay">;

/** Time is an argument: pure rooms are handed a `Clock` or a value read from one. */
export interface Clock {
  nowMs(): UnixMs;
}

export const msPerHour = 3_600_000;
export const msPerDay = 86_400_000;

/** The only reader of the machine's clock. */
export const systemClock: Clock = { nowMs: () => Date.now() as UnixMs };

export function hourOf(at: UnixMs): UnixHour {
  return Math.floor(at / msPerHour) as UnixHour;
}

export function dayOf(at: UnixMs): UnixDay {
  return Math.floor(at / msPerDay) as UnixDay;
}

export function addDays(day: UnixDay, days: number): UnixDay {
  return (day + days) as UnixDay;
}

/** The last day of the calendar quarter that `day` lies in. */
export function quarterEnd(day: UnixDay): UnixDay {
  const at = new Date(day * msPerDay);
  const monthAfter = 3 * (Math.floor(at.getUTCMonth() / 3) + 1);
  return addDays(dayOf(Date.UTC(at.getUTCFullYear(), monthAfter, 1) as UnixMs), -1);
}

/** `YYYY-MM-DD`. */
export function isoDay(day: UnixDay): string {
  return new Date(day * msPerDay).toISOString().slice(0, 10);
}

/** The day of `YYYY-MM-DD`, or null when it is not one. */
export function fromIsoDay(text: string): UnixDay | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(at)) return null;
  const day = dayOf(at as UnixMs);
  return isoDay(day) === text ? day : null;
}

/** RFC 3339 in UTC to the second, as notes carry it. */
export function isoInstant(at: UnixMs): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** The instant of an RFC 3339 text in UTC to the second, or null. */
export function fromIsoInstant(text: string): UnixMs | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) || isoInstant(at as UnixMs) !== text ? null : (at as UnixMs);
}

/** 0 to 23 in UTC. */
export function hourOfDay(hour: UnixHour): number {
  return hour % 24;
}

/** The instant an hour begins, as mails are dated (RFC 5322 §3.3): always of the same length. */
export function mailDate(hour: UnixHour): string {
  return new Date(hour * msPerHour).toUTCString().replace("GMT", "+0000");
}

/** `YYYY-MM-DDThhh`: as fine as anything near a report may be dated. */
export function isoHour(at: UnixMs): string {
  return `${new Date(at).toISOString().slice(0, 13)}h`;
}
