import { sql, type Kysely } from "kysely";
import type { UnixHour } from "../base/clock.ts";
import { plainBytes } from "./bytes.ts";
import type { Tables } from "./tables.ts";

/** The newest checkpoint of the audit: how far, in which hour, and the signed note. */
export interface StoredCheckpoint {
  readonly seq: number;
  readonly hour: UnixHour;
  readonly note: Uint8Array;
}

export async function readCheckpoint(db: Kysely<Tables>): Promise<StoredCheckpoint | null> {
  const [row] = await db.selectFrom("audit_checkpoint").select(["seq", "hour", "note"]).execute();
  return row === undefined ? null : { seq: row.seq, hour: row.hour as UnixHour, note: plainBytes(row.note) };
}

/** Puts a checkpoint in the place of an older one; one that is not newer changes nothing. */
export async function writeCheckpoint(db: Kysely<Tables>, { seq, hour, note }: StoredCheckpoint): Promise<void> {
  await sql`
    insert into audit_checkpoint (id, seq, hour, note) values (1, ${seq}, ${hour}, ${note})
    on conflict (id) do update set seq = excluded.seq, hour = excluded.hour, note = excluded.note
    where audit_checkpoint.seq <= excluded.seq and audit_checkpoint.hour <= excluded.hour`.execute(db);
}
