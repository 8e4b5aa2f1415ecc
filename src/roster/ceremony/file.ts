import { fromUtf8 } from "../../base/bytes.ts";
import { Fault } from "../../base/fault.ts";
import { readNote, writeNote, type SignatureLine } from "../../envelope/note-text.ts";
import type { TrustedBoard } from "../verify.ts";

/** What lies in a file of the ceremony: a draft nobody signed yet, or a note. Nothing of it is verified. */
export interface CeremonyText {
  readonly text: string;
  readonly isNote: boolean;
}

/** Throws `note.malformed`. */
export function textOf(file: Uint8Array): CeremonyText {
  const whole = fromUtf8(file);
  if (whole === null) throw new Fault("note.malformed");
  return whole.includes("\n\n") ? { text: readNote(file).text, isNote: true } : { text: whole, isNote: false };
}

/**
 * The signatures of several notes over one text, each signer's once, in one order whoever merges: a roster's successor
 * names the hash of the whole note, so two merges of the same signatures must be the same bytes.
 *
 * Throws `note.malformed`; `note.mixed` when the texts differ.
 */
export function mergeSigned(notes: readonly Uint8Array[]): Uint8Array {
  const read = notes.map(readNote);
  const [first] = read;
  if (first === undefined) throw new Fault("note.malformed");
  if (read.some(({ text }) => text !== first.text)) throw new Fault("note.mixed");
  const lines = new Map(read.flatMap((note) => note.lines).map((line) => [spelled(line), line]));
  const sorted = [...lines].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return writeNote(
    first.text,
    sorted.map(([, line]) => line),
  );
}

function spelled({ name, keyId, signature }: SignatureLine): string {
  return [name, ...keyId, ...signature].join(" ");
}

/** The ids of the board members whose line stands on a note, for a progress report: `verify` is what counts. */
export function namesOn(board: TrustedBoard, note: Uint8Array): readonly string[] {
  const names = new Set(readNote(note).lines.map(({ name }) => name));
  return board.board.map(({ verifier }) => verifier.name).filter((name) => names.has(name));
}
