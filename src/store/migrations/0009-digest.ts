import { sql, type Kysely } from "kysely";

/** A row says that one target had its message of one fixed hour; whose it is only the core's key could say. */
const statements = [
  sql`create table digest_turn (
    mark bytea not null check (octet_length(mark) = 32),
    hour integer not null,
    tries smallint not null,
    again boolean not null,
    primary key (mark, hour)
  )`,
  sql`alter table digest_turn alter column mark set statistics 0`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
