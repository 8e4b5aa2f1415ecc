import { hkdf, hmac } from "#kem";
import { base64nopad, concat, utf8 } from "../base/bytes.ts";

/** The textual parts of an age v1 file (c2sp.org/age, Header). */
export const versionLine = "age-encryption.org/v1\n";
export const stanzaType = "mlkem768x25519";
export const stanzaStart = `-> ${stanzaType} `;
export const macStart = "--- ";

/** A file key, random and used for one file. */
export const fileKeyBytes = 16;
/** The nonce between header and payload. */
export const fileNonceBytes = 16;
/** A wrapped file key: 16 bytes and a tag of 16. */
export const wrappedKeyBytes = 32;

const empty = new Uint8Array(0);

/** One recipient's stanza as text: type, encapsulated key, wrapped file key. */
export function stanzaText(enc: Uint8Array, wrappedKey: Uint8Array): string {
  return `${stanzaStart}${base64nopad(enc)}\n${base64nopad(wrappedKey)}\n`;
}

/** The whole header, its MAC included. */
export function headerOf(stanzas: readonly string[], fileKey: Uint8Array): Uint8Array {
  const covered = utf8(`${versionLine}${stanzas.join("")}---`);
  return concat(covered, utf8(` ${base64nopad(headerMac(fileKey, covered))}\n`));
}

/** HMAC over the header up to and including the three dashes (c2sp.org/age, Header MAC). */
export function headerMac(fileKey: Uint8Array, covered: Uint8Array): Uint8Array {
  return hmac(hkdf(fileKey, empty, utf8("header"), 32), covered);
}

/** The key of the payload (c2sp.org/age, Payload). */
export function payloadKey(fileKey: Uint8Array, fileNonce: Uint8Array): Uint8Array {
  return hkdf(fileKey, fileNonce, utf8("payload"), 32);
}
