import { sql, type Kysely } from "kysely";

/** Statistics of hashes and names would be a second place to read them from. */
const statements = [
  sql`create table audit (
    seq integer primary key check (seq > 0),
    previous bytea not null check (octet_length(previous) = 32),
    hour integer not null,
    actor text check (actor ~ '^[a-z][a-z0-9-]{0,31}$'),
    action text not null check (action ~ '^[a-zA-Z]{1,32}$'),
    object bytea not null check (octet_length(object) = 32),
    signature bytea check (octet_length(signature) = 64),
    hash bytea not null check (octet_length(hash) = 32),
    check ((actor is null) = (signature is null))
  )`,
  sql`alter table audit
    alter column previous set statistics 0, alter column actor set statistics 0, alter column object set statistics 0,
    alter column signature set statistics 0, alter column hash set statistics 0`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
