import type { CaseEventHash, Door, DoorHash, Sealed } from "../base/brand.ts";
import { concat, hex, utf8 } from "../base/bytes.ts";
import { addDays, dayOf, quarterEnd, type Clock, type UnixDay } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import type { CaseState } from "../envelope/case-act.ts";
import { auditObject, isSignedAct } from "../envelope/audit.ts";
import { hashDoor } from "../envelope/door.ts";
import { sha256 } from "../envelope/hash.ts";
import { shapeOf } from "../envelope/shape.ts";
import { deskReviewers, mayReview, type Desk, type Reviewer, type Roster } from "../roster/roster.ts";
import { desksBehind, findAsides, findCase, findCases, postCaseEvent } from "../store/case.ts";
import type { AsideMark, CasePosted, StoredCase } from "../store/case.ts";
import type { Store } from "../store/open.ts";
import { appendAudit } from "./audit.ts";
import { deadlineDays } from "./offer.ts";

/** What the core answers about cases from. */
export interface CaseRoom {
  readonly store: Store;
  readonly roster: () => Roster;
  readonly clock: Clock;
}

/** A case this reviewer may touch; `stored` is null before the first event. */
export interface CaseAtDesk {
  readonly door: Door;
  readonly doorHash: DoorHash;
  readonly desk: Desk;
  readonly receivedDay: UnixDay;
  readonly stored: StoredCase | null;
}

/**
 * The case behind a door, or null for whoever may not see it, for whatever reason: no such door, another desk's, or one
 * the reviewer stepped aside from. Nobody learns which.
 */
export async function caseBehind(room: CaseRoom, reviewer: Reviewer, door: Door): Promise<CaseAtDesk | null> {
  const doorHash = hashDoor(door);
  const { db } = room.store;
  const [stored, behind] = await Promise.all([findCase(db, doorHash), desksBehind(db, doorHash)]);
  const desk = desksOf(room, reviewer).find(({ id }) =>
    stored === null ? behind.some((one) => one.desk === id) : stored.desk === id,
  );
  if (desk === undefined || (await findAsides(db, [asideMark(door, reviewer)])).length > 0) return null;
  const receivedDay = behind.find((one) => one.desk === desk.id)?.receivedDay ?? today(room);
  return { door, doorHash, desk, receivedDay, stored };
}

/** For each door its case, or null where there is none or `caseBehind` would show none. */
export async function casesBehind(
  room: CaseRoom,
  reviewer: Reviewer,
  doors: readonly Door[],
): Promise<readonly (StoredCase | null)[]> {
  const desks = desksOf(room, reviewer).map(({ id }) => id);
  const marks = doors.map((door) => asideMark(door, reviewer));
  const { db } = room.store;
  const [cases, asides] = await Promise.all([findCases(db, doors.map(hashDoor)), findAsides(db, marks)]);
  const byDoor = new Map(cases.map((one) => [hex(one.doorHash), one]));
  const stepped = new Set(asides.map(hex));
  return doors.map((door, index) => {
    const found = byDoor.get(hex(hashDoor(door)));
    const isOpenTo = found !== undefined && desks.includes(found.desk) && !stepped.has(hex(marks[index]!));
    return isOpenTo ? found : null;
  });
}

/** What a reviewer hands in. */
export interface NewCaseEvent {
  readonly hash: CaseEventHash;
  readonly after: CaseEventHash | null;
  readonly state: CaseState;
  readonly stepsAside: boolean;
  readonly sealed: Sealed;
  /** The reviewer's, for the audit: over `auditObject(hash, door)`. */
  readonly auditSignature: Uint8Array;
}

/**
 * Appends an event to a case. It must be sealed to as many as the desk has today, so that nobody who left reads on and
 * no exclusion shows.
 *
 * Throws `envelope.shape`, `case.malformed` when the audit's signature is not the reviewer's, or as `postCaseEvent`.
 */
export async function appendCaseEvent(
  room: CaseRoom,
  reviewer: Reviewer,
  { door, doorHash, desk, receivedDay }: CaseAtDesk,
  event: NewCaseEvent,
): Promise<CasePosted> {
  const roster = room.roster();
  if (shapeOf(event.sealed)?.stanzas !== deskReviewers(roster, desk).length) throw new Fault("envelope.shape");
  const { hash, after, state, sealed, auditSignature: signature } = event;
  const act = { action: "caseEvent", object: auditObject(hash, door) } as const;
  const signed = { ...act, instance: roster.instance, reviewer: reviewer.id };
  if (!isSignedAct(reviewer.verifier.publicKey, signed, signature)) throw new Fault("case.malformed");
  const post = {
    doorHash,
    desk: desk.id,
    hash,
    after,
    state,
    sealed,
    aside: event.stepsAside ? asideMark(door, reviewer) : null,
    acknowledgeDay: addDays(receivedDay, deadlineDays.acknowledge),
    answerDay: addDays(receivedDay, deadlineDays.answer),
    endsDay: state === "closed" ? eventsEndDay(today(room)) : null,
  };
  return postCaseEvent(room.store.db, post, async (trx) => {
    await appendAudit(trx, { ...act, actor: reviewer.id, signature }, room.clock);
  });
}

/** When the events of a case closed on this day die: 30 days later, or 15 after the quarter's end if that is later. */
export function eventsEndDay(closedDay: UnixDay): UnixDay {
  const afterClosing = addDays(closedDay, 30);
  const afterQuarter = addDays(quarterEnd(closedDay), 15);
  return afterClosing > afterQuarter ? afterClosing : afterQuarter;
}

function desksOf(room: CaseRoom, reviewer: Reviewer): readonly Desk[] {
  if (!mayReview(reviewer, today(room))) return [];
  return room.roster().desks.filter((desk) => desk.reviewers.includes(reviewer.id));
}

function today({ clock }: CaseRoom): UnixDay {
  return dayOf(clock.nowMs());
}

/** Whoever has the tables has no door, and cannot try the few names there are. */
function asideMark(door: Door, reviewer: Reviewer): AsideMark {
  return sha256(concat(utf8("gundo/aside/v1\n"), door, utf8(reviewer.id)));
}
