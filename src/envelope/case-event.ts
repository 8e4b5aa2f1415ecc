import type { CaseEventHash, DoorHash } from "../base/brand.ts";
import { base64url, concat, equal, readU32be, u32be, utf8 } from "../base/bytes.ts";
import { isoDay, type UnixDay } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { parseJsonBytes, strictBytes, strictInteger, strictRecord, strictText } from "../base/strict.ts";
import { caseKinds, type CaseAct, type CaseKind } from "./case-act.ts";
import { decodeData, encodeData } from "./case-data.ts";
import { sha256 } from "./hash.ts";
import { sign, verify, type SigningKey } from "./sign.ts";

/** What an event says of itself before it is signed. */
export interface CaseEventPlace {
  /** The author's id in the roster. */
  readonly author: string;
  /** Hash of the event before; `noEventBefore` in the first. */
  readonly previous: CaseEventHash;
  readonly day: UnixDay;
  /** 16 random bytes: two events of the same words are two. */
  readonly nonce: Uint8Array;
}

/** One event of a case (triage.md, The case). Its signature is not checked yet: `isSignedBy`. */
export interface CaseEvent extends CaseEventPlace {
  readonly act: CaseAct;
  /** SHA-256 of the data, 32 bytes. */
  readonly digest: Uint8Array;
  /** Ed25519, 64 bytes. */
  readonly signature: Uint8Array;
  readonly hash: CaseEventHash;
}

/** Which case of which instance an event is signed for; neither is said inside it. */
export interface CaseOf {
  readonly instance: string;
  readonly doorHash: DoorHash;
}

export const noEventBefore = new Uint8Array(32) as CaseEventHash;

/** Body of a frame of kind `caseEvent`. */
export type CaseEventBody = Uint8Array;

const lengthBytes = 4;
const idPattern = /^[a-z][a-z0-9-]{0,31}$/;
const lastDay = 1_000_000;

/**
 * u32 head length, head, data. The head is JSON and signed; it holds the data's SHA-256, so that a history can be
 * carried on without the events in it. Signed over the instance, SHA-256(door) and everything in the head.
 * @throws Fault `case.malformed` for an act that `decodeCaseEvent` would refuse.
 */
export function signCaseEvent(act: CaseAct, place: CaseEventPlace, of: CaseOf, key: SigningKey): CaseEventBody {
  const data = encodeData(act);
  const unsigned = { ...place, kind: act.kind, digest: sha256(data) };
  const head = headOf({ ...unsigned, signature: sign(key, messageOf(unsigned, of)) });
  const body = concat(u32be(head.length), head, data);
  decodeCaseEvent(body);
  return body;
}

/**
 * The event in a body. A second spelling, unknown fields, and data that the head does not name are refused.
 * @throws Fault `case.malformed`.
 */
export function decodeCaseEvent(body: CaseEventBody): CaseEvent {
  const event = readEvent(body);
  if (event === null) throw new Fault("case.malformed");
  return event;
}

/** Whether this key signed the event for this case of this instance. */
export function isSignedBy(publicKey: Uint8Array, event: CaseEvent, of: CaseOf): boolean {
  return verify(publicKey, messageOf({ ...event, kind: event.act.kind }, of), event.signature);
}

/** The same event, signed as before, without the former events it carries: a later history holds those itself. */
export function withoutHistory(body: CaseEventBody): CaseEventBody {
  return decodeCaseEvent(body).act.kind === "history" ? body.slice(0, lengthBytes + readU32be(body, 0)) : body;
}

interface Unsigned extends CaseEventPlace {
  readonly kind: CaseKind;
  readonly digest: Uint8Array;
}

/** The exact bytes under the signature; the first line keeps it from being valid for anything else. */
function messageOf({ author, previous, kind, day, nonce, digest }: Unsigned, of: CaseOf): Uint8Array {
  const bound = [of.instance, base64url(of.doorHash), author, base64url(previous), kind, isoDay(day)];
  const lines = ["gundo/case-event/v1", ...bound, base64url(nonce), base64url(digest)];
  return utf8(`${lines.join("\n")}\n`);
}

function headOf(event: Unsigned & { readonly signature: Uint8Array }): Uint8Array {
  const { author, previous, kind, day, nonce, digest, signature } = event;
  return utf8(
    JSON.stringify({
      v: 1,
      author,
      previous: base64url(previous),
      kind,
      day,
      nonce: base64url(nonce),
      digest: base64url(digest),
      signature: base64url(signature),
    }),
  );
}

function readEvent(body: CaseEventBody): CaseEvent | null {
  const end = body.length < lengthBytes ? Infinity : lengthBytes + readU32be(body, 0);
  if (end > body.length) return null;
  const head = body.subarray(lengthBytes, end);
  const data = body.subarray(end);
  const signed = readHead(head);
  const act = signed === null ? null : decodeData(signed.kind, data);
  if (signed === null || act === null) return null;
  const carriesData = data.length > 0;
  if (carriesData && !equal(sha256(data), signed.digest)) return null;
  const { kind: _kind, ...rest } = signed;
  return { ...rest, act, hash: sha256(head) as CaseEventHash };
}

function readHead(head: Uint8Array): (Unsigned & { readonly signature: Uint8Array }) | null {
  const names = ["v", "author", "previous", "kind", "day", "nonce", "digest", "signature"];
  const fields = strictRecord(parseJsonBytes(head), names);
  const author = strictText(fields?.["author"], idPattern);
  const previous = strictBytes(fields?.["previous"], 32) as CaseEventHash | null;
  const kind = caseKinds.find((known) => known === fields?.["kind"]);
  const day = strictInteger(fields?.["day"], 0, lastDay) as UnixDay | null;
  const nonce = strictBytes(fields?.["nonce"], 16);
  const digest = strictBytes(fields?.["digest"], 32);
  const signature = strictBytes(fields?.["signature"], 64);
  if (fields?.["v"] !== 1 || author === null || previous === null || kind === undefined || day === null) return null;
  if (nonce === null || digest === null || signature === null) return null;
  const read = { author, previous, kind, day, nonce, digest, signature };
  return equal(headOf(read), head) ? read : null;
}
