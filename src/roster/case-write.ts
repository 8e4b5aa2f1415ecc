import type { CaseEventHash, Door, Sealed } from "../base/brand.ts";
import { base64url, equal } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import type { UnixDay } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { auditObject, signAct } from "../envelope/audit.ts";
import type { CaseAct, CaseState } from "../envelope/case-act.ts";
import { decodeCaseEvent, noEventBefore, signCaseEvent, type CaseEventBody } from "../envelope/case-event.ts";
import { hashDoor } from "../envelope/door.ts";
import { encodeFrame } from "../envelope/frame.ts";
import { seal } from "../envelope/seal.ts";
import { bodiesOf, historiesOf } from "./case-history.ts";
import { readCase, type Case, type CaseRecord } from "./case.ts";
import { doorOf, type Conversation, type DatedMessage } from "./conversation.ts";
import type { Keys } from "./identity.ts";
import { caseRecipients } from "./readers.ts";
import type { Desk, RosterBody } from "./roster.ts";

/** A case as a reader knows it, and what they know it from. */
export interface ReadCase {
  readonly record: CaseRecord;
  /** Today's first, then former ones. */
  readonly rosters: readonly RosterBody[];
  readonly known: Case;
}

/** Who writes, and when. */
export interface CaseWriter {
  readonly roster: RosterBody;
  readonly keys: Keys;
  readonly today: UnixDay;
  readonly chance: Chance;
}

/** A conversation of a desk. */
export type CaseConversation = Conversation<DatedMessage & { readonly desk: Desk }>;

/** One event as it is posted. */
export interface EventPost {
  readonly door: Door;
  readonly hash: CaseEventHash;
  /** Null for the first. */
  readonly after: CaseEventHash | null;
  readonly state: CaseState;
  readonly stepsAside: boolean;
  readonly sealed: Sealed;
  readonly auditSignature: Uint8Array;
}

/**
 * What an act brings along: follow-ups that no event names yet are linked, once, and one to a closed case opens it again.
 * The act itself is last.
 */
export function actsDue({ later }: CaseConversation, { known }: ReadCase, act: CaseAct): readonly CaseAct[] {
  if (act.kind === "aside" || act.kind === "history") return [act];
  const doors = later.map(({ message }) => hashDoor(doorOf(message)));
  const fresh = doors.filter((door) => !known.links.some((link) => equal(link, door)));
  if (fresh.length === 0) return [act];
  const link: CaseAct = { kind: "link", doors: fresh.slice(0, mostLinkedAtOnce) };
  if (known.state !== "closed") return [link, act];
  return act.kind === "reopen" ? [act] : [{ kind: "reopen", text: followUpText }, link, act];
}

const mostLinkedAtOnce = 64;
const followUpText = "follow-up";

/**
 * One event, signed and sealed to whoever may read the case after it, and the case with it.
 *
 * Throws `case.order` when the case does not allow it, `envelope.tooFewReaders`.
 */
export function writeEvent(
  { roster, keys, today, chance }: CaseWriter,
  { first: { desk, message } }: CaseConversation,
  { record, rosters, known }: ReadCase,
  act: CaseAct,
): { readonly post: EventPost; readonly after: ReadCase } {
  const { door, exclude } = message.report;
  const doorHash = hashDoor(door);
  const place = { author: keys.id, previous: record.head ?? noEventBefore, day: today, nonce: chance.bytes(16) };
  const body = signCaseEvent(act, place, { instance: roster.instance, doorHash }, keys.signing);
  const { hash } = decodeCaseEvent(body);
  const grown = { bodies: [...record.bodies, body], first: record.first, head: hash };
  const after = readCase(grown, rosters, { doorHash, desk: desk.id });
  // Whatever was wrong before stays wrong; what is new is ours, and the others would refuse it. What this reader saw once
  // and the server shows no more is not in the chain.
  const wrongBefore = known.problems.filter(({ problem }) => problem !== "rolledBack");
  if (after.problems.length > wrongBefore.length) throw new Fault("case.order");
  const readers = caseRecipients(roster, desk, { exclude, aside: after.aside }, today, chance);
  const audited = { reviewer: keys.id, action: "caseEvent", object: auditObject(hash, door) } as const;
  const post = {
    door,
    hash,
    after: record.head,
    state: after.state,
    stepsAside: act.kind === "aside",
    sealed: seal(readers, encodeFrame({ kind: "caseEvent", body }), chance),
    auditSignature: signAct(keys.signing, { instance: roster.instance, ...audited }),
  };
  return { post, after: { record: grown, rosters, known: after } };
}

/** What an event's post says beside its sealed bytes. */
export function eventHeaders(post: EventPost): Readonly<Record<string, string>> {
  return {
    "content-type": "application/age",
    "gundo-door": base64url(post.door),
    "gundo-event-hash": base64url(post.hash),
    "gundo-case-state": post.state,
    "gundo-audit-signature": base64url(post.auditSignature),
    ...(post.after === null ? { "if-none-match": "*" } : { "if-match": `"${base64url(post.after)}"` }),
    ...(post.stepsAside && { "gundo-aside": "1" }),
  };
}

/** Acts that hand a case's events on to today's desk; none when that was done for the roster of this serial. */
export function handOnActs({ record, known }: ReadCase, serial: number): readonly CaseAct[] {
  if (historySerial(known) === serial) return [];
  const bodies = bodiesOf(record.bodies).filter((body): body is CaseEventBody => body !== null);
  return historiesOf(bodies, serial).map((history) => ({ kind: "history", history }));
}

/** The roster to whose desk the last whole history was sealed, or null. */
export function historySerial({ timeline }: Case): number | null {
  const last = timeline.findLast(({ event: { act } }) => act.kind === "history" && act.history?.more === false);
  return last?.event.act.kind === "history" ? (last.event.act.history?.serial ?? null) : null;
}
