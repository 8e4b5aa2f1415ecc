import { sql, type Kysely } from "kysely";

/**
 * The day that sweeps go by, and a suspicious one with the day it was first seen on. `dated` mends the day of a row from
 * a clock that was set far back, as on a machine whose battery died: at the next sweep that row would be past its end.
 */
const statements = [
  sql`create table sweep_day (
    id smallint primary key check (id = 1),
    day integer not null,
    leap_day integer
  )`,
  sql`create function dated(by_clock integer) returns integer language sql stable as $$
    select coalesce((select case when by_clock < sweep_day.day - 2 then sweep_day.day end from sweep_day), by_clock)
  $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
