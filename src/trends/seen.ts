import { hex } from "../base/bytes.ts";
import { hourOf, isoInstant, msPerHour, type UnixHour, type UnixMs } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { strictRecord } from "../base/strict.ts";
import { readNote } from "../envelope/note-text.ts";
import type { NoteVerifier } from "../envelope/note.ts";
import {
  canonical,
  claimKind,
  commitKind,
  noteTextOf,
  planKind,
  readSigned,
  seenKind,
  strictHash,
  strictInstant,
  valueIn,
} from "./note.ts";

/** That the core took a note in this hour, first of all: so its date is not only the officers' word. */
export interface Seen {
  readonly instance: string;
  readonly kind: SeenKind;
  /** SHA-256 of the note, 32 bytes. */
  readonly note: Uint8Array;
  readonly hour: UnixHour;
  /**
   * Hash of the audit's last row then, 32 bytes; zeros before the first (triage.md, Audit). A history that is rewritten later
   * contradicts what is published. Without the row's number, which would count what reviewers do.
   */
  readonly audit: Uint8Array;
}

/** The kinds whose date matters. */
type SeenKind = typeof planKind | typeof commitKind | typeof claimKind;
const kinds: readonly SeenKind[] = [planKind, commitKind, claimKind];

/** The text that the core signs with its checkpoint key. */
export function seenText({ instance, kind, note, hour, audit }: Seen): string {
  return noteTextOf(seenKind, instance, { kind, note: hex(note), hour: isoInstant(startMs(hour)), audit: hex(audit) });
}

/**
 * What the core signed with the key that a roster named in that hour.
 *
 * @throws Fault as `readSigned`; `release.signers` when it did not sign.
 */
export function verifySeen(
  note: Uint8Array,
  instance: string,
  checkpoints: (hour: UnixHour) => readonly NoteVerifier[],
): Seen {
  // Which key is asked for hangs on the hour it speaks of; nothing else of the text is used before it is verified.
  const unverified = seenOf(valueIn(readNote(note).text, seenKind, instance), instance);
  if (unverified === null) throw new Fault("release.malformed");
  const { text, signers } = readSigned(note, seenKind, instance, checkpoints(unverified.hour));
  if (signers.length !== 1) throw new Fault("release.signers");
  return canonical(unverified, text, seenText);
}

function seenOf(value: unknown, instance: string): Seen | null {
  const record = strictRecord(value, ["kind", "note", "hour", "audit"]);
  const kind = kinds.find((one) => one === record?.["kind"]);
  const note = strictHash(record?.["note"]);
  const atMs = strictInstant(record?.["hour"]);
  const audit = strictHash(record?.["audit"]);
  if (kind === undefined || note === null || atMs === null || audit === null) return null;
  return { instance, kind, note, hour: hourOf(atMs), audit };
}

function startMs(hour: UnixHour): UnixMs {
  return (hour * msPerHour) as UnixMs;
}
