import type { Kysely } from "kysely";
import type { SeenHash } from "../base/brand.ts";
import type { UnixDay } from "../base/clock.ts";
import type { Tables } from "./tables.ts";

/** What a repeat is known by (intake/core.ts, `Posting`). */
export interface Seen {
  /** Newest key first, or the key's before the bytes'; at least one. */
  readonly hashes: readonly SeenHash[];
  /** The last day on which a repeat is known. */
  readonly expiresDay: UnixDay;
}

/**
 * Marks a message, inside the transaction that stores it: `new` under every key; `seen`, which wrote nothing; `other` when
 * only a former hash in the list was there, and then the transaction must not be kept. Each hash is written, the last one
 * first: a repeat that runs at the same time, even one that knows only the former key, waits on the same row, and nobody
 * waits in a circle.
 */
export async function markSeen(trx: Kysely<Tables>, { hashes, expiresDay }: Seen): Promise<"new" | "seen" | "other"> {
  const last = hashes.at(-1);
  for (const hash of hashes.toReversed()) {
    const row = { hash, expires_day: expiresDay };
    const [result] = await trx
      .insertInto("seen")
      .values(row)
      .onConflict((conflict) => conflict.column("hash").doNothing())
      .execute();
    if (result?.numInsertedOrUpdatedRows !== 1n) return hash === last ? "seen" : "other";
  }
  return "new";
}
