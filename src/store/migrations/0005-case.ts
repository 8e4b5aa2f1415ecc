import { sql, type Kysely } from "kysely";

/** As in 0001: sealed bytes are STORAGE EXTERNAL, and columns that identify have no statistics. */
const statements = [
  sql`create table "case" (
    door_hash bytea primary key check (octet_length(door_hash) = 32),
    desk text not null check (desk ~ '^[a-z][a-z0-9-]{0,31}$'),
    state text not null check (state in ('waiting', 'open', 'answered', 'closed')),
    head bytea not null check (octet_length(head) = 32),
    seq integer not null check (seq > 0),
    acknowledge_day integer not null,
    answer_day integer not null,
    ends_day integer check ((state = 'closed') = (ends_day is not null)),
    touched boolean not null
  )`,
  sql`create table case_event (
    door_hash bytea not null references "case" on delete cascade,
    seq integer not null check (seq > 0),
    hash bytea not null check (octet_length(hash) = 32),
    sealed bytea not null check (substring(sealed from 1 for 22) = '\\x6167652d656e6372797074696f6e2e6f72672f76310a'::bytea),
    primary key (door_hash, seq),
    unique (door_hash, hash)
  )`,
  sql`create table case_aside (
    door_hash bytea not null references "case" on delete cascade,
    mark bytea not null check (octet_length(mark) = 32),
    primary key (door_hash, mark)
  )`,
  sql`create index report_by_door on report (door_hash)`,
  sql`alter table "case" alter column door_hash set statistics 0, alter column head set statistics 0`,
  sql`alter table case_event
    alter column sealed set storage external, alter column sealed set statistics 0,
    alter column door_hash set statistics 0, alter column hash set statistics 0`,
  sql`alter table case_aside alter column door_hash set statistics 0, alter column mark set statistics 0`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
