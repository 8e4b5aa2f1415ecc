import type { ReportId } from "../base/brand.ts";
import { utf8 } from "../base/bytes.ts";
import { shuffled, type Chance } from "../base/chance.ts";
import { addDays, dayOf, hourOf, isoDay, type Clock, type UnixDay, type UnixHour, type UnixMs } from "../base/clock.ts";
import type { Emit } from "../base/events.ts";
import { shuffleCases } from "../store/case-shuffle.ts";
import { auditObject } from "../envelope/audit.ts";
import { deleteExpired, retention } from "../store/expire.ts";
import { shuffleLabels } from "../store/label.ts";
import { shuffleAnswers } from "../store/mailbox.ts";
import { reportsWithoutOffer } from "../store/offer.ts";
import type { Store } from "../store/open.ts";
import { shuffleParts } from "../store/part.ts";
import { shuffleDay } from "../store/report.ts";
import { sweepDay } from "../store/sweep-day.ts";
import { tidy } from "../store/tidy.ts";
import { auditOnce } from "./audit.ts";

export interface Sweep {
  readonly store: Store;
  readonly enqueue: (ids: readonly ReportId[]) => Promise<void>;
  /** The queue's event rows keep ids with milliseconds: gone with every sweep. */
  readonly sweepEvents: () => Promise<unknown>;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly emit: Emit;
}

const healedAtOnce = 1000;

// Rows of a day may still come out of the mix for a while after its end.
const settledMs = 3_600_000;
// A machine that was off over midnight makes up for it.
const daysMadeUpFor = 7;

const tidied = Object.keys(retention) as (keyof typeof retention)[];

/**
 * The handler of a sweep: heals what a crash left, deletes what is due, re-shuffles the day once an hour and once more when
 * it is over.
 */
export function sweeps(sweep: Sweep): () => Promise<void> {
  const { store, clock } = sweep;
  const night = nights(sweep);
  const hour = hours(sweep);
  const today = trustedDays(sweep);
  return async () => {
    await sweep.enqueue(await reportsWithoutOffer(store.db, healedAtOnce));
    await deleteExpired(store.db, await today(dayOf(clock.nowMs())));
    await night();
    await hour();
    await sweep.sweepEvents();
    await tidy(store.db, tidied);
  };
}

/** The day up to which may be deleted. A clock that leaps is said once, and so is its end. */
function trustedDays({ store, emit }: Sweep): (byClock: UnixDay) => Promise<UnixDay> {
  let leapt = false;
  return async (byClock) => {
    const { day, leaps } = await sweepDay(store.db, byClock);
    if (leaps && !leapt) emit({ event: "failed", part: "sweep", code: "sweep.clock" });
    if (!leaps && leapt) emit({ event: "recovered", part: "sweep" });
    leapt = leaps;
    return day;
  };
}

/** Each day that is over and was not shuffled yet, a week back at most, also after a clock that leapt. */
function nights({ store, clock, chance }: Sweep): () => Promise<void> {
  let through = addDays(lastSettledDay(clock), -daysMadeUpFor);
  return async () => {
    const last = lastSettledDay(clock);
    const earliest = addDays(last, -daysMadeUpFor);
    if (through < earliest || through > last) through = earliest;
    while (through < last) {
      const day = addDays(through, 1);
      await shuffleDay(store.db, day, (rows) => shuffled(chance, rows));
      await shuffleAnswers(store.db, day, (rows) => shuffled(chance, rows));
      await shuffleParts(store.db, day, (rows) => shuffled(chance, rows));
      await shuffleCases(store.db, (rows) => shuffled(chance, rows));
      await shuffleLabels(store.db, (rows) => shuffled(chance, rows));
      await store.db.transaction().execute((trx) => auditOnce(trx, "daySwept", dayObject(day), clock));
      through = day;
    }
  };
}

/**
 * Once an hour the reports of the day that still runs: until the night batches would lie one behind the other, and beside
 * rows that name an hour (triage.md, Store: order stays readable for the batch and an hour).
 */
function hours({ store, clock, chance }: Sweep): () => Promise<void> {
  let done: UnixHour | null = null;
  return async () => {
    const nowMs = clock.nowMs();
    if (hourOf(nowMs) === done) return;
    for (let day = addDays(lastSettledDay(clock), 1); day <= dayOf(nowMs); day = addDays(day, 1))
      await shuffleDay(store.db, day, (rows) => shuffled(chance, rows));
    done = hourOf(nowMs);
  };
}

/** In the audit, that a day was swept is no secret: anybody can tell its row. */
function dayObject(day: UnixDay): Uint8Array {
  return auditObject(utf8(isoDay(day)), new Uint8Array(0));
}

function lastSettledDay(clock: Clock): UnixDay {
  return addDays(dayOf((clock.nowMs() - settledMs) as UnixMs), -1);
}
