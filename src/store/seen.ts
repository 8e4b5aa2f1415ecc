import type { Kysely } from "kysely";
import type { SeenHash } from "../base/brand.ts";
import type { UnixDay } from "../base/clock.ts";
import type { Tables } from "./tables.ts";

/** A provider's message id under the live keys. */
export interface Seen {
  /** Newest key first; at least one. */
  readonly hashes: readonly SeenHash[];
  /** The last day on which a repeat is known. */
  readonly expiresDay: UnixDay;
}

/**
 * Marks a message, inside the transaction that stores it: true when it was new under every key. Each hash is written,
 * oldest key first: a repeat that runs at the same time, even one that knows only the former key, waits on the same
 * row, and nobody waits in a circle.
 */
export async function markSeen(trx: Kysely<Tables>, { hashes, expiresDay }: Seen): Promise<boolean> {
  for (const hash of hashes.toReversed()) {
    const row = { hash, expires_day: expiresDay };
    const [result] = await trx
      .insertInto("seen")
      .values(row)
      .onConflict((conflict) => conflict.column("hash").doNothing())
      .execute();
    if (result?.numInsertedOrUpdatedRows !== 1n) return false;
  }
  return true;
}
