import { sealAead } from "#kem";
import { concat } from "../base/bytes.ts";

/** Plaintext bytes in every chunk but the last (c2sp.org/age, Payload). */
export const chunkBytes = 65_536;
/** A tag a chunk. */
export const tagBytes = 16;

/** Chunks of a payload of `length` bytes: an empty one still has its last chunk. */
export function chunksFor(length: number): number {
  return Math.max(1, Math.ceil(length / chunkBytes));
}

/** STREAM's nonce: an 11-byte big-endian counter, then 1 for the last chunk. */
export function chunkNonce(counter: number, last: boolean): Uint8Array {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(7, counter);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** The payload in chunks of 64 KiB, each with its tag. */
export function sealStream(key: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const chunks = chunksFor(plaintext.length);
  const sealed: Uint8Array[] = [];
  for (let index = 0; index < chunks; index++) {
    const chunk = plaintext.subarray(index * chunkBytes, (index + 1) * chunkBytes);
    sealed.push(sealAead(key, chunkNonce(index, index === chunks - 1), chunk));
  }
  return concat(...sealed);
}
