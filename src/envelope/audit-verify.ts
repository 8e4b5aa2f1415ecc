import { equal, hex } from "../base/bytes.ts";
import type { UnixHour } from "../base/clock.ts";
import {
  coreActions,
  emptyAudit,
  isSignedAct,
  reviewerActions,
  rowHash,
  type AuditAct,
  type AuditHead,
  type AuditRow,
} from "./audit.ts";

/** Why a row cannot be one of this audit. */
type AuditFlaw =
  /** Its number does not follow the row before: one is missing, was put in, or changed places. */
  | "seq"
  /** It does not carry the hash of the row before. */
  | "link"
  /** One of its fields was changed. */
  | "hash"
  /** No reviewer of any known roster has this name, or an act of the core's has one. */
  | "actor"
  /** The reviewer did not sign this. */
  | "signature"
  /** The same signed act a second time. */
  | "repeated"
  /** A checkpoint that somebody kept names another hash here: the history was rewritten. */
  | "checkpoint"
  /** A checkpoint that somebody kept knows of rows after the last one here, or after those a later one knows of. */
  | "truncated";

/** How far an audit had come in an hour. */
type DatedHead = AuditHead & { readonly hour: UnixHour };

/** What a walk along an audit needs. */
export interface AuditWitness {
  readonly instance: string;
  /** Ed25519 public keys that a reviewer has had, of every trusted roster. */
  readonly keysOf: (reviewer: string) => readonly Uint8Array[];
  /** Verified checkpoints, kept from whenever. */
  readonly checkpoints: readonly DatedHead[];
}

export type AuditVerdict =
  | { readonly ok: true; readonly head: AuditHead }
  /** `seq`: the first row that is wrong, counted from 1; for `truncated` the first that is missing. */
  | { readonly ok: false; readonly seq: number; readonly flaw: AuditFlaw };

/** Walks an audit from its first row and names the first bad one (triage.md, Audit). */
export function verifyAudit(rows: readonly AuditRow[], witness: AuditWitness): AuditVerdict {
  const kept = hashesBySeq(witness.checkpoints);
  const acts = new Set<string>();
  let before = emptyAudit;
  for (const row of rows) {
    const flaw = flawOf(row, before, witness, acts) ?? contradiction(row, kept);
    if (flaw !== null) return { ok: false, seq: before.seq + 1, flaw };
    before = row;
  }
  const cut = shrunkenTo(witness.checkpoints);
  if (cut !== null) return { ok: false, seq: cut + 1, flaw: "truncated" };
  const furthest = Math.max(0, ...kept.keys());
  if (furthest > before.seq) return { ok: false, seq: before.seq + 1, flaw: "truncated" };
  return { ok: true, head: { seq: before.seq, hash: before.hash } };
}

/** To where an audit shrank: a checkpoint of a later hour knows of fewer rows than an earlier one. Null for one that grew. */
function shrunkenTo(checkpoints: readonly DatedHead[]): number | null {
  const inOrder = checkpoints.toSorted((a, b) => a.hour - b.hour || a.seq - b.seq);
  const fewer = inOrder.find(({ seq }, index) => index > 0 && seq < inOrder[index - 1]!.seq);
  return fewer?.seq ?? null;
}

function hashesBySeq(checkpoints: readonly AuditHead[]): ReadonlyMap<number, readonly Uint8Array[]> {
  const hashes = new Map<number, Uint8Array[]>();
  for (const { seq, hash } of checkpoints) hashes.set(seq, [...(hashes.get(seq) ?? []), hash]);
  return hashes;
}

function flawOf(row: AuditRow, before: AuditHead, witness: AuditWitness, acts: Set<string>): AuditFlaw | null {
  if (row.seq !== before.seq + 1) return "seq";
  if (!equal(row.previous, before.hash)) return "link";
  if (!equal(row.hash, rowHash(row))) return "hash";
  return actFlaw(row, witness) ?? (isNew(row, acts) ? null : "repeated");
}

function actFlaw(act: AuditAct, { instance, keysOf }: AuditWitness): AuditFlaw | null {
  if (act.actor === null) return isOneOf(coreActions, act.action) && act.signature === null ? null : "actor";
  const { actor: reviewer, action, object } = act;
  // Rows come from others, whatever their type says: one without a signature is no row of a reviewer's.
  const signature: Uint8Array | null = act.signature;
  if (signature === null) return "signature";
  const keys = isOneOf(reviewerActions, action) ? keysOf(reviewer) : [];
  if (keys.length === 0) return "actor";
  const signed = keys.some((key) => isSignedAct(key, { instance, reviewer, action, object }, signature));
  return signed ? null : "signature";
}

function isOneOf(actions: readonly string[], action: string): boolean {
  return actions.includes(action);
}

/** A signature of a reviewer's could be shown twice; what the core says of itself needs no such guard. */
function isNew({ actor, action, object }: AuditAct, acts: Set<string>): boolean {
  if (actor === null) return true;
  const act = `${actor} ${action} ${hex(object)}`;
  const known = acts.has(act);
  acts.add(act);
  return !known;
}

function contradiction({ seq, hash }: AuditHead, kept: ReadonlyMap<number, readonly Uint8Array[]>): AuditFlaw | null {
  return (kept.get(seq) ?? []).some((other) => !equal(other, hash)) ? "checkpoint" : null;
}
