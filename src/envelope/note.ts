import { base64, concat, equal, fromBase64, hex, utf8 } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import { ed25519Type, isKeyName, keyIdOf, readNote, type SignatureLine } from "./note-text.ts";
import { isPublicKey, verify } from "./sign.ts";

/** A key that is known to this instance, from anchors or a roster. */
export interface NoteVerifier {
  readonly name: string;
  /** 4 bytes. */
  readonly keyId: Uint8Array;
  /** 32 bytes, Ed25519. */
  readonly publicKey: Uint8Array;
}

/** What the known keys signed, and which of them. */
export interface VerifiedNote {
  readonly text: string;
  readonly signers: readonly string[];
}

/** The verifier in `name+hex8+base64(0x01 || key)`, or null; points of small order and second spellings are refused. */
export function parseVerifierKey(text: string): NoteVerifier | null {
  // The base64 may hold a plus, a name and an id may not.
  const [name = "", id = "", ...encoded] = text.split("+");
  const typed = fromBase64(encoded.join("+"));
  if (!isKeyName(name) || typed === null || typed[0] !== ed25519Type) return null;
  const publicKey = typed.slice(1);
  if (!isPublicKey(publicKey)) return null;
  const keyId = keyIdOf(name, publicKey);
  return hex(keyId) === id ? { name, keyId, publicKey } : null;
}

/** `name+hex8+base64(0x01 || key)` (c2sp.org/signed-note, as Go's sumdb/note writes it). */
export function formatVerifierKey(name: string, publicKey: Uint8Array): string {
  const typed = concat(Uint8Array.of(ed25519Type), publicKey);
  return `${name}+${hex(keyIdOf(name, publicKey))}+${base64(typed)}`;
}

/**
 * The text over whose exact bytes known keys signed, and their distinct names in the order of `verifiers`. Unknown
 * signers are ignored, and nobody at all may have signed: the caller asks for k of them before it parses the text.
 * @throws Fault `note.malformed`; `note.signature` when a line of a known name and id does not verify.
 */
export function verifyNote(note: Uint8Array, verifiers: readonly NoteVerifier[]): VerifiedNote {
  const { text, lines } = readNote(note);
  const message = utf8(text);
  const signed = new Set<NoteVerifier>();
  for (const line of lines) {
    const known = verifiers.filter((verifier) => isLineOf(verifier, line));
    const verified = known.filter((verifier) => verify(verifier.publicKey, message, line.signature));
    if (known.length > 0 && verified.length === 0) throw new Fault("note.signature");
    for (const verifier of verified) signed.add(verifier);
  }
  const names = verifiers.filter((verifier) => signed.has(verifier)).map((verifier) => verifier.name);
  return { text, signers: [...new Set(names)] };
}

function isLineOf(verifier: NoteVerifier, line: SignatureLine): boolean {
  return verifier.name === line.name && equal(verifier.keyId, line.keyId);
}
