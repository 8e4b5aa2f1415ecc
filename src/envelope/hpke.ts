import { hkdf, hmac } from "#kem";
import { concat, utf8 } from "../base/bytes.ts";

// RFC 9180 §5.1: "HPKE", KEM 0x647a (X-Wing), KDF 0x0001 (HKDF-SHA256), AEAD 0x0003 (ChaCha20-Poly1305).
const suite = concat(utf8("HPKE"), Uint8Array.of(0x64, 0x7a, 0x00, 0x01, 0x00, 0x03));
const empty = new Uint8Array(0);
const keyBytes = 32;
const nonceBytes = 12;

/** What the file key is wrapped under in one stanza. */
export interface WrapKey {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
}

/**
 * KeySchedule of mode_base with age's info (RFC 9180 §5.1; c2sp.org/age, mlkem768x25519). `secret` is extracted and
 * `key` and `base_nonce` are expanded from it, which together is HKDF with the shared secret as its salt.
 */
export function wrapKeyOf(sharedSecret: Uint8Array): WrapKey {
  const { secretIkm, keyInfo, nonceInfo } = schedule();
  return {
    key: hkdf(secretIkm, sharedSecret, keyInfo, keyBytes),
    nonce: hkdf(secretIkm, sharedSecret, nonceInfo, nonceBytes),
  };
}

interface Schedule {
  readonly secretIkm: Uint8Array;
  readonly keyInfo: Uint8Array;
  readonly nonceInfo: Uint8Array;
}

// The same for every stanza, and made at the first: a Worker starts before it seals.
let made: Schedule | undefined;

function schedule(): Schedule {
  made ??= makeSchedule();
  return made;
}

function makeSchedule(): Schedule {
  const pskIdHash = hmac(empty, labeledIkm("psk_id_hash", empty));
  const infoHash = hmac(empty, labeledIkm("info_hash", utf8("age-encryption.org/mlkem768x25519")));
  const context = concat(Uint8Array.of(0), pskIdHash, infoHash);
  return {
    secretIkm: labeledIkm("secret", empty),
    keyInfo: labeledInfo("key", context, keyBytes),
    nonceInfo: labeledInfo("base_nonce", context, nonceBytes),
  };
}

// RFC 9180 §4, LabeledExtract.
function labeledIkm(label: string, ikm: Uint8Array): Uint8Array {
  return concat(utf8("HPKE-v1"), suite, utf8(label), ikm);
}

// RFC 9180 §4, LabeledExpand.
function labeledInfo(label: string, info: Uint8Array, length: number): Uint8Array {
  return concat(Uint8Array.of(length >> 8, length & 255), utf8("HPKE-v1"), suite, utf8(label), info);
}
