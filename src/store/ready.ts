import { sql, type Kysely } from "kysely";
import { codeOf } from "../base/fault.ts";
import type { Tables } from "./tables.ts";

/**
 * Whether a row can be written and made durable now: a real commit, since a full or read-only disk shows nowhere
 * else. False when the store is away, full, read-only, or slower than five seconds.
 *
 * @throws Fault `bug` for anything else.
 */
export async function storeReady(db: Kysely<Tables>): Promise<boolean> {
  try {
    await db.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = '5s'`.execute(trx);
      await sql`update readiness set flip = not flip where id = 1`.execute(trx);
    });
    return true;
  } catch (error) {
    if (codeOf(error) === "store.unavailable") return false;
    throw error;
  }
}
