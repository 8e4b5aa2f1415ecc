import { fromHex } from "../base/bytes.ts";
import { fromIsoInstant, type UnixMs } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { parseJson, strictText } from "../base/strict.ts";
import { sha256 } from "../envelope/hash.ts";
import { readNote } from "../envelope/note-text.ts";
import { verifyNote, type NoteVerifier } from "../envelope/note.ts";

export const planKind = "gundo/release-plan/v1";
export const commitKind = "gundo/release-commit/v1";
export const claimKind = "gundo/release-claim/v1";
export const seenKind = "gundo/release-seen/v1";
export const releaseKind = "gundo/release/v1";
export const erratumKind = "gundo/release-erratum/v1";

/** Reviewers' ids in a roster are of this form: at most 32 signs. */
export const officerPattern = /^[a-z][a-z0-9-]{0,31}$/;

/** A second draw needs the board; a third would be no accident. */
export const mostAttempts = 2;

/** The three lines that officers sign: kind, instance, and one line of JSON whose fields have one order. */
export function noteTextOf(kind: string, instance: string, json: object): string {
  return `${kind}\n${instance}\n${JSON.stringify(json)}\n`;
}

/** What a verified note says, and the hash by which others name it. */
export interface Noted<T> {
  readonly said: T;
  /** SHA-256 of the whole note, signatures too, 32 bytes. */
  readonly hash: Uint8Array;
}

export function noted<T>(note: Uint8Array, said: T): Noted<T> {
  return { said, hash: sha256(note) };
}

/** What a note says and the distinct names that signed it, each with one line. */
export interface SignedValue {
  readonly text: string;
  readonly value: unknown;
  readonly signers: readonly string[];
}

/**
 * The JSON of a note of this kind. Every signature on it is of a known name: a line that proves nothing could be changed
 * unseen, and with it the hash by which other notes name this one.
 *
 * @throws Fault `note.malformed`, `note.signature`; `release.signers` for a line of somebody unknown; `release.malformed`;
 * `release.instance`.
 */
export function readSigned(
  note: Uint8Array,
  kind: string,
  instance: string,
  verifiers: readonly NoteVerifier[],
): SignedValue {
  const { text, signers } = verifyNote(note, verifiers);
  if (signers.length !== readNote(note).lines.length) throw new Fault("release.signers");
  return { text, value: valueIn(text, kind, instance), signers };
}

/** The JSON in a text of this kind and instance. Throws `release.malformed`, `release.instance`. */
export function valueIn(text: string, kind: string, instance: string): unknown {
  // Every note's text ends with a newline, so the last of these is empty.
  const [first, second, json, ...rest] = text.split("\n");
  if (first !== kind || rest.length !== 1) throw new Fault("release.malformed");
  if (second !== instance) throw new Fault("release.instance");
  return parseJson(json!);
}

/** The value that was parsed, if `written` spells it as the note does. Throws `release.malformed`. */
export function canonical<T>(parsed: T | null, text: string, written: (value: T) => string): T {
  if (parsed === null || written(parsed) !== text) throw new Fault("release.malformed");
  return parsed;
}

/** A SHA-256 in lowercase hex, or null. */
export function strictHash(value: unknown): Uint8Array | null {
  const text = strictText(value, /^[0-9a-f]{64}$/);
  return text === null ? null : fromHex(text);
}

/** The instant of an RFC 3339 text in UTC to the second, or null. */
export function strictInstant(value: unknown): UnixMs | null {
  return typeof value === "string" ? fromIsoInstant(value) : null;
}

/** Name of a note of the first attempt, `claim`, or of a second one, `claim-2`. */
export function attemptName(name: string, attempt: number): string {
  return attempt === 1 ? name : `${name}-${attempt}`;
}
