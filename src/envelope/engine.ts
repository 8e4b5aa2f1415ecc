import type { Chance } from "../base/chance.ts";
import type { Recipient } from "./recipient-text.ts";

/** What X-Wing encapsulation yields (draft-connolly-cfrg-xwing-kem §5.4). */
export interface Encapsulated {
  /** ML-KEM-768 ciphertext (1 088 bytes), then the X25519 share (32 bytes). */
  readonly enc: Uint8Array;
  /** 32 bytes. */
  readonly sharedSecret: Uint8Array;
}

/**
 * The primitives below sealing and opening, chosen by the import condition `#kem`: `kem-node.ts` on node:crypto,
 * `kem-noble.ts` elsewhere. One suite runs over both. Nothing here is asynchronous.
 */
export interface Engine {
  /** X-Wing to a recipient whose string `parseRecipient` or `recipientOf` made. */
  encapsulate(recipient: Recipient, chance: Chance): Encapsulated;
  /** The 1 216 public bytes of a 32-byte X-Wing seed: ML-KEM-768 key, then X25519 key (draft §5.2). */
  publicBytesOf(seed: Uint8Array): Uint8Array;
  /** HKDF-SHA256 (RFC 5869), at most 32 bytes. */
  hkdf(ikm: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array;
  /** HMAC-SHA256 (RFC 2104), 32 bytes. */
  hmac(key: Uint8Array, message: Uint8Array): Uint8Array;
  /** ChaCha20-Poly1305 (RFC 8439 §2.8) without associated data: ciphertext, then 16 bytes of tag. */
  sealAead(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array;
  /** The plaintext, or null when the tag does not fit. */
  openAead(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array | null;
}
