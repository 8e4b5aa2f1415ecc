import { sql, type Kysely } from "kysely";
import { addDays, msPerDay, type UnixDay } from "../base/clock.ts";
import type { Tables } from "./tables.ts";

/** Whatever became of its case (triage.md, table `report`). */
const reportRetentionDays = 180;

/**
 * Deletes what is due on `today`: reports received 180 days ago or earlier and their offers, seen marks whose last day
 * has passed, challenges and sessions that ran out before today. Idempotent; follow it with `tidy`.
 */
export async function deleteExpired(db: Kysely<Tables>, today: UnixDay): Promise<void> {
  const startOfDayMs = today * msPerDay;
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom("seen").where("expires_day", "<", today).execute();
    await trx.deleteFrom("challenge").where("expires_ms", "<=", startOfDayMs).execute();
    await trx.deleteFrom("session").where("expires_ms", "<=", startOfDayMs).execute();
    const lastDay = addDays(today, -reportRetentionDays);
    await trx.deleteFrom("report").where("received_day", "<=", lastDay).execute();
    await sql`delete from offer where not exists (select from report where id = offer.report_id)`.execute(trx);
  });
}
