import { equal, utf8 } from "../../base/bytes.ts";
import { addDays, dayOf, msPerDay, type UnixDay, type UnixMs } from "../../base/clock.ts";
import { codeOf, Fault, type FaultCode } from "../../base/fault.ts";
import { sha256 } from "../../envelope/hash.ts";
import { parseAnchors, parseRosterText } from "../parse.ts";
import { checkRules } from "../rules.ts";
import type { Anchors, Desk, Reviewer, Roster, RosterBody } from "../roster.ts";
import { anchorsText, rosterText } from "../text.ts";
import { graceDays } from "../verify.ts";
import type { Enrolment } from "./enrolment.ts";
import { textOf } from "./file.ts";
import type { ServerKeys } from "./server.ts";

/** How long a roster is good for: reviewers renew their keys every six months (envelope.md, Roster). */
const rosterDays = 183;

/** Somebody of a board, by their enrolment and the name everybody knows them by. */
export interface BoardMember {
  readonly enrolment: Enrolment;
  readonly name: string;
}

/** A board's first anchors. Throws `anchors.malformed` for two of one name or key, or a threshold past the board. */
export function firstAnchors(
  instance: string,
  members: readonly BoardMember[],
  threshold: number,
  serial = 1,
): Anchors {
  const board = members.map(({ enrolment: { id, verifier, recipient }, name }) => ({ id, name, verifier, recipient }));
  return parseAnchors(utf8(anchorsText({ instance, board, threshold, serial })));
}

/** The first roster of an instance, nobody in it yet. Throws `roster.details`. */
export function firstDraft(
  instance: string,
  server: ServerKeys,
  desks: readonly Pick<Desk, "id" | "name" | "places">[],
  nowMs: UnixMs,
): RosterBody {
  return checkedDraft({
    instance,
    serial: 1,
    previous: new Uint8Array(32),
    ...termFrom(nowMs),
    reviewers: [],
    desks: desks.map((desk) => ({ ...desk, reviewers: [], approvals: 2 })),
    oprf: { current: server.oprf, previous: null },
    relay: server.relay,
    checkpoint: server.checkpoint,
  });
}

/** What follows the roster in force, the same people in it. */
export function nextDraft(former: Roster, nowMs: UnixMs): RosterBody {
  const { noteHash, ...body } = former;
  return { ...body, serial: former.serial + 1, previous: noteHash, ...termFrom(nowMs) };
}

function termFrom(nowMs: UnixMs): Pick<RosterBody, "issuedMs" | "expiresMs"> {
  const issuedMs = (nowMs - (nowMs % 1000)) as UnixMs;
  return { issuedMs, expiresMs: (issuedMs + rosterDays * msPerDay) as UnixMs };
}

/**
 * The last day of service that a board gives unless it names another: service outlasts the roster by its grace, or a
 * roster that has just expired would be sealed to nobody.
 */
export function lastServiceDay(draft: RosterBody): UnixDay {
  return addDays(dayOf(draft.expiresMs), graceDays);
}

/** Who stops serving before the roster and its grace are over: from then on nothing is sealed to them. */
export function servingShort(draft: RosterBody): readonly Reviewer[] {
  return draft.reviewers.filter(({ until }) => until < lastServiceDay(draft));
}

/** The draft's file. */
export function draftBytes(body: RosterBody): Uint8Array {
  return utf8(rosterText(body));
}

/** The body of a draft or of a note nobody verified: to be shown or worked on. Throws `note.malformed`, `roster.malformed`. */
export function parseDraft(file: Uint8Array): RosterBody {
  return parseRosterText(textOf(file).text);
}

/**
 * The body of a draft that follows what is published, to be worked on.
 *
 * Throws `roster.instance` or `roster.link` when it does not; `roster.malformed` for a note that was signed already.
 */
export function followingDraft(file: Uint8Array, anchors: Anchors, published: Roster | null): RosterBody {
  if (textOf(file).isNote) throw new Fault("roster.malformed");
  const draft = parseDraft(file);
  const previous = published?.noteHash ?? new Uint8Array(32);
  if (draft.instance !== anchors.instance) throw new Fault("roster.instance");
  if (draft.serial !== (published?.serial ?? 0) + 1 || !equal(draft.previous, previous)) throw new Fault("roster.link");
  return draft;
}

/** The note among these that this roster names as the one before, or null; nothing of it is verified. */
export function predecessorAmong(notes: readonly Uint8Array[], body: RosterBody): RosterBody | null {
  const found = notes.find((note) => equal(sha256(note), body.previous));
  return found === undefined ? null : parseDraft(found);
}

/** The rule that a draft breaks as it is, or null: a board in the middle of its work has desks with too few people. */
export function unfinished(body: RosterBody): FaultCode | null {
  try {
    checkRules(body);
    return null;
  } catch (error) {
    return codeOf(error);
  }
}

/** The body as it will be read again. Throws `roster.details` when a word in it would not be. */
export function checkedDraft(body: RosterBody): RosterBody {
  try {
    return parseRosterText(rosterText(body));
  } catch (cause) {
    throw new Fault("roster.details", { cause });
  }
}
