import type { CaseEventHash, DeskId, DoorHash } from "../base/brand.ts";
import { equal } from "../base/bytes.ts";
import type { CaseState, Exposure, Label } from "../envelope/case-act.ts";
import { isSignedBy, noEventBefore, type CaseEvent, type CaseEventBody } from "../envelope/case-event.ts";
import { chainOf, type CaseLink } from "./case-history.ts";
import { begin, step, type CaseRules, type Progress, type Proposal } from "./case-step.ts";
import { findDesk, findReviewer, type RosterBody } from "./roster.ts";

/** What is wrong with one place of a case. */
export type CaseProblemKind =
  /** Does not open, and no history carries it. */
  | "unopenable"
  | "malformed"
  /** A history says something else than the event itself. */
  | "differs"
  /** Does not follow the event before: one was dropped, swapped, put in or changed. */
  | "chain"
  /** Nobody of this name reviewed for the desk on that day. */
  | "author"
  /** Not signed by its author for this case. */
  | "signature"
  /** The state or the leader does not allow it. */
  | "order"
  /** Earlier events are gone: the server destroyed them, or hides them. */
  | "begins"
  /** The server names a later event than it hands out. */
  | "head"
  /** The newest event that this reader saw is not in it any more (case-memory.ts). */
  | "rolledBack";

export interface CaseProblem {
  /** The event's number, from 1. */
  readonly seq: number;
  readonly problem: CaseProblemKind;
}

/** A case as its sealed events tell it. */
export interface Case {
  readonly state: CaseState;
  /** The reviewer who leads it, or null. */
  readonly lead: string | null;
  readonly timeline: readonly { readonly seq: number; readonly event: CaseEvent }[];
  /** The newest label, or null. */
  readonly label: Label | null;
  /** The newest answer to who could have known, or null. */
  readonly exposure: Exposure | null;
  readonly links: readonly DoorHash[];
  readonly proposals: readonly Proposal[];
  readonly aside: readonly string[];
  readonly problems: readonly CaseProblem[];
}

/** What the server handed out. */
export interface CaseRecord {
  /** In order, null for what does not open. */
  readonly bodies: readonly (CaseEventBody | null)[];
  /** Number of the first of them; 1 unless earlier ones are gone. */
  readonly first: number;
  /** The last event's hash by the server's word, or null when there is no case. */
  readonly head: CaseEventHash | null;
}

export interface CaseOfDesk {
  readonly doorHash: DoorHash;
  readonly desk: DeskId;
}

/**
 * Folds a case, and believes nothing of it: each event must follow the one before, be signed for this case, and come
 * from somebody who reviewed for the desk that day by one of these rosters (today's first, then former ones). What is
 * wrong is named and changes neither state nor lead. Never throws.
 */
export function readCase(record: CaseRecord, rosters: readonly RosterBody[], of: CaseOfDesk): Case {
  const links = chainOf(record.bodies);
  const problems: CaseProblem[] = record.first > 1 ? [{ seq: record.first, problem: "begins" }] : [];
  const timeline: { seq: number; event: CaseEvent }[] = [];
  const rules = rulesOf(rosters, of);
  let progress: Progress = begin;
  let previous: CaseEventHash | null = record.first > 1 ? null : noEventBefore;
  for (const [index, link] of links.entries()) {
    const seq = record.first + index;
    const problem = problemIn(link, previous, rosters, of);
    const next = problem === null ? step(progress, link as CaseEvent, rules) : null;
    if (next !== null) progress = next;
    if (problem !== null || next === null) problems.push({ seq, problem: problem ?? "order" });
    if (typeof link !== "string") timeline.push({ seq, event: link });
    previous = typeof link === "string" ? null : link.hash;
  }
  const last = links.at(-1);
  if (!endsAt(record.head, last)) problems.push({ seq: record.first + links.length, problem: "head" });
  return { ...progress, timeline, problems };
}

function problemIn(
  link: CaseLink,
  previous: CaseEventHash | null,
  rosters: readonly RosterBody[],
  of: CaseOfDesk,
): CaseProblemKind | null {
  if (typeof link === "string") return link;
  // After a gap nothing can be said of the link itself; the gap is named.
  if (previous !== null && !equal(link.previous, previous)) return "chain";
  const keys = keysOf(link, rosters, of);
  if (keys.length === 0) return "author";
  const { instance } = rosters[0]!;
  return keys.some((key) => isSignedBy(key, link, { instance, doorHash: of.doorHash })) ? null : "signature";
}

/** Keys under which the author could have signed for this desk on that day. */
function keysOf(
  { author, day }: CaseEvent,
  rosters: readonly RosterBody[],
  { desk }: CaseOfDesk,
): readonly Uint8Array[] {
  return rosters.flatMap((roster) => {
    const reviewer = findReviewer(roster, author);
    const serves = findDesk(roster, desk)?.reviewers.includes(author) === true;
    if (reviewer === null || !serves || day < reviewer.from || day > reviewer.until) return [];
    return [reviewer.verifier.publicKey];
  });
}

function rulesOf(rosters: readonly RosterBody[], { desk }: CaseOfDesk): CaseRules {
  const desks = rosters.flatMap((roster) => findDesk(roster, desk) ?? []);
  const isReader = (id: string): boolean => desks.some(({ reviewers }) => reviewers.includes(id));
  return { approvals: desks[0]?.approvals ?? 1, isReader };
}

function endsAt(head: CaseEventHash | null, last: CaseLink | undefined): boolean {
  if (head === null || last === undefined) return head === null && last === undefined;
  return typeof last === "string" || equal(last.hash, head);
}
