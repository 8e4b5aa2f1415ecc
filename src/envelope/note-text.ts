import { base64, concat, fromBase64, fromUtf8, isWellFormed, utf8 } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import { sha256 } from "./hash.ts";

/** One signature line of a note. */
export interface SignatureLine {
  readonly name: string;
  /** 4 bytes. */
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

/** A note taken apart, nothing in it verified. */
export interface UnverifiedNote {
  /** What is signed; it ends with a newline. */
  readonly text: string;
  readonly lines: readonly SignatureLine[];
}

/** Signature type of Ed25519 (c2sp.org/signed-note, Signature types). */
export const ed25519Type = 1;
const keyIdBytes = 4;
const dash = "\u2014 ";
const mostLines = 100;

/**
 * Text and signature lines (c2sp.org/signed-note, Format).
 * @throws Fault `note.malformed`, also past 100 signature lines.
 */
export function readNote(note: Uint8Array): UnverifiedNote {
  const whole = fromUtf8(note) ?? "";
  // The last empty line: the text may hold others.
  const split = whole.lastIndexOf("\n\n");
  const text = whole.slice(0, split + 1);
  const signatures = whole.slice(split + 2);
  if (split < 0 || !isNoteText(text) || !signatures.endsWith("\n")) throw new Fault("note.malformed");
  const lines = signatures.slice(0, -1).split("\n").map(readLine);
  if (lines.length > mostLines) throw new Fault("note.malformed");
  return { text, lines };
}

function readLine(line: string): SignatureLine {
  const [name = "", encoded = "", ...more] = line.slice(dash.length).split(" ");
  const bytes = fromBase64(encoded);
  const good = line.startsWith(dash) && isKeyName(name) && more.length === 0;
  if (!good || bytes === null || bytes.length <= keyIdBytes) throw new Fault("note.malformed");
  return { name, keyId: bytes.subarray(0, keyIdBytes), signature: bytes.subarray(keyIdBytes) };
}

/** The note with these lines, in this order. */
export function writeNote(text: string, lines: readonly SignatureLine[]): Uint8Array {
  const written = lines.map((line) => `${dash}${line.name} ${base64(concat(line.keyId, line.signature))}\n`);
  return utf8(`${text}\n${written.join("")}`);
}

/** Whether the text can be signed: it ends with a newline, without other control characters or lone surrogates. */
export function isNoteText(text: string): boolean {
  return text.endsWith("\n") && isWellFormed(text) && !hasControl(text.replaceAll("\n", ""));
}

// JavaScript's \s and U+0085, which Unicode counts as a space too.
const spaceOrPlus = /[\s\u0085+]/u;

/** Whether this may name a key: not empty, no Unicode space, no plus, no control character. */
export function isKeyName(name: string): boolean {
  return name !== "" && isWellFormed(name) && !spaceOrPlus.test(name) && !hasControl(name);
}

const firstPrintable = 0x20;

// ASCII control characters only, as the format says (U+007F is not one below U+0020).
function hasControl(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) < firstPrintable) return true;
  return false;
}

/** The first four bytes of SHA-256 over name, newline, type and key (c2sp.org/signed-note, Signatures). */
export function keyIdOf(name: string, publicKey: Uint8Array): Uint8Array {
  return sha256(concat(utf8(`${name}\n`), Uint8Array.of(ed25519Type), publicKey)).slice(0, keyIdBytes);
}
