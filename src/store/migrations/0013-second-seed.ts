import { sql, type Kysely } from "kysely";

/** The seed of a second draw lies beside that of the first, and does not take its place. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table release_parcel
    drop constraint release_parcel_kind_check,
    add constraint release_parcel_kind_check check (kind in ('plan', 'seed', 'seed-2', 'reveal', 'draw'))`.execute(db);
}
