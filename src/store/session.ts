import type { Kysely } from "kysely";
import type { UnixMs } from "../base/clock.ts";
import { plainBytes } from "./bytes.ts";
import type { Tables } from "./tables.ts";

/** Who is signed in, and by which key. */
export interface SignedIn {
  /** The reviewer's id in the roster. */
  readonly reviewer: string;
  /** The Ed25519 public key that opened the session, 32 bytes: one that is replaced ends it. */
  readonly verifier: Uint8Array;
}

/** A reviewer who has signed in. */
export interface Session extends SignedIn {
  /** SHA-256 of the token, 32 bytes: the table alone opens nothing. */
  readonly tokenHash: Uint8Array;
  readonly expires: UnixMs;
}

export async function insertSession(db: Kysely<Tables>, session: Session): Promise<void> {
  const { tokenHash, reviewer, verifier, expires } = session;
  await db.insertInto("session").values({ token_hash: tokenHash, reviewer, verifier, expires_ms: expires }).execute();
}

/** Whose unexpired session it is, or null. */
export async function findSession(db: Kysely<Tables>, tokenHash: Uint8Array, now: UnixMs): Promise<SignedIn | null> {
  const query = db.selectFrom("session").select(["reviewer", "verifier"]).where("token_hash", "=", tokenHash);
  const [found] = await query.where("expires_ms", ">", now).execute();
  return found === undefined ? null : { reviewer: found.reviewer, verifier: plainBytes(found.verifier) };
}

/** Everybody who is signed in, each key once. */
export async function listSignedIn(db: Kysely<Tables>): Promise<readonly SignedIn[]> {
  const rows = await db.selectFrom("session").select(["reviewer", "verifier"]).distinct().execute();
  return rows.map(({ reviewer, verifier }) => ({ reviewer, verifier: plainBytes(verifier) }));
}

export async function deleteSession(db: Kysely<Tables>, tokenHash: Uint8Array): Promise<void> {
  await db.deleteFrom("session").where("token_hash", "=", tokenHash).execute();
}

/** Ends the sessions of a key that no longer serves; how many there were. */
export async function deleteSessionsOf(db: Kysely<Tables>, { reviewer, verifier }: SignedIn): Promise<number> {
  const query = db.deleteFrom("session").where("reviewer", "=", reviewer).where("verifier", "=", verifier);
  return Number((await query.executeTakeFirst()).numDeletedRows);
}
