import { sql, type Kysely } from "kysely";

/**
 * bytea is STORAGE EXTERNAL where it holds sealed bytes: they do not compress, and small rows keep lists flat. Columns
 * that identify have no statistics: a sample of them would outlive their rows in pg_statistic.
 */
const statements = [
  sql`create table arrival (
    id bytea primary key default uuid_send(gen_random_uuid()) check (octet_length(id) = 16),
    desk text not null check (desk ~ '^[a-z][a-z0-9-]{0,31}$'),
    received_day integer not null,
    size_class integer not null check (size_class in (8192, 32768, 131072, 262144)),
    door_hash bytea not null check (octet_length(door_hash) = 32),
    sealed bytea not null check (substring(sealed from 1 for 22) = '\\x6167652d656e6372797074696f6e2e6f72672f76310a'::bytea)
  )`,
  sql`create table report (
    id bytea primary key check (octet_length(id) = 16),
    desk text not null check (desk ~ '^[a-z][a-z0-9-]{0,31}$'),
    received_day integer not null,
    size_class integer not null check (size_class in (8192, 32768, 131072, 262144)),
    door_hash bytea not null check (octet_length(door_hash) = 32),
    sealed bytea not null check (substring(sealed from 1 for 22) = '\\x6167652d656e6372797074696f6e2e6f72672f76310a'::bytea)
  )`,
  sql`create index report_by_desk on report (desk, received_day, id)`,
  sql`create index report_by_day on report (received_day)`,
  sql`create table seen (
    hash bytea primary key check (octet_length(hash) = 32),
    expires_day integer not null
  )`,
  // No foreign key: the nightly shuffle takes a day's rows out and puts them back, and would race with it.
  sql`create table offer (
    report_id bytea not null check (octet_length(report_id) = 16),
    round smallint not null check (round >= 0),
    look_day integer not null,
    acknowledge_day integer not null,
    answer_day integer not null,
    primary key (report_id, round)
  )`,
  sql`create table challenge (
    nonce_hash bytea primary key check (octet_length(nonce_hash) = 32),
    reviewer text not null,
    expires_ms bigint not null
  )`,
  sql`create table session (
    token_hash bytea primary key check (octet_length(token_hash) = 32),
    reviewer text not null,
    expires_ms bigint not null
  )`,
  sql`create index session_by_reviewer on session (reviewer)`,
  sql`create table readiness (
    id smallint primary key check (id = 1),
    flip boolean not null
  )`,
  sql`insert into readiness (id, flip) values (1, false)`,
  sql`alter table arrival
    alter column sealed set storage external,
    alter column id set statistics 0, alter column door_hash set statistics 0, alter column sealed set statistics 0`,
  sql`alter table report
    alter column sealed set storage external,
    alter column id set statistics 0, alter column door_hash set statistics 0, alter column sealed set statistics 0`,
  sql`alter table seen alter column hash set statistics 0`,
  sql`alter table offer alter column report_id set statistics 0`,
  sql`alter table readiness alter column id set statistics 0`,
  sql`alter table challenge alter column nonce_hash set statistics 0, alter column reviewer set statistics 0`,
  sql`alter table session alter column token_hash set statistics 0, alter column reviewer set statistics 0`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
