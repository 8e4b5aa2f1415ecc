import { openAead } from "#kem";
import { concat } from "../base/bytes.ts";
import { chunkBytes, chunkNonce, tagBytes } from "./stream.ts";

const sealedChunkBytes = chunkBytes + tagBytes;

/** The payload, or null when any chunk is changed, missing, moved or added (c2sp.org/age, Payload). */
export function openStream(key: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  const chunks = Math.max(1, Math.ceil(sealed.length / sealedChunkBytes));
  const opened: Uint8Array[] = [];
  for (let index = 0; index < chunks; index++) {
    const chunk = sealed.subarray(index * sealedChunkBytes, (index + 1) * sealedChunkBytes);
    const plaintext = openAead(key, chunkNonce(index, index === chunks - 1), chunk);
    // Only an empty payload has an empty chunk.
    if (plaintext === null || (plaintext.length === 0 && index > 0)) return null;
    opened.push(plaintext);
  }
  return concat(...opened);
}
