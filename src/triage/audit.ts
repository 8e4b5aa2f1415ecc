import { hourOf, type Clock } from "../base/clock.ts";
import { emptyAudit, rowAfter, type AuditAct, type AuditHead } from "../envelope/audit.ts";
import { insertAudit, lockAudit } from "../store/audit.ts";

/** The transaction of an act, whatever else it does. */
export type ActingTransaction = Parameters<typeof lockAudit>[0];

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
