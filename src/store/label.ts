import type { Kysely, Transaction } from "kysely";
import type { Sealed } from "../base/brand.ts";
import type { Period } from "../trends/period.ts";
import { plainBytes } from "./bytes.ts";
import { inOrder, writeAnew, type Order } from "./shuffle.ts";
import type { Tables } from "./tables.ts";

/** One file of a quarter's labels, sealed to the release officers (trends.md, Labels). */
export interface StoredLabels {
  /** SHA-256 of the sealed bytes, 32 bytes: what a claim names it by. */
  readonly id: Uint8Array;
  readonly period: Period;
  readonly sealed: Sealed;
}

/** Keeps a file; the same bytes again change nothing. Whoever calls has the releases locked (`withReleases`). */
export async function insertLabels(trx: Transaction<Tables>, labels: StoredLabels): Promise<"stored" | "already"> {
  const [result] = await trx
    .insertInto("label")
    .values(labels)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return result?.numInsertedOrUpdatedRows === 1n ? "stored" : "already";
}

/** The names of a period's files, sorted: no order in which they came. */
export async function listLabelIds(db: Kysely<Tables>, period: Period): Promise<readonly Uint8Array[]> {
  const rows = await db.selectFrom("label").select("id").where("period", "=", period).orderBy("id").execute();
  return rows.map(({ id }) => plainBytes(id));
}

/** The file of this name, or null. */
export async function findLabels(db: Kysely<Tables>, period: Period, id: Uint8Array): Promise<Sealed | null> {
  const query = db.selectFrom("label").select("sealed").where("period", "=", period).where("id", "=", id);
  const row = await query.executeTakeFirst();
  return row === undefined ? null : (plainBytes(row.sealed) as Sealed);
}

/**
 * Writes every file anew in the given order, in one transaction: then place and transaction number no longer tell which
 * came after which, and so whose session was open then. Follow it with `tidy`.
 *
 * @throws Fault `store.unavailable`: nothing changed. `bug` when `order` drops or repeats a row: nothing changed.
 */
export function shuffleLabels(db: Kysely<Tables>, order: Order): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const rows = await trx.selectFrom("label").select("id").forUpdate().execute();
    await writeAnew(trx, "label", ["id", "period", "sealed"], inOrder(rows, order));
  });
}
