import type { Kysely } from "kysely";
import type { PartId, Sealed } from "../base/brand.ts";
import { fromBase64url } from "../base/bytes.ts";
import type { UnixDay } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { plainBytes } from "./bytes.ts";
import { inOrder, writeAnew, type Order } from "./shuffle.ts";
import type { Tables } from "./tables.ts";

/** A part of an attachment as it came (triage.md, table `part`). */
export interface NewPart {
  readonly id: PartId;
  readonly day: UnixDay;
  readonly sealed: Sealed;
}

/** What the parts of a process stand on (intake, `PartStore`). */
export function partStore(db: Kysely<Tables>) {
  return { keep: (part: NewPart) => insertPart(db, part) };
}

/** Resolves when it is on disk. */
async function insertPart(db: Kysely<Tables>, { id, day, sealed }: NewPart): Promise<void> {
  await db
    .insertInto("part")
    .values({ id: partBytes(id), day, sealed })
    .execute();
}

/** The sealed bytes, or null when there are none: never sent, deleted or too old, nobody learns which. */
export async function findPart(db: Kysely<Tables>, id: PartId): Promise<Sealed | null> {
  const row = await db.selectFrom("part").select("sealed").where("id", "=", partBytes(id)).executeTakeFirst();
  return row === undefined ? null : (plainBytes(row.sealed) as Sealed);
}

/** Deletes whichever of these are there. Follow it with `tidy(db, ["part"])`, as every sweep does. */
export async function deleteParts(db: Kysely<Tables>, ids: readonly PartId[]): Promise<void> {
  if (ids.length > 0) await db.deleteFrom("part").where("id", "in", ids.map(partBytes)).execute();
}

/**
 * Writes a day's parts anew in the given order, in one transaction, as `shuffleDay` does reports: then place and
 * transaction number no longer tell which parts came one after the other, and so belong together. Follow it with `tidy`.
 *
 * @throws Fault `store.unavailable`: nothing changed. `bug` when `order` drops or repeats a row: nothing changed.
 */
export function shuffleParts(db: Kysely<Tables>, day: UnixDay, order: Order): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const rows = await trx.selectFrom("part").select("id").where("day", "=", day).forUpdate().execute();
    await writeAnew(trx, "part", ["id", "day", "sealed"], inOrder(rows, order));
  });
}

function partBytes(id: PartId): Uint8Array {
  const bytes = fromBase64url(id);
  if (bytes?.length !== 16) throw new Fault("bug");
  return bytes;
}
