import { sql, type Kysely } from "kysely";
import type { OrderId, Sealed } from "../base/brand.ts";
import { fromHex, hex } from "../base/bytes.ts";
import type { UnixDay } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { plainBytes } from "./bytes.ts";
import { sqlStateOf } from "./scrub.ts";
import { dated } from "./sweep-day.ts";
import type { OutboxState, Tables } from "./tables.ts";

/** An order as it came: nobody in the store knows whose, nor to whom. */
export interface NewOrder {
  readonly id: OrderId;
  readonly day: UnixDay;
  readonly sealed: Sealed;
}

/** A flood of orders, which anybody may post, fills no disk; each that is none goes at the next tick. */
const mostWaiting = 1_000;

/** Stores an order durably. @throws Fault `limit.reached` when too many wait already, `store.unavailable`. */
export async function insertOrder(db: Kysely<Tables>, { id, day, sealed }: NewOrder): Promise<void> {
  const { numAffectedRows } = await sql`
    insert into outbox (id, day, state, sealed)
    select ${idBytes(id)}, ${dated(day)}, 'waiting', ${sealed}
    where (select count(*) from outbox where state = 'waiting') < ${mostWaiting}`.execute(db);
  if (numAffectedRows !== 1n) throw new Fault("limit.reached");
}

/** Orders that wait to be sent, in no order that means anything. */
export async function waitingOrders(db: Kysely<Tables>): Promise<readonly OrderId[]> {
  const rows = await db.selectFrom("outbox").select("id").where("state", "=", "waiting").orderBy("id").execute();
  return rows.map(({ id }) => hex(id) as OrderId);
}

export interface StoredOrder {
  readonly state: OutboxState;
  /** Null once it has come to an end. */
  readonly sealed: Sealed | null;
}

export async function findOrder(db: Kysely<Tables>, id: OrderId): Promise<StoredOrder | null> {
  const [row] = await db.selectFrom("outbox").select(["state", "sealed"]).where("id", "=", idBytes(id)).execute();
  if (row === undefined) return null;
  return { state: row.state, sealed: row.sealed === null ? null : (plainBytes(row.sealed) as Sealed) };
}

const uniqueViolation = "23505";

/**
 * Commits that the order is about to be sent, before anything is: whoever finds it so later must not send it again.
 * `repeated`: another order went out, or may have, with the same `onceHash`. `gone`: it does not wait any more.
 */
export async function beginSending(
  db: Kysely<Tables>,
  id: OrderId,
  onceHash: Uint8Array,
): Promise<"begun" | "repeated" | "gone"> {
  const query = db.updateTable("outbox").set({ state: "sending", once_hash: onceHash });
  try {
    const [result] = await query.where("id", "=", idBytes(id)).where("state", "=", "waiting").execute();
    return result?.numUpdatedRows === 1n ? "begun" : "gone";
  } catch (error) {
    if (sqlStateOf(error) === uniqueViolation) return "repeated";
    throw error;
  }
}

/** Surely not sent: it waits again. Nothing happens to an order that is not being sent. */
export async function waitAgain(db: Kysely<Tables>, id: OrderId): Promise<void> {
  const query = db.updateTable("outbox").set({ state: "waiting" });
  await query.where("id", "=", idBytes(id)).where("state", "=", "sending").execute();
}

/** An order's end: its sealed bytes are wiped. `sent` may come after `maybe`, from a call that was given up too soon. */
export async function endOrder(
  db: Kysely<Tables>,
  id: OrderId,
  end: { readonly state: "sent"; readonly messageHash: Uint8Array | null } | { readonly state: "refused" | "maybe" },
): Promise<void> {
  const messageHash = end.state === "sent" ? end.messageHash : null;
  const from: readonly OutboxState[] = end.state === "sent" ? ["sending", "maybe"] : ["waiting", "sending"];
  const query = db.updateTable("outbox").set({ state: end.state, sealed: null, message_hash: messageHash });
  await query.where("id", "=", idBytes(id)).where("state", "in", from).execute();
}

/** What a relay that died left behind: nobody knows whether it was sent. Resolves with how many there were. */
export async function endLeftSending(db: Kysely<Tables>): Promise<number> {
  const query = db.updateTable("outbox").set({ state: "maybe", sealed: null }).where("state", "=", "sending");
  return Number((await query.execute())[0]?.numUpdatedRows ?? 0n);
}

/** For what turned out to be no order. */
export async function discardOrder(db: Kysely<Tables>, id: OrderId): Promise<void> {
  await db.deleteFrom("outbox").where("id", "=", idBytes(id)).execute();
}

/** A delivery report on a message that was sent; of others nothing is known, and nothing happens. */
export async function reportDelivery(
  db: Kysely<Tables>,
  messageHash: Uint8Array,
  state: "delivered" | "failed",
): Promise<void> {
  const query = db.updateTable("outbox").set({ state }).where("message_hash", "=", messageHash);
  await query.where("state", "in", ["sent", "failed"]).execute();
}

function idBytes(id: OrderId): Uint8Array {
  const bytes = fromHex(id);
  if (bytes?.length !== 16) throw new Fault("bug");
  return bytes;
}
