import { decapsulate, diffieHellman } from "node:crypto";
import type { Decapsulator } from "./open.ts";
import type { Identity } from "./recipient.ts";
import { combine, privateKeysOf, publicKeyOf, type PrivateKeys } from "./xwing-node.ts";
import { mlKemCiphertextBytes } from "./xwing.ts";

// Expanding a seed costs as much as one decapsulation, and a reader opens many files: kept as long as its identity.
const expanded = new WeakMap<Identity, PrivateKeys>();

function keysOf(identity: Identity): PrivateKeys {
  const keys = expanded.get(identity) ?? privateKeysOf(identity.reveal());
  expanded.set(identity, keys);
  return keys;
}

/** X-Wing decapsulation (draft-connolly-cfrg-xwing-kem §5.5) by node:crypto. */
export const nodeDecapsulator: Decapsulator = {
  decapsulate(enc, identity) {
    const keys = keysOf(identity);
    const share = enc.subarray(mlKemCiphertextBytes);
    const mlKemSecret = decapsulate(keys.mlKem, enc.subarray(0, mlKemCiphertextBytes));
    const agreed = diffieHellman({ privateKey: keys.x25519, publicKey: publicKeyOf("x25519", share) });
    return combine(mlKemSecret, agreed, share, keys.x25519Public);
  },
};
