import { sql, type Kysely } from "kysely";

/** One row: an older checkpoint is worth something only in somebody else's hands. */
const statements = [
  sql`create table audit_checkpoint (
    id smallint primary key check (id = 1),
    seq integer not null,
    hour integer not null,
    note bytea not null
  )`,
  sql`alter table audit_checkpoint alter column note set statistics 0`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
