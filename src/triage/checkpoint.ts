import { equal } from "../base/bytes.ts";
import { hourOf, type Clock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { emptyAudit } from "../envelope/audit.ts";
import { signCheckpoint } from "../envelope/audit-checkpoint.ts";
import { verifierOf, type SigningKey } from "../envelope/note-sign.ts";
import type { Roster } from "../roster/roster.ts";
import { lastAudit } from "../store/audit.ts";
import { readCheckpoint, writeCheckpoint } from "../store/checkpoint.ts";
import type { Store } from "../store/open.ts";

/** When the audit's head is signed: once an hour; a demo does not keep people waiting. */
export type CheckpointRule = "hourly" | "atOnce";

export interface Checkpoints {
  readonly store: Store;
  readonly roster: () => Roster;
  /** The core's own; the roster names its public half. */
  readonly key: SigningKey;
  readonly rule: CheckpointRule;
  readonly clock: Clock;
}

/**
 * To be called every minute, or every second in a demo: signs how far the audit has come, once an hour or at once.
 *
 * The function rejects with `roster.checkpoint` when the roster names another key: nobody could verify the note.
 */
export function checkpointTicks({ store, roster, key, rule, clock }: Checkpoints): () => Promise<void> {
  const publicKey = verifierOf(key);
  return async () => {
    const head = (await lastAudit(store.db)) ?? emptyAudit;
    const hour = hourOf(clock.nowMs());
    const newest = await readCheckpoint(store.db);
    if (newest !== null && newest.hour >= hour && (rule === "hourly" || newest.seq === head.seq)) return;
    const { instance, checkpoint } = roster();
    if (!equal(checkpoint.publicKey, publicKey)) throw new Fault("roster.checkpoint");
    const note = signCheckpoint({ instance, ...head, hour }, checkpoint.name, key);
    await writeCheckpoint(store.db, { seq: head.seq, hour, note });
  };
}
