import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPublicKey,
  diffieHellman,
  encapsulate as encapsulateMlKem,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from "node:crypto";
import { concat } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import type { Encapsulated } from "./engine.ts";
import { recipientBytes, type Recipient } from "./recipient-text.ts";
import { combine, privateKeysOf, publicKeyOf, rawPublic } from "./xwing-node.ts";
import { mlKemPublicBytes } from "./xwing.ts";

interface PublicKeys {
  readonly mlKem: KeyObject;
  readonly x25519: KeyObject;
  readonly x25519Public: Uint8Array;
}

// Decoding and importing a recipient costs twice what encapsulating to it does. What lies here tells whom this process sealed to:
// the public roster, and fresh keys, of which decoys make as many as exclusions do.
const keptRecipients = 128;
const kept = new Map<Recipient, PublicKeys>();

function publicKeysOf(recipient: Recipient): PublicKeys {
  const known = kept.get(recipient);
  if (known !== undefined) {
    // A Map remembers insertion order: going to the end makes the front the least recently used.
    kept.delete(recipient);
    kept.set(recipient, known);
    return known;
  }
  const keys = importKeys(recipientBytes(recipient));
  kept.set(recipient, keys);
  for (const oldest of kept.keys()) {
    if (kept.size <= keptRecipients) break;
    kept.delete(oldest);
  }
  return keys;
}

function importKeys(bytes: Uint8Array): PublicKeys {
  const x25519Public = bytes.slice(mlKemPublicBytes);
  return {
    mlKem: publicKeyOf("ml-kem-768", bytes.subarray(0, mlKemPublicBytes)),
    x25519: publicKeyOf("x25519", x25519Public),
    x25519Public,
  };
}

/**
 * X-Wing encapsulation (draft-connolly-cfrg-xwing-kem §5.4). node:crypto takes no randomness from outside for ML-KEM,
 * so both halves are drawn by OpenSSL and `Chance` is not asked.
 */
export function encapsulate(recipient: Recipient, _chance: Chance): Encapsulated {
  const keys = publicKeysOf(recipient);
  const mlKem = encapsulateMlKem(keys.mlKem);
  const ephemeral = generateKeyPairSync("x25519");
  const share = rawPublic(ephemeral.publicKey);
  const agreed = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: keys.x25519 });
  return {
    enc: concat(mlKem.ciphertext, share),
    sharedSecret: combine(mlKem.sharedKey, agreed, share, keys.x25519Public),
  };
}

/** See `Engine.publicBytesOf`. */
export function publicBytesOf(seed: Uint8Array): Uint8Array {
  const keys = privateKeysOf(seed);
  return concat(rawPublic(createPublicKey(keys.mlKem)), keys.x25519Public);
}

/** See `Engine.hkdf`. */
export function hkdf(ikm: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", ikm, salt, info, length));
}

/** See `Engine.hmac`. */
export function hmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  return new Uint8Array(createHmac("sha256", key).update(message).digest());
}

const tagBytes = 16;
const aead = "chacha20-poly1305";

/** See `Engine.sealAead`. */
export function sealAead(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const cipher = createCipheriv(aead, key, nonce, { authTagLength: tagBytes });
  // A stream cipher: `update` gives every byte, `final` none and computes the tag.
  const ciphertext = cipher.update(plaintext);
  cipher.final();
  return concat(ciphertext, cipher.getAuthTag());
}

/** See `Engine.openAead`. */
export function openAead(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  if (sealed.length < tagBytes) return null;
  const decipher = createDecipheriv(aead, key, nonce, { authTagLength: tagBytes });
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  const plaintext = decipher.update(sealed.subarray(0, sealed.length - tagBytes));
  try {
    decipher.final();
  } catch {
    // node:crypto throws when the tag does not fit, which is an expected outcome here.
    return null;
  }
  return new Uint8Array(plaintext);
}
