import { sql, type Kysely } from "kysely";

const isAge = sql.raw("substring(sealed from 1 for 22) = '\\x6167652d656e6372797074696f6e2e6f72672f76310a'::bytea");

/** As in 0001: sealed bytes lie outside the row and do not compress, and what identifies leaves no samples. */
const statements = [
  sql`create table quarter_key (
    period text not null,
    reviewer text not null,
    key_hash bytea not null check (octet_length(key_hash) = 32),
    sealed bytea not null check (${isAge}),
    primary key (period, reviewer)
  )`,
  sql`create table label (
    id bytea primary key check (octet_length(id) = 32),
    period text not null,
    sealed bytea not null check (${isAge})
  )`,
  sql`create index label_by_period on label (period)`,
  sql`create table release_note (
    period text not null,
    name text not null,
    shown_ms bigint not null,
    note bytea not null,
    primary key (period, name)
  )`,
  sql`create table release_parcel (
    period text not null,
    kind text not null check (kind in ('plan', 'seed', 'reveal', 'draw')),
    officer text not null,
    sealed bytea not null check (${isAge}),
    primary key (period, kind, officer)
  )`,
  sql`alter table quarter_key alter column sealed set storage external,
    alter column key_hash set statistics 0, alter column sealed set statistics 0`,
  sql`alter table label alter column sealed set storage external,
    alter column id set statistics 0, alter column sealed set statistics 0`,
  sql`alter table release_parcel alter column sealed set storage external, alter column sealed set statistics 0`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
