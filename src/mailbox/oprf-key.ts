import { ristretto255_oprf } from "@noble/curves/ed25519.js";
import { utf8 } from "../base/bytes.ts";
import { Secret } from "../base/secret.ts";

/** The edge role's VOPRF key (RFC 9497, ristretto255-SHA512); its public half stands in the roster. */
export interface OprfKey {
  /** 32-byte scalar. */
  readonly secret: Secret<Uint8Array>;
  /** 32-byte element. */
  readonly publicKey: Uint8Array;
}

/** The keys an edge evaluates with: receipts are made with the current one, and read with the previous one too while it lives. */
export interface OprfKeys {
  readonly current: OprfKey;
  readonly previous: OprfKey | null;
}

/** DeriveKeyPair of RFC 9497 §3.2.1 from the 32 bytes of OPRF_KEY. */
export function oprfKeyOf(seed: Uint8Array): OprfKey {
  const { secretKey, publicKey } = ristretto255_oprf.voprf.deriveKeyPair(seed, utf8("gundo/oprf/v1"));
  return { secret: new Secret<Uint8Array>(secretKey), publicKey };
}
