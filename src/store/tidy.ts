import { sql, type Kysely } from "kysely";
import { sqlStateOf } from "./scrub.ts";
import type { Tables } from "./tables.ts";

const insufficientPrivilege = "42501";

/**
 * Takes away what deleted rows leave behind: `vacuum` clears the tables, a new segment and a checkpoint let the log
 * that told their order be deleted, and the counters that say when an index was last used begin anew. After each mix
 * (`arrival` and `seen`), before a stop, and nightly for the rest. Outside any transaction.
 *
 * `logKept`: the tables are clean, but this server does not let us end its log; its operator must know.
 *
 * @throws Fault `store.unavailable`.
 */
export async function tidy(
  db: Kysely<Tables>,
  tables: readonly (keyof Tables)[] = ["arrival", "seen"],
): Promise<"tidied" | "logKept"> {
  for (const table of tables) await sql`vacuum (index_cleanup on, truncate on) ${sql.table(table)}`.execute(db);
  try {
    await sql`select pg_switch_wal()`.execute(db);
    await sql`checkpoint`.execute(db);
    await forgetCounters(db, tables);
    return "tidied";
  } catch (error) {
    if (sqlStateOf(error) === insufficientPrivilege) return "logKept";
    throw error;
  }
}

async function forgetCounters(db: Kysely<Tables>, tables: readonly string[]): Promise<void> {
  await sql`
    select pg_stat_reset_single_table_counters(relation) from (
      select unnest(array[oid, nullif(reltoastrelid, 0)]) as relation from pg_class
      where relnamespace = current_schema()::regnamespace and relname = any(${tables})
      union all
      select indexrelid from pg_index join pg_class on pg_class.oid = indrelid
      where relnamespace = current_schema()::regnamespace and relname = any(${tables})
    ) as counted where relation is not null`.execute(db);
}
