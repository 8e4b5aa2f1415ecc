import { ed25519 } from "@noble/curves/ed25519.js";
import type { Secret } from "../base/secret.ts";

/** A 32-byte Ed25519 seed (RFC 8032 §5.1.5); it prints as `[secret]`. */
export type SigningKey = Secret<Uint8Array>;

const publicKeyBytes = 32;
const signatureBytes = 64;
// RFC 8032 §5.1.7 and not ZIP 215. Noble everywhere, on Node too: engines differ on edge cases, and every party has
// to come to the same roster.
const strict = { zip215: false } as const;

/** An Ed25519 signature, 64 bytes (RFC 8032 §5.1.6). */
export function sign(key: SigningKey, message: Uint8Array): Uint8Array {
  return ed25519.sign(message, key.reveal());
}

/** The public key of a signing key, 32 bytes. */
export function publicKeyOf(key: SigningKey): Uint8Array {
  return ed25519.getPublicKey(key.reveal());
}

/** Whether `signature` is one of `message` under `publicKey`; false for whatever is malformed. */
export function verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== publicKeyBytes || signature.length !== signatureBytes) return false;
  return ed25519.verify(signature, message, publicKey, strict);
}

/** Whether the bytes are a canonical point that is not of small order: under such a point anything verifies. */
export function isPublicKey(bytes: Uint8Array): boolean {
  try {
    return !ed25519.Point.fromBytes(bytes, strict.zip215).isSmallOrder();
  } catch {
    // noble throws on what is no point of 32 bytes, which is an expected outcome here.
    return false;
  }
}
