import { sql, type Kysely, type Selectable, type Transaction } from "kysely";
import type { UnixHour } from "../base/clock.ts";
import type { AuditHead, AuditRow } from "../envelope/audit.ts";
import { plainBytes } from "./bytes.ts";
import type { Tables } from "./tables.ts";

// Any fixed number serves; it only must not be another room's.
const auditLock = 0x61_75_64;

/**
 * The last row's number and hash, or null, and nobody else appends until this transaction ends. Ask last in it: what
 * comes after keeps everybody else waiting.
 */
export async function lockAudit(trx: Transaction<Tables>): Promise<AuditHead | null> {
  await sql`select pg_advisory_xact_lock(${auditLock})`.execute(trx);
  return lastAudit(trx);
}

/** The last row's number and hash, or null when there is none. */
export async function lastAudit(db: Kysely<Tables>): Promise<AuditHead | null> {
  const [last] = await db.selectFrom("audit").select(["seq", "hash"]).orderBy("seq", "desc").limit(1).execute();
  return last === undefined ? null : { seq: last.seq, hash: plainBytes(last.hash) };
}

/** Appends a row; the caller has locked the audit in the same transaction. */
export async function insertAudit(trx: Transaction<Tables>, row: AuditRow): Promise<void> {
  const { seq, previous, hour, actor, action, object, signature, hash } = row;
  await trx.insertInto("audit").values({ seq, previous, hour, actor, action, object, signature, hash }).execute();
}

/** Rows after a number, in order. */
export async function listAudit(db: Kysely<Tables>, after: number, limit: number): Promise<readonly AuditRow[]> {
  const query = db.selectFrom("audit").selectAll().where("seq", ">", after);
  return (await query.orderBy("seq").limit(limit).execute()).map(rowOf);
}

/** Whether this object was audited under this action before; for acts of the core that happen once. */
export async function isAudited(db: Kysely<Tables>, action: AuditRow["action"], object: Uint8Array): Promise<boolean> {
  const query = db.selectFrom("audit").select("seq").where("action", "=", action).where("object", "=", object);
  return (await query.limit(1).execute()).length > 0;
}

/** What is read is what was written: whether it is right is for whoever verifies it to say. */
function rowOf(row: Selectable<Tables["audit"]>): AuditRow {
  return {
    seq: row.seq,
    previous: plainBytes(row.previous),
    hour: row.hour as UnixHour,
    actor: row.actor,
    action: row.action,
    object: plainBytes(row.object),
    signature: row.signature === null ? null : plainBytes(row.signature),
    hash: plainBytes(row.hash),
  } as AuditRow;
}
