import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Packed } from "../src/gate/page/assets.ts";

/** Compressed as hard as it goes, since it is done once. */
export function pack(plain: Uint8Array): Packed {
  return { plain, gzip: gzipSync(plain, { level: 9 }), brotli: brotliCompressSync(plain) };
}
