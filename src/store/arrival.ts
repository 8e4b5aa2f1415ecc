import { sql, type Kysely } from "kysely";
import type { DeskId, DoorHash, ReportId, Sealed } from "../base/brand.ts";
import type { UnixDay } from "../base/clock.ts";
import { codeOf, Fault } from "../base/fault.ts";
import type { SizeClass } from "../envelope/pad.ts";
import { idBytes, idOf } from "./bytes.ts";
import { dated } from "./sweep-day.ts";
import { markSeen, type Seen } from "./seen.ts";
import type { Tables } from "./tables.ts";

/** One sealed report on its way in (triage.md, One way in). */
export interface Arrival {
  readonly desk: DeskId;
  readonly sealed: Sealed;
  readonly doorHash: DoorHash;
  readonly receivedDay: UnixDay;
  readonly sizeClass: SizeClass;
  /** Absent for what has no provider's id. */
  readonly seen?: Seen;
}

/**
 * Stores an arrival, once. Resolves when it is on disk; `seen` when the same message was stored before or is being
 * stored by somebody else who then succeeds; `other` as `markSeen`, and nothing is kept.
 *
 * @throws Fault `store.unavailable`: it may or may not be stored, and a repeat with the same `seen` settles it.
 */
export async function insertArrival(db: Kysely<Tables>, arrival: Arrival): Promise<"stored" | "seen" | "other"> {
  try {
    return await db.transaction().execute((trx) => insertOnce(trx, arrival));
  } catch (error) {
    if (codeOf(error) === "request.keyReused") return "other";
    throw error;
  }
}

/** Throws `request.keyReused`, so that nothing of it is kept. */
async function insertOnce(trx: Kysely<Tables>, arrival: Arrival): Promise<"stored" | "seen"> {
  const marked = arrival.seen === undefined ? "new" : await markSeen(trx, arrival.seen);
  if (marked === "other") throw new Fault("request.keyReused");
  if (marked === "seen") return "seen";
  await trx
    .insertInto("arrival")
    .values({
      desk: arrival.desk,
      received_day: dated(arrival.receivedDay),
      size_class: arrival.sizeClass,
      door_hash: arrival.doorHash,
      sealed: arrival.sealed,
    })
    .execute();
  return "stored";
}

/** The table as the one way in knows it. */
export function arrivalStore(db: Kysely<Tables>): {
  readonly insertArrival: (arrival: Arrival) => ReturnType<typeof insertArrival>;
} {
  return { insertArrival: (arrival) => insertArrival(db, arrival) };
}

/** How many arrivals wait for the mix. */
export async function countArrivals(db: Kysely<Tables>): Promise<number> {
  const count = sql<number>`count(*)::integer`.as("count");
  return (await db.selectFrom("arrival").select(count).execute())[0]?.count ?? 0;
}

export interface Mixing {
  /** A random order of what it is given, whole: `(rows) => shuffled(chance, rows)`. */
  readonly shuffle: <Row>(rows: readonly Row[]) => readonly Row[];
  readonly newId: () => ReportId;
  /** Rows at most; all that wait unless told. */
  readonly limit?: number;
}

// Any fixed number serves; it only must not be another room's.
const mixLock = 0x6d_69_78;

/**
 * Moves waiting arrivals into `report` under new ids, written in the shuffled order, in one transaction: none is lost
 * or doubled, whatever dies and however many mixers run (the second waits, then takes what is left). Resolves with the
 * new ids in that order. Follow it with `tidy`.
 *
 * @throws Fault `store.unavailable`: nothing moved. `bug` when `shuffle` drops or repeats a row: nothing moved.
 */
export function moveArrivals(db: Kysely<Tables>, { shuffle, newId, limit }: Mixing): Promise<readonly ReportId[]> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${mixLock})`.execute(trx);
    const waiting = trx.selectFrom("arrival").select("id");
    const rows = await (limit === undefined ? waiting : waiting.limit(limit)).execute();
    const order = shuffle(rows);
    if (order.length !== rows.length || new Set(order).size !== rows.length) throw new Fault("bug");
    const ids = order.map(() => newId());
    await moveInOrder(
      trx,
      order.map(({ id }) => id),
      ids,
    );
    return ids;
  });
}

async function moveInOrder(trx: Kysely<Tables>, from: readonly Uint8Array[], to: readonly ReportId[]): Promise<void> {
  const { rows } = await sql<{ id: Uint8Array }>`
    with moved as (
      delete from arrival where id = any(${from}::bytea[])
      returning id, desk, received_day, size_class, door_hash, sealed
    )
    insert into report (id, desk, received_day, size_class, door_hash, sealed)
    select placed.new_id, moved.desk, moved.received_day, moved.size_class, moved.door_hash, moved.sealed
    from unnest(${from}::bytea[], ${to.map(idBytes)}::bytea[]) with ordinality as placed (old_id, new_id, position)
    join moved on moved.id = placed.old_id
    order by placed.position
    returning id`.execute(trx);
  if (rows.some(({ id }, index) => idOf(id) !== to[index]) || rows.length !== to.length) throw new Fault("bug");
}
