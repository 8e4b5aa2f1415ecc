import { sql, type Kysely } from "kysely";
import { addDays, msPerDay, type UnixDay } from "../base/clock.ts";
import type { Tables } from "./tables.ts";

/** Whatever became of its case (triage.md, table `report`). */
const reportRetentionDays = 180;
/** Answers die 90 days after their release, and as soon where no release ever came (envelope.md). */
const answerRetentionDays = 90;

/** Once this old, an order's capsule has expired too: no repeat of it could go out any more. */
const outboxRetentionDays = 15;

/**
 * Deletes what is due on `today`: reports received 180 days ago or earlier and their offers, answers released 90
 * days ago or earlier, orders to the relay of 15 days ago or earlier, seen marks whose last day has passed, spent nonces
 * and sessions that ran out before today, the events of cases closed long enough. Idempotent; follow it with `tidy`.
 */
export async function deleteExpired(db: Kysely<Tables>, today: UnixDay): Promise<void> {
  const startOfDayMs = today * msPerDay;
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom("seen").where("expires_day", "<", today).execute();
    await trx.deleteFrom("spent_nonce").where("expires_ms", "<=", startOfDayMs).execute();
    await trx
      .deleteFrom("digest_turn")
      .where("hour", "<", 24 * addDays(today, -2))
      .execute();
    await trx.deleteFrom("session").where("expires_ms", "<=", startOfDayMs).execute();
    const lastAnswerDay = addDays(today, -answerRetentionDays);
    for (const table of ["mailbox_held", "mailbox_message"] as const)
      await trx.deleteFrom(table).where("day", "<=", lastAnswerDay).execute();
    await trx.deleteFrom("outbox").where("day", "<=", addDays(today, -outboxRetentionDays)).execute();
    const lastDay = addDays(today, -reportRetentionDays);
    await trx.deleteFrom("report").where("received_day", "<=", lastDay).execute();
    await sql`delete from offer where not exists (select from report where id = offer.report_id)`.execute(trx);
    await deleteEndedCases(trx, today);
  });
}

/** The row of a case stays as long as its report is listed: nobody who stepped aside comes back, and none is taken anew. */
async function deleteEndedCases(trx: Kysely<Tables>, today: UnixDay): Promise<void> {
  const ended = sql`select door_hash from "case" where ends_day <= ${today}`;
  await sql`delete from case_event where door_hash in (${ended})`.execute(trx);
  await sql`delete from "case" where door_hash in (${ended})
    and not exists (select from report where report.door_hash = "case".door_hash)`.execute(trx);
}
