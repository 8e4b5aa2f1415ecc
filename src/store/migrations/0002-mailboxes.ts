import { sql, type Kysely } from "kysely";

/** As in 0001: sealed bytes are EXTERNAL, and columns that identify have no statistics. */
const statements = [
  // Its key follows from the row, so that the same bytes posted again while they wait are one row.
  sql`create table mailbox_held (
    id bytea primary key generated always as (substring(sha256(mailbox_id || sealed) from 1 for 16)) stored,
    mailbox_id bytea not null check (octet_length(mailbox_id) = 16),
    day integer not null,
    sealed bytea not null check (substring(sealed from 1 for 22) = '\\x6167652d656e6372797074696f6e2e6f72672f76310a'::bytea)
  )`,
  sql`create index mailbox_held_by_mailbox on mailbox_held (mailbox_id)`,
  sql`create table mailbox_message (
    id bytea primary key check (octet_length(id) = 16),
    mailbox_id bytea not null check (octet_length(mailbox_id) = 16),
    day integer not null,
    sealed bytea not null check (substring(sealed from 1 for 22) = '\\x6167652d656e6372797074696f6e2e6f72672f76310a'::bytea)
  )`,
  sql`create index mailbox_message_by_mailbox on mailbox_message (mailbox_id, day, id)`,
  sql`create index mailbox_message_by_day on mailbox_message (day)`,
  sql`alter table mailbox_held
    alter column sealed set storage external,
    alter column id set statistics 0, alter column mailbox_id set statistics 0, alter column sealed set statistics 0`,
  sql`alter table mailbox_message
    alter column sealed set storage external,
    alter column id set statistics 0, alter column mailbox_id set statistics 0, alter column sealed set statistics 0`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
