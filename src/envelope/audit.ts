import { base64url, concat, hex, utf8 } from "../base/bytes.ts";
import type { UnixHour } from "../base/clock.ts";
import { sha256 } from "./hash.ts";
import { sign, verify, type SigningKey } from "./sign.ts";

/**
 * What reviewers do that is audited. A case event is one whatever its kind: that somebody stepped aside would tell every
 * reader of the audit who has ties to what was reported in that hour.
 */
export const reviewerActions = ["signIn", "caseEvent"] as const;
type ReviewerAction = (typeof reviewerActions)[number];

/** What the core does by itself, and the last two at its operator's word. */
export const coreActions = ["rosterChanged", "sessionsEnded", "daySwept", "jobRetried", "jobDiscarded"] as const;
export type CoreAction = (typeof coreActions)[number];

/** Somebody's act, before it has a place in the audit. `object` is 32 bytes: see `auditObject`. */
export type AuditAct =
  | {
      /** The reviewer's id in the roster. */
      readonly actor: string;
      readonly action: ReviewerAction;
      readonly object: Uint8Array;
      /** By the reviewer, over `actMessage`. */
      readonly signature: Uint8Array;
    }
  | { readonly actor: null; readonly action: CoreAction; readonly object: Uint8Array; readonly signature: null };

/** One row of the audit (triage.md, Audit): each carries the hash of the one before. */
export type AuditRow = AuditAct & {
  /** 1, 2, …, without a gap. */
  readonly seq: number;
  /** Hash of the row before, 32 bytes; zeros in the first. */
  readonly previous: Uint8Array;
  readonly hour: UnixHour;
  /** See `rowHash`, 32 bytes. */
  readonly hash: Uint8Array;
};

/** How far an audit has come: its last row. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: Uint8Array;
}

/** The head of an audit without rows. */
export const emptyAudit: AuditHead = { seq: 0, hash: new Uint8Array(32) };

/**
 * SHA-256 over an object and its salt. The salt of a case event is `door`, of a sign-in its nonce: whoever opened the report
 * can tell its rows, whoever holds the tables cannot, and once the last sealed copy is gone nobody can.
 */
export function auditObject(object: Uint8Array, salt: Uint8Array): Uint8Array {
  return sha256(concat(object, salt));
}

/** What a reviewer puts a name to, and where. */
export interface SignedAct {
  readonly instance: string;
  readonly reviewer: string;
  readonly action: ReviewerAction;
  readonly object: Uint8Array;
}

/** The exact bytes under a reviewer's signature; the first line keeps it from being valid for anything else. */
function actMessage({ instance, reviewer, action, object }: SignedAct): Uint8Array {
  return utf8(`${["gundo/audit-act/v1", instance, reviewer, action, hex(object)].join("\n")}\n`);
}

/** A reviewer's signature for the audit, 64 bytes. */
export function signAct(key: SigningKey, act: SignedAct): Uint8Array {
  return sign(key, actMessage(act));
}

/** Whether the reviewer signed the act. */
export function isSignedAct(publicKey: Uint8Array, act: SignedAct, signature: Uint8Array): boolean {
  return verify(publicKey, actMessage(act), signature);
}

/** The row of an act that follows `head`. */
export function rowAfter(head: AuditHead, act: AuditAct, hour: UnixHour): AuditRow {
  const row = { ...act, seq: head.seq + 1, previous: head.hash, hour };
  return { ...row, hash: rowHash(row) };
}

/** The hash a row has to carry: SHA-256 over every other field, a line each. The instance is in signatures and checkpoints. */
export function rowHash(row: AuditAct & Omit<AuditRow, "hash">): Uint8Array {
  const { seq, previous, hour, actor, action, object, signature } = row;
  // No name is a dash, and no field holds a line break.
  const who = [actor ?? "-", action, hex(object), signature === null ? "-" : base64url(signature)];
  return sha256(utf8(`${["gundo/audit-row/v1", seq, hex(previous), hour, ...who].join("\n")}\n`));
}
