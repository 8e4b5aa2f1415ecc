import { sql, type Kysely, type RawBuilder } from "kysely";
import { addDays, type UnixDay } from "../base/clock.ts";
import type { Tables } from "./tables.ts";

/** What the clock is trusted to say. */
export interface SweepDay {
  /** Nothing that is due only after this day may be deleted. */
  readonly day: UnixDay;
  /** The clock says something that nobody has confirmed yet. */
  readonly leaps: boolean;
}

/** A sweep runs every ten minutes: a clock further from the last one's day is wrong, or the machine was off. */
const farthestDays = 2;
/** A leap that lasts so long is true. Meanwhile somebody may set the clock right, and nothing is lost. */
const doubtedDays = 2;

/**
 * The day to sweep by, given the clock's. A clock that leaps by more than two days deletes nothing more until it has run on for
 * two days, restarts included; one set back deletes by its own, earlier day at once.
 *
 * @throws Fault `store.unavailable`.
 */
export function sweepDay(db: Kysely<Tables>, byClock: UnixDay): Promise<SweepDay> {
  return db.transaction().execute(async (trx) => {
    await sql`insert into sweep_day (id, day) values (1, ${byClock}) on conflict (id) do nothing`.execute(trx);
    const [row] = await trx.selectFrom("sweep_day").selectAll().forUpdate().execute();
    const known = { day: row!.day as UnixDay, leapDay: row!.leap_day as UnixDay | null };
    const next = nextDay(known, byClock);
    await trx.updateTable("sweep_day").set({ day: next.day, leap_day: next.leapDay }).execute();
    return { day: byClock < next.day ? byClock : next.day, leaps: next.leapDay !== null };
  });
}

/** The day as a row is to keep it: the sweep's own when the clock says one that lies far before it. */
export function dated(byClock: UnixDay): RawBuilder<number> {
  return sql<number>`dated(${byClock}::integer)`;
}

interface Known {
  readonly day: UnixDay;
  /** Since when, by the doubted clock itself; null for no doubt. */
  readonly leapDay: UnixDay | null;
}

function nextDay({ day, leapDay }: Known, byClock: UnixDay): Known {
  if (Math.abs(byClock - day) <= farthestDays) return { day: byClock > day ? byClock : day, leapDay: null };
  const ranOn = leapDay === null ? -1 : byClock - leapDay;
  // Another leap within the doubt begins a doubt of its own.
  if (leapDay === null || ranOn < 0 || ranOn > doubtedDays + farthestDays) return { day, leapDay: byClock };
  return byClock < addDays(leapDay, doubtedDays) ? { day, leapDay } : { day: byClock, leapDay: null };
}
