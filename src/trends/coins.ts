import { concat, utf8 } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import { hmacSha256 } from "../envelope/hash.ts";
import type { TableId } from "./key-space.ts";
import type { Period } from "./period.ts";

/** What the coin flips of one draw come from: nothing else, so that whoever has it draws the same. */
export interface CoinSource {
  /** 32 bytes each, in the order of the officers' ids. */
  readonly seeds: readonly Uint8Array[];
  /** SHA-256 of the claim note: seeds were committed to before it could be known. */
  readonly claimHash: Uint8Array;
  readonly period: Period;
}

/**
 * The coin flips of one cell: blocks of 32 bytes, HKDF-SHA256 (RFC 5869) with the seeds as key material, the claim as salt
 * and `gundo/release/v1/<period>/<table>/<cell>/<counter>` as info, consumed in order (trends.md, Who computes).
 */
export function coinsOf({ seeds, claimHash, period }: CoinSource, table: TableId, cell: string): Chance {
  // RFC 5869 §2.2, Extract.
  const key = hmacSha256(claimHash, concat(...seeds));
  let counter = 0;
  let held = new Uint8Array(0);
  return {
    bytes(length) {
      while (held.length < length) {
        const info = utf8(`gundo/release/v1/${period}/${table}/${cell}/${counter++}`);
        held = concat(held, expand(key, info));
      }
      const taken = held.slice(0, length);
      held = held.subarray(length);
      return taken;
    },
  };
}

// RFC 5869 §2.3, Expand, to the length of one hash: T(1).
function expand(key: Uint8Array, info: Uint8Array): Uint8Array {
  return hmacSha256(key, concat(info, Uint8Array.of(1)));
}
