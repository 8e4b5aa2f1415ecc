import { sql, type Kysely } from "kysely";
import type { Sealed } from "../base/brand.ts";
import { equal } from "../base/bytes.ts";
import type { Period } from "../trends/period.ts";
import { plainBytes } from "./bytes.ts";
import type { Tables } from "./tables.ts";

/** The reviewers' token key of one period, sealed to one of them (trends.md, Labels). */
export interface SealedQuarterKey {
  readonly period: Period;
  /** The reviewer's id in the roster. */
  readonly reviewer: string;
  /** SHA-256 of the key, 32 bytes: a period has one key. */
  readonly keyHash: Uint8Array;
  readonly sealed: Sealed;
}

// Any fixed number serves; it only must not be another room's.
const quarterKeyLock = 0x71_6b_79;

/**
 * Keeps the key for a reviewer, in the place of what they had: their own key may have changed. `other` when the period
 * has another key already, under which one unit would count twice: nothing changed.
 */
export function putQuarterKey(db: Kysely<Tables>, key: SealedQuarterKey): Promise<"stored" | "other"> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${quarterKeyLock})`.execute(trx);
    const known = await quarterKeyHolders(trx, key.period);
    if (known !== null && !equal(known.keyHash, key.keyHash)) return "other";
    const { period, reviewer, keyHash: key_hash, sealed } = key;
    await trx
      .insertInto("quarter_key")
      .values({ period, reviewer, key_hash, sealed })
      .onConflict((conflict) => conflict.columns(["period", "reviewer"]).doUpdateSet({ sealed }))
      .execute();
    return "stored";
  });
}

/** The key as it is sealed to this reviewer, or null. */
export async function findQuarterKey(db: Kysely<Tables>, period: Period, reviewer: string): Promise<Sealed | null> {
  const query = db.selectFrom("quarter_key").select("sealed").where("period", "=", period);
  const row = await query.where("reviewer", "=", reviewer).executeTakeFirst();
  return row === undefined ? null : (plainBytes(row.sealed) as Sealed);
}

/** Which key a period has, and who has it; null before there is one. */
export async function quarterKeyHolders(
  db: Kysely<Tables>,
  period: Period,
): Promise<{ readonly keyHash: Uint8Array; readonly reviewers: readonly string[] } | null> {
  const query = db.selectFrom("quarter_key").select(["key_hash", "reviewer"]).where("period", "=", period);
  const rows = await query.orderBy("reviewer").execute();
  const [first] = rows;
  return first === undefined
    ? null
    : { keyHash: plainBytes(first.key_hash), reviewers: rows.map(({ reviewer }) => reviewer) };
}
