import { equal, utf8 } from "../base/bytes.ts";
import { dayOf, type Clock } from "../base/clock.ts";
import { auditObject } from "../envelope/audit.ts";
import { findServing, type Roster } from "../roster/roster.ts";
import type { Store } from "../store/open.ts";
import { deleteSessionsOf, listSignedIn, type SignedIn } from "../store/session.ts";
import { appendAudit, auditOnce, type ActingTransaction } from "./audit.ts";

export interface RosterWatch {
  readonly store: Store;
  /** The roster in force. */
  readonly roster: () => Roster;
  readonly clock: Clock;
}

const nothing = new Uint8Array(0);

/**
 * To be called every second: once for each roster that comes into force it is audited, and the sessions of whoever it
 * no longer lets in end. They open nothing from the moment the roster is in force, whether or not this has run.
 */
export function rosterWatch(watch: RosterWatch): () => Promise<void> {
  let done: Uint8Array = nothing;
  return async () => {
    const roster = watch.roster();
    if (equal(roster.noteHash, done)) return;
    await watch.store.db.transaction().execute((trx) => applyRoster(trx, roster, watch.clock));
    done = roster.noteHash;
  };
}

/** Idempotent, whatever number of cores do it at once: the audit is locked first. */
async function applyRoster(trx: ActingTransaction, roster: Roster, clock: Clock): Promise<void> {
  await auditOnce(trx, "rosterChanged", auditObject(roster.noteHash, nothing), clock);
  for (const signedIn of await listSignedIn(trx)) {
    if (serves(roster, signedIn, clock) || (await deleteSessionsOf(trx, signedIn)) === 0) continue;
    const ended = auditObject(utf8(signedIn.reviewer), roster.noteHash);
    await appendAudit(trx, { actor: null, action: "sessionsEnded", object: ended, signature: null }, clock);
  }
}

function serves(roster: Roster, { reviewer, verifier }: SignedIn, clock: Clock): boolean {
  const serving = findServing(roster, reviewer, dayOf(clock.nowMs()));
  return serving !== null && equal(serving.verifier.publicKey, verifier);
}
