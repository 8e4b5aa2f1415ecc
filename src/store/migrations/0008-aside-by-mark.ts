import { sql, type Kysely } from "kysely";

/** Asked by mark alone, for many cases at once. Unique, as a hash over a door and a name is: without statistics, the planner knows only so that few rows match. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create unique index case_aside_by_mark on case_aside (mark)`.execute(db);
}
