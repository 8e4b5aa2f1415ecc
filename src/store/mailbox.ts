import { sql, type Kysely } from "kysely";
import type { Sealed } from "../base/brand.ts";
import type { UnixDay } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { plainBytes } from "./bytes.ts";
import { dated } from "./sweep-day.ts";
import { inOrder, writeAnew, type Order } from "./shuffle.ts";
import type { Tables } from "./tables.ts";

/** An answer on its way in (triage.md, queue mailbox). */
export interface HeldAnswer {
  /** 16 bytes. */
  readonly id: Uint8Array;
  readonly day: UnixDay;
  readonly sealed: Sealed;
}

/** Stores an answer until the next release; the same one again changes nothing. Resolves when it is on disk. */
async function holdAnswer(db: Kysely<Tables>, { id, day, sealed }: HeldAnswer): Promise<void> {
  await db
    .insertInto("mailbox_held")
    .values({ mailbox_id: id, day: dated(day), sealed })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
}

/**
 * Released files of a mailbox, newest day first. Within a day the order is drawn anew each time: of more files than are
 * asked for none stays out of reach for ever, and nothing is told of which came first.
 */
async function newestAnswers(db: Kysely<Tables>, id: Uint8Array, limit: number): Promise<readonly Sealed[]> {
  const rows = await db
    .selectFrom("mailbox_message")
    .select("sealed")
    .where("mailbox_id", "=", id)
    .orderBy("day", "desc")
    .orderBy(sql`random()`)
    .limit(limit)
    .execute();
  return rows.map(({ sealed }) => plainBytes(sealed) as Sealed);
}

/**
 * Deletes what a mailbox holds, waiting or released. Waiting ones go first: one that is being released then is waited
 * for, and found among the released.
 */
async function forgetMailbox(db: Kysely<Tables>, id: Uint8Array): Promise<void> {
  await db.deleteFrom("mailbox_held").where("mailbox_id", "=", id).execute();
  await db.deleteFrom("mailbox_message").where("mailbox_id", "=", id).execute();
}

/** What the mailboxes of a process stand on (intake, `MailboxStore`). */
export function mailboxStore(db: Kysely<Tables>) {
  return {
    hold: (answer: HeldAnswer) => holdAnswer(db, answer),
    newest: (id: Uint8Array, limit: number) => newestAnswers(db, id, limit),
    forget: (id: Uint8Array) => forgetMailbox(db, id),
  };
}

/** How many answers wait for their release. */
export async function countHeld(db: Kysely<Tables>): Promise<number> {
  const count = sql<number>`count(*)::integer`.as("count");
  return (await db.selectFrom("mailbox_held").select(count).execute())[0]?.count ?? 0;
}

interface Release {
  /** A random order of what it is given, whole: `(rows) => shuffled(chance, rows)`. */
  readonly shuffle: Order;
  /** 16 random bytes. */
  readonly newId: () => Uint8Array;
  /** Files that nobody can open, each for a mailbox that nobody has; given how many real ones go out. */
  readonly decoys: (waiting: number) => readonly Omit<HeldAnswer, "day">[];
  /** What all of a release are dated to, so that no day tells a decoy. */
  readonly day: UnixDay;
}

// Any fixed number serves; it only must not be another room's.
const releaseLock = 0x6d_62_78;

/**
 * Moves waiting answers into `mailbox_message` under new ids, decoys among them, written in the shuffled order, in one
 * transaction: none is lost or doubled, whatever dies and however many release at once. Resolves with how many were
 * real. Follow it with `tidy`.
 *
 * @throws Fault `store.unavailable`: nothing moved. `bug` when `shuffle` drops or repeats a row: nothing moved.
 */
export function releaseAnswers(db: Kysely<Tables>, { shuffle, newId, decoys, day }: Release): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${releaseLock})`.execute(trx);
    // Locked, so that whoever forgets a mailbox waits for the end of this and finds its answers released.
    const waiting = await trx.selectFrom("mailbox_held").select("id").forUpdate().execute();
    const rows = [...waiting, ...(await holdDecoys(trx, decoys(waiting.length), day))];
    const order = shuffle(rows);
    if (order.length !== rows.length || new Set(order).size !== rows.length) throw new Fault("bug");
    await moveInOrder(
      trx,
      order.map(({ id }) => id),
      order.map(() => newId()),
      day,
    );
    return waiting.length;
  });
}

/** They go the way of the others, so that nothing in the table they end in tells them. */
async function holdDecoys(
  trx: Kysely<Tables>,
  decoys: readonly Omit<HeldAnswer, "day">[],
  day: UnixDay,
): Promise<readonly { readonly id: Uint8Array }[]> {
  if (decoys.length === 0) return [];
  const rows = decoys.map(({ id, sealed }) => ({ mailbox_id: id, day, sealed }));
  return trx.insertInto("mailbox_held").values(rows).returning("id").execute();
}

/**
 * Writes a day's released files anew in the given order, in one transaction, as `shuffleDay` does reports: then place and
 * transaction number no longer tell which hour's release a file was of. Follow it with `tidy`.
 *
 * @throws Fault `store.unavailable`: nothing changed. `bug` when `order` drops or repeats a row: nothing changed.
 */
export function shuffleAnswers(db: Kysely<Tables>, day: UnixDay, order: Order): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const rows = await trx.selectFrom("mailbox_message").select("id").where("day", "=", day).forUpdate().execute();
    await writeAnew(trx, "mailbox_message", ["id", "mailbox_id", "day", "sealed"], inOrder(rows, order));
  });
}

async function moveInOrder(
  trx: Kysely<Tables>,
  from: readonly Uint8Array[],
  to: readonly Uint8Array[],
  day: UnixDay,
): Promise<void> {
  const { numAffectedRows } = await sql`
    with moved as (
      delete from mailbox_held where id = any(${from}::bytea[]) returning id, mailbox_id, sealed
    )
    insert into mailbox_message (id, mailbox_id, day, sealed)
    select placed.new_id, moved.mailbox_id, ${dated(day)}, moved.sealed
    from unnest(${from}::bytea[], ${to}::bytea[]) with ordinality as placed (old_id, new_id, position)
    join moved on moved.id = placed.old_id
    order by placed.position`.execute(trx);
  if (numAffectedRows !== BigInt(from.length)) throw new Fault("bug");
}
