import { createCipheriv, hash } from "node:crypto";
import { concat } from "../../src/base/bytes.ts";
import type { Chance } from "../../src/base/chance.ts";

const bytesAtOnce = 65_536;

/** A source that looks random and is the same for every run of one name: AES-256 in counter mode, fast enough for millions of draws. */
export function streamOf(name: string): Chance {
  const cipher = createCipheriv("aes-256-ctr", hash("sha256", name, "buffer"), new Uint8Array(16));
  const zeros = new Uint8Array(bytesAtOnce);
  let held = new Uint8Array(0);
  return {
    bytes(length) {
      if (length > held.length) {
        const more = new Uint8Array(cipher.update(zeros.subarray(0, Math.max(bytesAtOnce, length))));
        held = concat(held, more);
      }
      // A copy: who asks may read its buffer from the start.
      const taken = held.slice(0, length);
      held = held.subarray(length);
      return taken;
    },
  };
}
