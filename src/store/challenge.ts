import type { Kysely } from "kysely";
import type { UnixMs } from "../base/clock.ts";
import type { Tables } from "./tables.ts";

/** A sign-in under way. */
export interface Challenge {
  /** SHA-256 of the nonce, 32 bytes. */
  readonly nonceHash: Uint8Array;
  /** The reviewer's id in the roster. */
  readonly reviewer: string;
  readonly expires: UnixMs;
}

export async function insertChallenge(db: Kysely<Tables>, { nonceHash, reviewer, expires }: Challenge): Promise<void> {
  await db.insertInto("challenge").values({ nonce_hash: nonceHash, reviewer, expires_ms: expires }).execute();
}

/** The reviewer of an unexpired challenge, once: of callers at the same time only one gets it. Null for the rest. */
export async function takeChallenge(db: Kysely<Tables>, nonceHash: Uint8Array, now: UnixMs): Promise<string | null> {
  const [taken] = await db
    .deleteFrom("challenge")
    .where("nonce_hash", "=", nonceHash)
    .where("expires_ms", ">", now)
    .returning("reviewer")
    .execute();
  return taken?.reviewer ?? null;
}
