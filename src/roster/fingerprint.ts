import { sha256 } from "../envelope/hash.ts";
import { concat, hex, utf8 } from "../base/bytes.ts";
import { recipientBytes, type Recipient } from "../envelope/recipient.ts";

/**
 * Six groups of four digits (79 bits) that two people can compare over the telephone or by radio:
 * SHA-256(domain, 0x00, bytes), its first 128 bits modulo 10^24.
 */
export function fingerprint(
  domain: "gundo/key/v1" | "gundo/roster/v1" | "gundo/anchors/v1",
  bytes: Uint8Array,
): string {
  const digest = sha256(concat(utf8(domain), Uint8Array.of(0), bytes));
  const digits = (BigInt(`0x${hex(digest.subarray(0, 16))}`) % 10n ** 24n).toString().padStart(24, "0");
  return digits.match(/\d{4}/g)!.join(" ");
}

/** The fingerprint of a person's two public keys. */
export function keyFingerprint(recipient: Recipient, verifierPublicKey: Uint8Array): string {
  return fingerprint("gundo/key/v1", concat(recipientBytes(recipient), verifierPublicKey));
}
