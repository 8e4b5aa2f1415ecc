import { base64url, fromBase64url } from "../base/bytes.ts";
import type { UnixHour } from "../base/clock.ts";
import { strictInteger, strictRecord, strictText } from "../base/strict.ts";
import { coreActions, reviewerActions, type AuditRow } from "./audit.ts";

const fields = ["seq", "previous", "hour", "actor", "action", "object", "signature", "hash"];
const mostSeq = 2_147_483_647;

/** A row as one flat JSON object, bytes in base64url: how it is served and kept. */
export function auditRowJson(row: AuditRow): Readonly<Record<string, string | number | null>> {
  const { seq, previous, hour, actor, action, object, signature, hash } = row;
  return {
    seq,
    previous: base64url(previous),
    hour,
    actor,
    action,
    object: base64url(object),
    signature: signature === null ? null : base64url(signature),
    hash: base64url(hash),
  };
}

/** The row in a JSON value, or null when it is not of this form. That it is well formed says nothing of its truth. */
export function parseAuditRow(value: unknown): AuditRow | null {
  const record = strictRecord(value, fields);
  if (record === null) return null;
  const seq = strictInteger(record["seq"], 1, mostSeq);
  const hour = strictInteger(record["hour"], 0, mostSeq);
  const [previous, object, hash] = ["previous", "object", "hash"].map((name) => bytesIn(record[name], 32));
  const act = actIn(record);
  if (seq === null || hour === null || !previous || !object || !hash || act === null) return null;
  return { seq, previous, hour: hour as UnixHour, ...act, object, hash };
}

type Act = AuditRow extends infer Row
  ? Row extends AuditRow
    ? Pick<Row, "actor" | "action" | "signature">
    : never
  : never;

/** A reviewer's act is named and signed, the core's is neither. */
function actIn({ actor, action, signature }: Readonly<Record<string, unknown>>): Act | null {
  const reviewer = strictText(actor, /^[a-z][a-z0-9-]{0,31}$/);
  const signed = bytesIn(signature, 64);
  const byReviewer = reviewerActions.find((name) => name === action);
  if (reviewer !== null && signed !== null && byReviewer !== undefined)
    return { actor: reviewer, action: byReviewer, signature: signed };
  const byCore = coreActions.find((name) => name === action);
  return actor === null && signature === null && byCore !== undefined
    ? { actor: null, action: byCore, signature: null }
    : null;
}

function bytesIn(value: unknown, length: number): Uint8Array | null {
  const bytes = typeof value === "string" ? fromBase64url(value) : null;
  return bytes?.length === length ? bytes : null;
}
