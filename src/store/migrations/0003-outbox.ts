import { sql, type Kysely } from "kysely";

/** As in 0001: sealed bytes lie outside the row and do not compress, and what identifies leaves no samples. */
const statements = [
  sql`create table outbox (
    id bytea primary key check (octet_length(id) = 16),
    day integer not null,
    state text not null
      check (state in ('waiting', 'sending', 'sent', 'refused', 'maybe', 'delivered', 'failed')),
    sealed bytea check (substring(sealed from 1 for 22) = '\\x6167652d656e6372797074696f6e2e6f72672f76310a'::bytea),
    once_hash bytea unique check (octet_length(once_hash) = 32),
    message_hash bytea check (octet_length(message_hash) = 32),
    check ((sealed is not null) = (state in ('waiting', 'sending')))
  )`,
  sql`create index outbox_by_message on outbox (message_hash)`,
  sql`alter table outbox
    alter column sealed set storage external,
    alter column id set statistics 0, alter column sealed set statistics 0,
    alter column once_hash set statistics 0, alter column message_hash set statistics 0`,
  sql`create table relay_note (
    id smallint primary key check (id = 1),
    note bytea not null
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
