import type { Kysely } from "kysely";
import type { UnixMs } from "../base/clock.ts";
import type { Tables } from "./tables.ts";

/** A reviewer who has signed in. */
export interface Session {
  /** SHA-256 of the token, 32 bytes: the table alone opens nothing. */
  readonly tokenHash: Uint8Array;
  /** The reviewer's id in the roster. */
  readonly reviewer: string;
  readonly expires: UnixMs;
}

export async function insertSession(db: Kysely<Tables>, { tokenHash, reviewer, expires }: Session): Promise<void> {
  await db.insertInto("session").values({ token_hash: tokenHash, reviewer, expires_ms: expires }).execute();
}

/** The reviewer of an unexpired session, or null. */
export async function findSession(db: Kysely<Tables>, tokenHash: Uint8Array, now: UnixMs): Promise<string | null> {
  const query = db.selectFrom("session").select("reviewer").where("token_hash", "=", tokenHash);
  const [found] = await query.where("expires_ms", ">", now).execute();
  return found?.reviewer ?? null;
}

export async function deleteSession(db: Kysely<Tables>, tokenHash: Uint8Array): Promise<void> {
  await db.deleteFrom("session").where("token_hash", "=", tokenHash).execute();
}

/** For a reviewer removed from the roster, or one who signs out everywhere. */
export async function deleteSessionsOf(db: Kysely<Tables>, reviewer: string): Promise<void> {
  await db.deleteFrom("session").where("reviewer", "=", reviewer).execute();
}
