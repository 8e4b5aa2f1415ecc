import { fromHex, hex } from "../base/bytes.ts";
import type { UnixHour } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import type { AuditHead } from "./audit.ts";
import { signNote } from "./note-sign.ts";
import { verifyNote, type NoteVerifier } from "./note.ts";
import type { SigningKey } from "./sign.ts";

const checkpointKind = "gundo/audit/v1";

/** How far an audit had come in an hour, as the core signs it: who keeps one can tell a history that was rewritten. */
export interface Checkpoint extends AuditHead {
  readonly instance: string;
  readonly hour: UnixHour;
}

/** The signed note of a checkpoint: kind, instance, seq, hash and hour, a line each. */
export function signCheckpoint({ instance, seq, hash, hour }: Checkpoint, name: string, key: SigningKey): Uint8Array {
  return signNote(`${[checkpointKind, instance, seq, hex(hash), hour].join("\n")}\n`, name, key);
}

/**
 * The checkpoint in a note that one of the verifiers signed.
 * @throws Fault `note.signature` when none did, or for another instance; `note.malformed`.
 */
export function verifyCheckpoint(note: Uint8Array, instance: string, verifiers: readonly NoteVerifier[]): Checkpoint {
  const { text, signers } = verifyNote(note, verifiers);
  if (signers.length === 0) throw new Fault("note.signature");
  const checkpoint = parseText(text);
  if (checkpoint.instance !== instance) throw new Fault("note.signature");
  return checkpoint;
}

function parseText(text: string): Checkpoint {
  const [kind, instance = "", seq = "", hashText = "", hour = "", ...rest] = text.split("\n");
  const hash = fromHex(hashText);
  const numbers = [seq, hour].every((number) => /^(0|[1-9]\d{0,14})$/.test(number));
  // The text ends with a newline: one empty piece is left.
  if (kind !== checkpointKind || rest.join() !== "" || rest.length !== 1 || hash?.length !== 32 || !numbers)
    throw new Fault("note.malformed");
  return { instance, seq: Number(seq), hash, hour: Number(hour) as UnixHour };
}
