import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { x25519 } from "@noble/curves/ed25519.js";
import { hkdf as nobleHkdf } from "@noble/hashes/hkdf.js";
import { hmac as nobleHmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { sha3_256, shake256 } from "@noble/hashes/sha3.js";
import { ml_kem768 } from "@noble/post-quantum/ml-kem.js";
import { concat } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import type { Encapsulated } from "./engine.ts";
import { recipientBytes, type Recipient } from "./recipient-text.ts";
import { combinerInput, expandedSeedBytes, mlKemPublicBytes, mlKemSeedBytes } from "./xwing.ts";

/** X-Wing encapsulation (draft-connolly-cfrg-xwing-kem §5.4); `chance` gives all 64 bytes of it. */
export function encapsulate(recipient: Recipient, chance: Chance): Encapsulated {
  const bytes = recipientBytes(recipient);
  const x25519Public = bytes.subarray(mlKemPublicBytes);
  const mlKem = ml_kem768.encapsulate(bytes.subarray(0, mlKemPublicBytes), chance.bytes(32));
  const ephemeral = chance.bytes(32);
  const share = x25519.getPublicKey(ephemeral);
  const agreed = x25519.getSharedSecret(ephemeral, x25519Public);
  ephemeral.fill(0);
  const sharedSecret = sha3_256(combinerInput(mlKem.sharedSecret, agreed, share, x25519Public));
  return { enc: concat(mlKem.cipherText, share), sharedSecret };
}

/** See `Engine.publicBytesOf`. */
export function publicBytesOf(seed: Uint8Array): Uint8Array {
  const expanded = shake256(seed, { dkLen: expandedSeedBytes });
  const mlKem = ml_kem768.keygen(expanded.subarray(0, mlKemSeedBytes));
  return concat(mlKem.publicKey, x25519.getPublicKey(expanded.subarray(mlKemSeedBytes)));
}

/** See `Engine.hkdf`. */
export function hkdf(ikm: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  return nobleHkdf(sha256, ikm, salt, info, length);
}

/** See `Engine.hmac`. */
export function hmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  return nobleHmac(sha256, key, message);
}

/** See `Engine.sealAead`. */
export function sealAead(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array {
  return chacha20poly1305(key, nonce).encrypt(plaintext);
}

/** See `Engine.openAead`. */
export function openAead(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  const cipher = chacha20poly1305(key, nonce);
  try {
    return cipher.decrypt(sealed);
  } catch {
    // noble throws when the tag does not fit, which is an expected outcome here.
    return null;
  }
}
