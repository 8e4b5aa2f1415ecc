import { bech32 } from "@scure/base";
import type { Brand } from "../base/brand.ts";
import { isSmallOrder } from "./point.ts";
import { mlKemPublicBytes, recipientLength } from "./xwing.ts";

/** A hybrid age recipient, `age1pq1…` in lowercase, 1 216 bytes: the only spelling, so equal keys are equal strings. */
export type Recipient = Brand<string, "Recipient">;

const prefix = "age1pq";

/** The recipient, or null when the text is not one that can be sealed to (c2sp.org/age, mlkem768x25519). */
export function parseRecipient(text: string): Recipient | null {
  const bytes = decodeBech32(text, prefix);
  return bytes === null || text !== text.toLowerCase() ? null : recipientOfBytes(bytes);
}

/** The recipient with these 1 216 bytes, or null when they are not an X-Wing public key. */
export function recipientOfBytes(bytes: Uint8Array): Recipient | null {
  if (bytes.length !== recipientLength || !isReduced(bytes)) return null;
  if (isSmallOrder(bytes.subarray(mlKemPublicBytes))) return null;
  return encodeBech32(prefix, bytes) as Recipient;
}

/** The 1 216 public bytes: ML-KEM-768 key, then X25519 key. */
export function recipientBytes(recipient: Recipient): Uint8Array {
  return bech32.fromWords(bech32.decode(recipient as string as `${string}1${string}`, false).words);
}

/** The bytes of a bech32 text (BIP 173) with this prefix and without a limit of length, or null. */
export function decodeBech32(text: string, expectedPrefix: string): Uint8Array | null {
  const decoded = bech32.decodeUnsafe(text, false);
  if (decoded === undefined || decoded.prefix !== expectedPrefix) return null;
  return bech32.fromWordsUnsafe(decoded.words) ?? null;
}

/** Lowercase bech32 without a limit of length. */
export function encodeBech32(textPrefix: string, bytes: Uint8Array): string {
  return bech32.encode(textPrefix, bech32.toWords(bytes), false);
}

const mlKemModulus = 3329;
const mlKemCoefficientBytes = 1152;

// FIPS 203 §7.2: two 12-bit coefficients in every three bytes, all under the modulus. Checked when a key is read, so
// that a roster cannot hold a reader to whom every seal throws.
function isReduced(bytes: Uint8Array): boolean {
  for (let at = 0; at < mlKemCoefficientBytes; at += 3) {
    const middle = bytes[at + 1]!;
    const even = bytes[at]! | ((middle & 15) << 8);
    const odd = (middle >> 4) | (bytes[at + 2]! << 4);
    if (even >= mlKemModulus || odd >= mlKemModulus) return false;
  }
  return true;
}
