import { createHash, createPrivateKey, createPublicKey, hash, type KeyObject } from "node:crypto";
import { combinerInput, expandedSeedBytes, mlKemSeedBytes } from "./xwing.ts";

/** The two private keys of an X-Wing seed, and the X25519 public bytes the combiner wants. */
export interface PrivateKeys {
  readonly mlKem: KeyObject;
  readonly x25519: KeyObject;
  readonly x25519Public: Uint8Array;
}

/** expandDecapsulationKey (draft-connolly-cfrg-xwing-kem §5.2). */
export function privateKeysOf(seed: Uint8Array): PrivateKeys {
  const expanded = createHash("shake256", { outputLength: expandedSeedBytes }).update(seed).digest();
  const mlKem = createPrivateKey({
    key: expanded.subarray(0, mlKemSeedBytes),
    format: "raw-seed",
    asymmetricKeyType: "ml-kem-768",
  });
  const x25519 = createPrivateKey({
    key: expanded.subarray(mlKemSeedBytes),
    format: "raw-private",
    asymmetricKeyType: "x25519",
  });
  expanded.fill(0);
  return { mlKem, x25519, x25519Public: rawPublic(createPublicKey(x25519)) };
}

/** The raw bytes of a public key. */
export function rawPublic(key: KeyObject): Uint8Array {
  return key.export({ format: "raw-public" });
}

/** A public key out of its raw bytes. */
export function publicKeyOf(type: "ml-kem-768" | "x25519", bytes: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(bytes), format: "raw-public", asymmetricKeyType: type });
}

/** Combiner (draft §5.3). */
export function combine(
  mlKemSecret: Uint8Array,
  x25519Secret: Uint8Array,
  x25519Share: Uint8Array,
  x25519Public: Uint8Array,
): Uint8Array {
  return hash("sha3-256", combinerInput(mlKemSecret, x25519Secret, x25519Share, x25519Public), "buffer");
}
