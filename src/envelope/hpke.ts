import { hkdf, hmac } from "#kem";
import { concat, utf8 } from "../base/bytes.ts";

// KEM 0x647a is X-Wing; KDF 0x0001 HKDF-SHA256 and AEAD 0x0003 ChaCha20-Poly1305 stand in `suiteOf`.
const xWing = 0x647a;
const ageInfo = utf8("age-encryption.org/mlkem768x25519");
const empty = new Uint8Array(0);
const keyBytes = 32;
const nonceBytes = 12;

/** What the file key is wrapped under in one stanza. */
export interface WrapKey {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
}

/** All of a key schedule that does not hang on the shared secret. */
export interface Schedule {
  readonly secretIkm: Uint8Array;
  readonly keyInfo: Uint8Array;
  readonly nonceInfo: Uint8Array;
}

// The same for every stanza, and made at the first: a Worker starts before it seals.
let made: Schedule | undefined;

/** KeySchedule of mode_base with age's info (c2sp.org/age, mlkem768x25519). */
export function wrapKeyOf(sharedSecret: Uint8Array): WrapKey {
  made ??= scheduleOf(xWing, ageInfo);
  return wrapKeyUnder(made, sharedSecret);
}

/**
 * `secret` is extracted and `key` and `base_nonce` are expanded from it, which together is HKDF with the shared secret
 * as its salt (RFC 9180 §5.1).
 */
export function wrapKeyUnder({ secretIkm, keyInfo, nonceInfo }: Schedule, sharedSecret: Uint8Array): WrapKey {
  return {
    key: hkdf(secretIkm, sharedSecret, keyInfo, keyBytes),
    nonce: hkdf(secretIkm, sharedSecret, nonceInfo, nonceBytes),
  };
}

/** KeySchedule of mode_base up to the shared secret, for HKDF-SHA256 and ChaCha20-Poly1305 (RFC 9180 §5.1). */
export function scheduleOf(kemId: number, info: Uint8Array): Schedule {
  const suite = suiteOf(kemId);
  const pskIdHash = hmac(empty, labeledIkm(suite, "psk_id_hash", empty));
  const infoHash = hmac(empty, labeledIkm(suite, "info_hash", info));
  const context = concat(Uint8Array.of(0), pskIdHash, infoHash);
  return {
    secretIkm: labeledIkm(suite, "secret", empty),
    keyInfo: labeledInfo(suite, "key", context, keyBytes),
    nonceInfo: labeledInfo(suite, "base_nonce", context, nonceBytes),
  };
}

// RFC 9180 §5.1, suite_id.
function suiteOf(kemId: number): Uint8Array {
  return concat(utf8("HPKE"), Uint8Array.of(kemId >> 8, kemId & 255, 0x00, 0x01, 0x00, 0x03));
}

// RFC 9180 §4, LabeledExtract.
function labeledIkm(suite: Uint8Array, label: string, ikm: Uint8Array): Uint8Array {
  return concat(utf8("HPKE-v1"), suite, utf8(label), ikm);
}

// RFC 9180 §4, LabeledExpand.
function labeledInfo(suite: Uint8Array, label: string, info: Uint8Array, length: number): Uint8Array {
  return concat(Uint8Array.of(length >> 8, length & 255), utf8("HPKE-v1"), suite, utf8(label), info);
}
