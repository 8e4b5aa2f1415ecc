import { x25519 } from "@noble/curves/ed25519.js";
import { sha3_256, shake256 } from "@noble/hashes/sha3.js";
import { ml_kem768 } from "@noble/post-quantum/ml-kem.js";
import type { Decapsulator } from "./open.ts";
import type { Identity } from "./recipient.ts";
import { combinerInput, expandedSeedBytes, mlKemCiphertextBytes, mlKemSeedBytes } from "./xwing.ts";

interface ExpandedSeed {
  readonly mlKemSecretKey: Uint8Array;
  readonly x25519SecretKey: Uint8Array;
  readonly x25519Public: Uint8Array;
}

// Expanding a seed costs as much as one decapsulation, and a reader opens many files: kept as long as its identity.
const expanded = new WeakMap<Identity, ExpandedSeed>();

function keysOf(identity: Identity): ExpandedSeed {
  const keys = expanded.get(identity) ?? expand(identity.reveal());
  expanded.set(identity, keys);
  return keys;
}

// draft-connolly-cfrg-xwing-kem §5.2, expandDecapsulationKey.
function expand(seed: Uint8Array): ExpandedSeed {
  const bytes = shake256(seed, { dkLen: expandedSeedBytes });
  const x25519SecretKey = bytes.slice(mlKemSeedBytes);
  return {
    mlKemSecretKey: ml_kem768.keygen(bytes.subarray(0, mlKemSeedBytes)).secretKey,
    x25519SecretKey,
    x25519Public: x25519.getPublicKey(x25519SecretKey),
  };
}

/** X-Wing decapsulation (draft-connolly-cfrg-xwing-kem §5.5) by noble: for the page and workerd. */
export const nobleDecapsulator: Decapsulator = {
  decapsulate(enc, identity) {
    const keys = keysOf(identity);
    const share = enc.subarray(mlKemCiphertextBytes);
    const mlKemSecret = ml_kem768.decapsulate(enc.subarray(0, mlKemCiphertextBytes), keys.mlKemSecretKey);
    const agreed = x25519.getSharedSecret(keys.x25519SecretKey, share);
    return sha3_256(combinerInput(mlKemSecret, agreed, share, keys.x25519Public));
  },
};
