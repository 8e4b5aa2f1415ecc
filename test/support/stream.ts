import { createCipheriv, hash } from "node:crypto";
import { concat } from "../../src/base/bytes.ts";
import type { Chance } from "../../src/base/chance.ts";

const bytesAtOnce = 65_536;

/** A source that looks random and is the same for every run of one name: AES-256 in counter mode, fast enough for millions of draws. */
export function streamOf(name: string): Chance {
  const cipher = createCipheriv("aes-256-ctr", hash("sha256", name, "buffer"), new Uint8Array(16));
  const zeros = new Uint8Array(bytesAtOnce);
  let held = new Uint8Array(0);
  let used = 0;
  return {
    bytes(length) {
      if (length > held.length - used) {
        const more = new Uint8Array(cipher.update(zeros.subarray(0, Math.max(bytesAtOnce, length))));
        held = concat(held.subarray(used), more);
        used = 0;
      }
      // A copy: who asks may read its buffer from the start. Most ask for a byte or two, for which views are dear.
      const taken = new Uint8Array(length);
      for (let index = 0; index < length; index++) taken[index] = held[used + index]!;
      used += length;
      return taken;
    },
  };
}
