import type { Kysely } from "kysely";
import { plainBytes } from "./bytes.ts";
import type { Tables } from "./tables.ts";

/** The relay's note as the relay last signed it, or null. */
export async function readRelayNote(db: Kysely<Tables>): Promise<Uint8Array | null> {
  const [row] = await db.selectFrom("relay_note").select("note").execute();
  return row === undefined ? null : plainBytes(row.note);
}

export async function writeRelayNote(db: Kysely<Tables>, note: Uint8Array): Promise<void> {
  const query = db.insertInto("relay_note").values({ id: 1, note });
  await query.onConflict((conflict) => conflict.column("id").doUpdateSet({ note })).execute();
}
