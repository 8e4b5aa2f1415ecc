import { sql, type Kysely } from "kysely";
import { Fault } from "../base/fault.ts";
import { inOrder, type Order } from "./shuffle.ts";
import type { Tables } from "./tables.ts";

/**
 * Writes every case anew that somebody touched since the last time, with its events, in the given order and in one
 * transaction. A row's transaction number is also that of its row in the audit, which names the reviewer: after this,
 * and `tidy` of the three tables, it ties nobody to a case any more. Once a day.
 *
 * @throws Fault `store.unavailable`: nothing changed. `bug` when `order` drops or repeats a row: nothing changed.
 */
export function shuffleCases(db: Kysely<Tables>, order: Order): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const touched = trx.selectFrom("case").select("door_hash").where("touched", "=", true);
    const doors = (await touched.orderBy("door_hash").forUpdate().execute()).map(({ door_hash }) => door_hash);
    await rewriteEvents(trx, doors, order);
    await sql`
      with taken as (delete from case_aside where door_hash = any(${doors}::bytea[]) returning *)
      insert into case_aside (door_hash, mark) select door_hash, mark from taken order by mark`.execute(trx);
    await trx.updateTable("case").set({ touched: false }).where("touched", "=", true).execute();
  });
}

// Taken out and put back, not updated: an update would leave long values where they lie, under their old numbers.
async function rewriteEvents(trx: Kysely<Tables>, doors: readonly Uint8Array[], order: Order): Promise<void> {
  const { rows } = await sql<{ door_hash: Uint8Array; seq: number }>`
    select door_hash, seq from case_event where door_hash = any(${doors}::bytea[])`.execute(trx);
  const ordered = inOrder(rows, order);
  const places = { doors: ordered.map(({ door_hash }) => door_hash), seqs: ordered.map(({ seq }) => seq) };
  const { numAffectedRows } = await sql`
    with taken as (delete from case_event where door_hash = any(${doors}::bytea[]) returning *)
    insert into case_event (door_hash, seq, hash, sealed)
    select taken.door_hash, taken.seq, taken.hash, taken.sealed
    from unnest(${places.doors}::bytea[], ${places.seqs}::integer[]) with ordinality as placed (door_hash, seq, position)
    join taken on taken.door_hash = placed.door_hash and taken.seq = placed.seq
    order by placed.position`.execute(trx);
  if (numAffectedRows !== BigInt(rows.length)) throw new Fault("bug");
}
