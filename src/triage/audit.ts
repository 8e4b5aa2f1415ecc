import { hourOf, type Clock } from "../base/clock.ts";
import { emptyAudit, rowAfter, type AuditAct, type AuditHead, type CoreAction } from "../envelope/audit.ts";
import { insertAudit, isAudited, lockAudit } from "../store/audit.ts";

/** The transaction of an act, whatever else it does. */
export type ActingTransaction = Parameters<typeof lockAudit>[0];

/**
 * Appends an act of the core's that happens once, unless it is there already, whatever number of processes try it; whether
 * it was appended. As `appendAudit`.
 */
export async function auditOnce(
  trx: ActingTransaction,
  action: CoreAction,
  object: Uint8Array,
  clock: Clock,
): Promise<boolean> {
  await lockAudit(trx);
  if (await isAudited(trx, action, object)) return false;
  await appendAudit(trx, { actor: null, action, object, signature: null }, clock);
  return true;
}

/**
 * Appends an act to the audit inside the transaction of the act itself: both are kept or neither. Call it last, since
 * every other act waits from here to the commit. For a reviewer's act the caller has checked the signature
 * (`isSignedAct`) and that it was not written before.
 *
 * @throws Fault `store.unavailable`: nothing of the transaction is kept.
 */
export async function appendAudit(trx: ActingTransaction, act: AuditAct, clock: Clock): Promise<AuditHead> {
  const head = (await lockAudit(trx)) ?? emptyAudit;
  const row = rowAfter(head, act, hourOf(clock.nowMs()));
  await insertAudit(trx, row);
  return { seq: row.seq, hash: row.hash };
}
