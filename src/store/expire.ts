import { sql, type Kysely } from "kysely";
import { addDays, msPerDay, type UnixDay } from "../base/clock.ts";
import { periodOf, sourceDays } from "../trends/period.ts";
import type { Tables } from "./tables.ts";

/** How long the rows of a table live. */
interface Retention {
  readonly lives: string;
  readonly why: string;
  /** Deletes what is due on `today`; absent where rows go with another table's, or with what they are for. */
  readonly end?: (trx: Kysely<Tables>, today: UnixDay) => Promise<unknown>;
}

/** Every table, in the order in which rows end (triage.md, Store): none may be without, and a test asks the database. */
export const retention: Readonly<Record<keyof Tables, Retention>> = {
  arrival: { lives: "until the mix: 10 minutes", why: "durable before it is acknowledged" },
  seen: {
    lives: "3 days",
    why: "a provider repeats itself for 48 hours, whatever the hour",
    end: (trx, today) => trx.deleteFrom("seen").where("expires_day", "<", today).execute(),
  },
  spent_nonce: {
    lives: "until the night after it ran out",
    why: "a sign-in serves once",
    end: (trx, today) =>
      trx
        .deleteFrom("spent_nonce")
        .where("expires_ms", "<=", today * msPerDay)
        .execute(),
  },
  session: {
    lives: "until the night after it ran out",
    why: "a reviewer is signed in",
    end: (trx, today) =>
      trx
        .deleteFrom("session")
        .where("expires_ms", "<=", today * msPerDay)
        .execute(),
  },
  mailbox_held: {
    lives: "until its release: an hour; 90 days where none comes",
    why: "answers go out shuffled",
    end: (trx, today) => endAnswers(trx, "mailbox_held", today),
  },
  mailbox_message: {
    lives: "90 days after its release",
    why: "who asked may not dial again soon (envelope.md)",
    end: (trx, today) => endAnswers(trx, "mailbox_message", today),
  },
  outbox: {
    lives: "15 days",
    why: "once this old, its capsule has expired too: no repeat of it could go out any more",
    end: (trx, today) => trx.deleteFrom("outbox").where("day", "<=", addDays(today, -15)).execute(),
  },
  report: {
    lives: "180 days, whatever became of its case",
    why: "listed to the whole desk, so that nobody shows who works on what",
    end: (trx, today) => trx.deleteFrom("report").where("received_day", "<=", addDays(today, -180)).execute(),
  },
  part: {
    lives: "180 days, or until a reviewer deletes it",
    why: "as the report that names it, which no column says",
    end: (trx, today) => trx.deleteFrom("part").where("day", "<=", addDays(today, -180)).execute(),
  },
  offer: {
    lives: "as its report",
    why: "deadlines",
    end: (trx) => sql`delete from offer where not exists (select from report where id = offer.report_id)`.execute(trx),
  },
  case_event: {
    lives: "until the later of 30 days after closing and 15 after that quarter's end; never while open",
    why: "the case",
    end: (trx, today) => sql`delete from case_event where door_hash in (${endedCases(today)})`.execute(trx),
  },
  case: {
    lives: "as its events, and as long as its report is listed",
    why: "nobody who stepped aside comes back, and none is taken anew",
    end: (trx, today) =>
      sql`
      delete from "case" where door_hash in (${endedCases(today)})
      and not exists (select from report where report.door_hash = "case".door_hash)`.execute(trx),
  },
  case_aside: { lives: "as its case, with which it goes", why: "404 from then on" },
  digest_turn: {
    lives: "2 days",
    why: "a reminder goes out once, though a clock be set back a little",
    end: (trx, today) =>
      trx
        .deleteFrom("digest_turn")
        .where("hour", "<", 24 * addDays(today, -2))
        .execute(),
  },
  label: {
    lives: "until its period's release is drawn and co-signed; 45 days after the period's end at most",
    why: "the release is drawn from it",
    end: (trx, today) => endPeriods(trx, "label", today),
  },
  quarter_key: {
    lives: "as the labels",
    why: "reviewers make tokens with it",
    end: (trx, today) => endPeriods(trx, "quarter_key", today),
  },
  release_parcel: {
    lives: "as the labels",
    why: "what one officer hands the other",
    end: (trx, today) => endPeriods(trx, "release_parcel", today),
  },
  release_note: { lives: "always", why: "public: whoever verifies a release needs every one before it" },
  audit: { lives: "always", why: "tamper evidence: it names no case, and its salts are stored nowhere" },
  audit_checkpoint: { lives: "until the next", why: "handed to consoles" },
  relay_note: { lives: "until the next", why: "public: the relay's keys of the days" },
  readiness: { lives: "always: one row that says nothing", why: "a full disk shows nowhere else" },
  sweep_day: { lives: "always: one row", why: "a clock that leaps deletes nothing" },
};

/**
 * Deletes what is due on `today`, by `retention`, in one transaction. Idempotent; follow it with `tidy`.
 *
 * @throws Fault `store.unavailable`: nothing was deleted.
 */
export async function deleteExpired(db: Kysely<Tables>, today: UnixDay): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const { end } of Object.values(retention)) await end?.(trx, today);
  });
}

function endAnswers(trx: Kysely<Tables>, table: "mailbox_held" | "mailbox_message", today: UnixDay): Promise<unknown> {
  return trx.deleteFrom(table).where("day", "<=", addDays(today, -90)).execute();
}

type OfPeriod = "label" | "quarter_key" | "release_parcel";

/** A period's rows go on the 45th day after its last (trends.md, Labels); periods sort as their names do. */
function endPeriods(trx: Kysely<Tables>, table: OfPeriod, today: UnixDay): Promise<unknown> {
  return trx
    .deleteFrom(table)
    .where("period", "<", periodOf(addDays(today, 1 - sourceDays)))
    .execute();
}

const endedCases = (today: UnixDay) => sql`select door_hash from "case" where ends_day <= ${today}`;
