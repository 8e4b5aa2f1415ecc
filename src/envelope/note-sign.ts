import { equal, utf8 } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import { isKeyName, isNoteText, keyIdOf, readNote, writeNote, type SignatureLine } from "./note-text.ts";
import { publicKeyOf, sign, type SigningKey } from "./sign.ts";

export type { SigningKey } from "./sign.ts";

/** The 32-byte public key of a signing key. */
export function verifierOf(key: SigningKey): Uint8Array {
  return publicKeyOf(key);
}

/**
 * A note with one signature (c2sp.org/signed-note). `text` ends with a newline; its first line names its kind.
 * @throws Fault `note.malformed` when text or name cannot stand in a note.
 */
export function signNote(text: string, name: string, key: SigningKey): Uint8Array {
  if (!isNoteText(text) || !isKeyName(name)) throw new Fault("note.malformed");
  return writeNote(text, [lineOf(text, name, key)]);
}

/**
 * The note with one signature more; an earlier line of the same name and key is replaced.
 * @throws Fault `note.malformed`.
 */
export function addSignature(note: Uint8Array, name: string, key: SigningKey): Uint8Array {
  const { text, lines } = readNote(note);
  if (!isKeyName(name)) throw new Fault("note.malformed");
  const added = lineOf(text, name, key);
  const others = lines.filter((line) => line.name !== name || !equal(line.keyId, added.keyId));
  return writeNote(text, [...others, added]);
}

/**
 * One text with the signature lines of both notes, each once.
 * @throws Fault `note.malformed` when a note is, or when the texts differ.
 */
export function mergeNotes(a: Uint8Array, b: Uint8Array): Uint8Array {
  const first = readNote(a);
  const second = readNote(b);
  if (first.text !== second.text) throw new Fault("note.malformed");
  const added = second.lines.filter((line) => !first.lines.some((other) => isSameLine(line, other)));
  return writeNote(first.text, [...first.lines, ...added]);
}

function lineOf(text: string, name: string, key: SigningKey): SignatureLine {
  return { name, keyId: keyIdOf(name, publicKeyOf(key)), signature: sign(key, utf8(text)) };
}

function isSameLine(a: SignatureLine, b: SignatureLine): boolean {
  return a.name === b.name && equal(a.keyId, b.keyId) && equal(a.signature, b.signature);
}
