import { sql, type Transaction } from "kysely";
import { Fault } from "../base/fault.ts";
import type { Tables } from "./tables.ts";

/** The same rows, each once, in another order. */
export type Order = <Row>(rows: readonly Row[]) => readonly Row[];

/** These rows in the given order. Throws `bug` when it drops or repeats one. */
export function inOrder<Row>(rows: readonly Row[], order: Order): readonly Row[] {
  const ordered = order(rows);
  if (ordered.length !== rows.length || new Set(ordered).size !== rows.length) throw new Fault("bug");
  return ordered;
}

/**
 * Takes these rows out and puts them back in this order, all of their columns, so that place and transaction
 * number of a row, and of its sealed bytes, say nothing about when it came. Not an update: it would leave long values where
 * they lie, under their old numbers. Whoever calls has locked the rows.
 *
 * @throws Fault `bug` when one is not there; the transaction must not be kept then.
 */
export async function writeAnew<Table extends "report" | "mailbox_message" | "part" | "label">(
  trx: Transaction<Tables>,
  table: Table,
  columns: readonly (keyof Tables[Table] & string)[],
  rows: readonly { readonly id: Uint8Array }[],
): Promise<void> {
  const ids = rows.map(({ id }) => id);
  const into = sql.join(columns.map((column) => sql.ref(column)));
  const taken = sql.join(columns.map((column) => sql.ref(`taken.${column}`)));
  const { numAffectedRows } = await sql`
    with taken as (delete from ${sql.table(table)} where id = any(${ids}::bytea[]) returning *)
    insert into ${sql.table(table)} (${into})
    select ${taken}
    from unnest(${ids}::bytea[]) with ordinality as placed (id, position)
    join taken on taken.id = placed.id
    order by placed.position`.execute(trx);
  if (numAffectedRows !== BigInt(ids.length)) throw new Fault("bug");
}
