import type { Kysely, Transaction } from "kysely";
import type { CaseEventHash, DeskId, DoorHash, Sealed } from "../base/brand.ts";
import type { UnixDay } from "../base/clock.ts";
import type { CaseState } from "../envelope/case-act.ts";
import { plainBytes } from "./bytes.ts";
import type { Tables } from "./tables.ts";

/** All that the core knows of a case besides its sealed events (triage.md, The case). */
export interface StoredCase {
  readonly doorHash: DoorHash;
  readonly desk: DeskId;
  /** By the word of whoever posted the last event; readers check it. */
  readonly state: CaseState;
  /** Hash of the last event, by the same word. */
  readonly head: CaseEventHash;
  /** How many events there ever were. */
  readonly seq: number;
  readonly acknowledgeDay: UnixDay;
  readonly answerDay: UnixDay;
}

/** 32 bytes that only who has both door and name can make: no table says who stepped aside. */
export type AsideMark = Uint8Array;

export interface CasePost {
  readonly doorHash: DoorHash;
  readonly desk: DeskId;
  readonly hash: CaseEventHash;
  /** The last event its author knows of; null for the first. */
  readonly after: CaseEventHash | null;
  readonly state: CaseState;
  readonly sealed: Sealed;
  /** Whoever steps aside with it, or null. */
  readonly aside: AsideMark | null;
  /** Kept from the first event on. */
  readonly acknowledgeDay: UnixDay;
  readonly answerDay: UnixDay;
  /** When a closed case's events die; null unless it is closed. */
  readonly endsDay: UnixDay | null;
}

export type CasePosted =
  | { readonly outcome: "stored" | "already" }
  /** Somebody was first; null when there is no case. */
  | { readonly outcome: "conflict"; readonly head: CaseEventHash | null };

/** More that happens in the transaction of a post, such as its row in the audit. */
export type Alongside = (trx: Transaction<Tables>) => Promise<void>;

/**
 * Appends one event. Of two that follow the same one, one is stored and the other is a conflict; the same event again
 * changes nothing, and nothing happens alongside.
 *
 * @throws Fault `store.unavailable`: it may or may not be stored, and a repeat settles it.
 */
export function postCaseEvent(db: Kysely<Tables>, post: CasePost, alongside?: Alongside): Promise<CasePosted> {
  return db.transaction().execute(async (trx) => {
    const seq = post.after === null ? await beginCase(trx, post) : await moveCase(trx, post, post.after);
    if (seq === null) return await whyNot(trx, post);
    const { doorHash: door_hash, hash, sealed } = post;
    await trx.insertInto("case_event").values({ door_hash, seq, hash, sealed }).execute();
    if (post.aside !== null)
      await trx
        .insertInto("case_aside")
        .values({ door_hash, mark: post.aside })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    await alongside?.(trx);
    return { outcome: "stored" };
  });
}

async function beginCase(trx: Kysely<Tables>, post: CasePost): Promise<number | null> {
  const row = {
    door_hash: post.doorHash,
    desk: post.desk,
    state: post.state,
    head: post.hash,
    seq: 1,
    acknowledge_day: post.acknowledgeDay,
    answer_day: post.answerDay,
    ends_day: post.endsDay,
    touched: true,
  };
  const [result] = await trx
    .insertInto("case")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return result?.numInsertedOrUpdatedRows === 1n ? row.seq : null;
}

async function moveCase(trx: Kysely<Tables>, post: CasePost, after: CaseEventHash): Promise<number | null> {
  const [moved] = await trx
    .updateTable("case")
    .set((row) => ({
      head: post.hash,
      state: post.state,
      ends_day: post.endsDay,
      seq: row("seq", "+", 1),
      touched: true,
    }))
    .where("door_hash", "=", post.doorHash)
    .where("head", "=", after)
    .returning("seq")
    .execute();
  return moved?.seq ?? null;
}

async function whyNot(trx: Kysely<Tables>, { doorHash, hash }: CasePost): Promise<CasePosted> {
  const known = trx.selectFrom("case_event").select("seq").where("door_hash", "=", doorHash).where("hash", "=", hash);
  if ((await known.execute()).length > 0) return { outcome: "already" };
  return { outcome: "conflict", head: (await findCase(trx, doorHash))?.head ?? null };
}

/** The case behind this door, or null when nobody posted an event yet. */
export async function findCase(db: Kysely<Tables>, doorHash: DoorHash): Promise<StoredCase | null> {
  const [row] = await db.selectFrom("case").selectAll().where("door_hash", "=", doorHash).execute();
  return row === undefined ? null : caseOf(row);
}

/** Those of these cases that exist, in no order. */
export async function findCases(db: Kysely<Tables>, doors: readonly DoorHash[]): Promise<readonly StoredCase[]> {
  if (doors.length === 0) return [];
  return (await db.selectFrom("case").selectAll().where("door_hash", "in", doors).execute()).map(caseOf);
}

/** Those of these marks that are there: each is of one reviewer and one case. */
export async function findAsides(db: Kysely<Tables>, marks: readonly AsideMark[]): Promise<readonly AsideMark[]> {
  if (marks.length === 0) return [];
  const found = await db.selectFrom("case_aside").select("mark").where("mark", "in", marks).execute();
  return found.map(({ mark }) => plainBytes(mark));
}

export interface StoredCaseEvent {
  /** From 1; the first left is later once earlier events are destroyed. */
  readonly seq: number;
  readonly sealed: Sealed;
}

/** Events after this number, in order, at most `limit`. */
export async function listCaseEvents(
  db: Kysely<Tables>,
  { doorHash, after, limit }: { readonly doorHash: DoorHash; readonly after: number; readonly limit: number },
): Promise<readonly StoredCaseEvent[]> {
  const query = db.selectFrom("case_event").select(["seq", "sealed"]).where("door_hash", "=", doorHash);
  const rows = await query.where("seq", ">", after).orderBy("seq").limit(limit).execute();
  return rows.map(({ seq, sealed }) => ({ seq, sealed: plainBytes(sealed) as Sealed }));
}

/** Desks that hold a report with this door, and the day of the oldest: a re-sealed one has the same door. */
export async function desksBehind(
  db: Kysely<Tables>,
  doorHash: DoorHash,
): Promise<readonly { readonly desk: DeskId; readonly receivedDay: UnixDay }[]> {
  const rows = await db
    .selectFrom("report")
    .select((row) => ["desk", row.fn.min("received_day").as("day")])
    .where("door_hash", "=", doorHash)
    .groupBy("desk")
    .execute();
  return rows.map(({ desk, day }) => ({ desk: desk as DeskId, receivedDay: day as UnixDay }));
}

function caseOf(row: Tables["case"]): StoredCase {
  return {
    doorHash: plainBytes(row.door_hash) as DoorHash,
    desk: row.desk as DeskId,
    state: row.state,
    head: plainBytes(row.head) as CaseEventHash,
    seq: row.seq,
    acknowledgeDay: row.acknowledge_day as UnixDay,
    answerDay: row.answer_day as UnixDay,
  };
}
