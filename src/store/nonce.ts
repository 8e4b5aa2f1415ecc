import type { Kysely } from "kysely";
import type { UnixMs } from "../base/clock.ts";
import type { Tables } from "./tables.ts";

/** Spends a sign-in's nonce: true once, false ever after, of callers at the same time for one only. 32 bytes of SHA-256. */
export async function spendNonce(db: Kysely<Tables>, nonceHash: Uint8Array, expires: UnixMs): Promise<boolean> {
  const spent = db.insertInto("spent_nonce").values({ nonce_hash: nonceHash, expires_ms: expires });
  const [outcome] = await spent.onConflict((conflict) => conflict.doNothing()).execute();
  return outcome?.numInsertedOrUpdatedRows === 1n;
}
