import { sql, type Kysely } from "kysely";

/** Challenges carry their own end: only those that were answered are kept, until it. A session ends with its key. */
const statements = [
  sql`drop table challenge`,
  sql`create table spent_nonce (
    nonce_hash bytea primary key check (octet_length(nonce_hash) = 32),
    expires_ms bigint not null
  )`,
  sql`alter table spent_nonce alter column nonce_hash set statistics 0`,
  sql`delete from session`,
  sql`alter table session add column verifier bytea not null check (octet_length(verifier) = 32)`,
  sql`alter table session alter column verifier set statistics 0`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
