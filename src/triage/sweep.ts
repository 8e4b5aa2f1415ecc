import type { ReportId } from "../base/brand.ts";
import { utf8 } from "../base/bytes.ts";
import { shuffled, type Chance } from "../base/chance.ts";
import { addDays, dayOf, isoDay, type Clock, type UnixDay, type UnixMs } from "../base/clock.ts";
import { shuffleCases } from "../store/case-shuffle.ts";
import { auditObject } from "../envelope/audit.ts";
import { deleteExpired } from "../store/expire.ts";
import { shuffleAnswers } from "../store/mailbox.ts";
import { reportsWithoutOffer } from "../store/offer.ts";
import type { Store } from "../store/open.ts";
import { shuffleDay } from "../store/report.ts";
import { tidy } from "../store/tidy.ts";
import { auditOnce } from "./audit.ts";

export interface Sweep {
  readonly store: Store;
  readonly enqueue: (ids: readonly ReportId[]) => Promise<void>;
  /** The queue's event rows keep ids with milliseconds: gone with every sweep. */
  readonly sweepEvents: () => Promise<unknown>;
  readonly clock: Clock;
  readonly chance: Chance;
}

const healedAtOnce = 1000;

// Rows of a day may still come out of the mix for a while after its end.
const settledMs = 3_600_000;
// A machine that was off over midnight makes up for it.
const daysMadeUpFor = 7;

const tidied = [
  "report",
  "seen",
  "offer",
  "spent_nonce",
  "session",
  "mailbox_held",
  "mailbox_message",
  "case",
  "case_event",
  "case_aside",
  "outbox",
] as const;

/** The handler of a sweep: heals what a crash left, deletes what is due, re-shuffles each day once it is over. */
export function sweeps(sweep: Sweep): () => Promise<void> {
  let shuffledThrough = addDays(lastSettledDay(sweep.clock), -daysMadeUpFor);
  return async () => {
    const { store, clock } = sweep;
    await sweep.enqueue(await reportsWithoutOffer(store.db, healedAtOnce));
    await deleteExpired(store.db, dayOf(clock.nowMs()));
    while (shuffledThrough < lastSettledDay(clock)) {
      const day = addDays(shuffledThrough, 1);
      await shuffleDay(store.db, day, (rows) => shuffled(sweep.chance, rows));
      await shuffleAnswers(store.db, day, (rows) => shuffled(sweep.chance, rows));
      await shuffleCases(store.db, (rows) => shuffled(sweep.chance, rows));
      await store.db.transaction().execute((trx) => auditOnce(trx, "daySwept", dayObject(day), clock));
      shuffledThrough = day;
    }
    await sweep.sweepEvents();
    await tidy(store.db, tidied);
  };
}

/** In the audit, that a day was swept is no secret: anybody can tell its row. */
function dayObject(day: UnixDay): Uint8Array {
  return auditObject(utf8(isoDay(day)), new Uint8Array(0));
}

function lastSettledDay(clock: Clock): UnixDay {
  return addDays(dayOf((clock.nowMs() - settledMs) as UnixMs), -1);
}
