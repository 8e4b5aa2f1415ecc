import { concat, utf8 } from "../base/bytes.ts";

/** Lengths of X-Wing (draft-connolly-cfrg-xwing-kem §5), in bytes. */
export const seedBytes = 32;
export const mlKemPublicBytes = 1184;
export const mlKemCiphertextBytes = 1088;
export const recipientLength = 1216;
export const encLength = 1120;

/** A seed becomes 64 bytes of ML-KEM seed and 32 of X25519 key through SHAKE256 (draft §5.2). */
export const expandedSeedBytes = 96;
export const mlKemSeedBytes = 64;

// The draft's label: \./ over /^\.
const label = utf8("\\.//^\\");

/** What SHA3-256 turns into the shared secret (draft §5.3). */
export function combinerInput(
  mlKemSecret: Uint8Array,
  x25519Secret: Uint8Array,
  x25519Share: Uint8Array,
  x25519Public: Uint8Array,
): Uint8Array {
  return concat(mlKemSecret, x25519Secret, x25519Share, x25519Public, label);
}
