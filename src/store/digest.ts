import { sql, type Kysely } from "kysely";
import type { UnixHour } from "../base/clock.ts";
import type { Tables } from "./tables.ts";

/** One target's message of one fixed hour (triage.md, queue digest). */
export interface DigestTurn {
  /** 32 bytes that name the target to whoever has the key, and to nobody else. */
  readonly mark: Uint8Array;
  readonly hour: UnixHour;
}

/**
 * Takes the turn before anything is sent, and commits: whatever dies afterwards, and whatever number of processes ask,
 * nobody else sends it. Resolves with which try this is, from 1; null when the turn is somebody else's, was had, or was
 * tried `most` times.
 */
export async function takeDigestTurn(
  db: Kysely<Tables>,
  { mark, hour }: DigestTurn,
  most: number,
): Promise<number | null> {
  const { rows } = await sql<{ tries: number }>`
    insert into digest_turn (mark, hour, tries, again) values (${mark}, ${hour}, 1, false)
    on conflict (mark, hour) do update set tries = digest_turn.tries + 1, again = false
    where digest_turn.again and digest_turn.tries < ${most}
    returning tries`.execute(db);
  return rows[0]?.tries ?? null;
}

/** It was surely not sent: another try may take the turn. */
export async function giveBackDigestTurn(db: Kysely<Tables>, { mark, hour }: DigestTurn): Promise<void> {
  await db.updateTable("digest_turn").set({ again: true }).where("mark", "=", mark).where("hour", "=", hour).execute();
}
