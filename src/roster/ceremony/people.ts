import { equal } from "../../base/bytes.ts";
import type { DeskId } from "../../base/brand.ts";
import type { UnixDay } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { findDesk, findReviewer, type Desk, type Reviewer, type RosterBody } from "../roster.ts";
import { checkedDraft } from "./draft.ts";
import type { Enrolment } from "./enrolment.ts";
import type { ServerKeys } from "./server.ts";

/** What the board decides about somebody it admits. */
export interface Service extends Omit<Reviewer, "id" | "recipient" | "verifier"> {
  /** None for a release officer. */
  readonly desks: readonly DeskId[];
}

/**
 * The draft with one person more, last in roster order, so that nobody's stanza moves.
 *
 * Throws `roster.duplicateId`, `roster.sharedKey`, `desk.unknown`, `roster.details`.
 */
export function admit(draft: RosterBody, enrolment: Enrolment, service: Service): RosterBody {
  const { desks, ...person } = service;
  if (findReviewer(draft, enrolment.id) !== null) throw new Fault("roster.duplicateId");
  refuseSharedKeys(draft.reviewers, enrolment);
  for (const desk of desks) if (findDesk(draft, desk) === null) throw new Fault("desk.unknown");
  const joined = draft.desks.map((desk) =>
    desks.includes(desk.id) ? { ...desk, reviewers: [...desk.reviewers, enrolment.id] } : desk,
  );
  return checkedDraft({ ...draft, reviewers: [...draft.reviewers, { ...person, ...enrolment }], desks: joined });
}

function refuseSharedKeys(others: readonly Reviewer[], { recipient, verifier }: Enrolment): void {
  const isShared = (one: Reviewer): boolean =>
    one.recipient === recipient || equal(one.verifier.publicKey, verifier.publicKey);
  if (others.some(isShared)) throw new Fault("roster.sharedKey");
}

/** The draft without this person, in no desk either. Throws `roster.unknownPerson`. */
export function remove(draft: RosterBody, id: string): RosterBody {
  if (findReviewer(draft, id) === null) throw new Fault("roster.unknownPerson");
  return {
    ...draft,
    reviewers: draft.reviewers.filter((one) => one.id !== id),
    desks: draft.desks.map((desk) => ({ ...desk, reviewers: desk.reviewers.filter((one) => one !== id) })),
  };
}

/** Everybody named, or everybody, serves until this day. Throws `roster.unknownPerson`. */
export function extend(draft: RosterBody, ids: readonly string[], until: UnixDay): RosterBody {
  if (ids.some((id) => findReviewer(draft, id) === null)) throw new Fault("roster.unknownPerson");
  const served = (one: Reviewer): Reviewer => (ids.length === 0 || ids.includes(one.id) ? { ...one, until } : one);
  return checkedDraft({ ...draft, reviewers: draft.reviewers.map(served) });
}

/** New keys for somebody who is on the roster, in the same place of it. Throws `roster.unknownPerson`, `roster.sharedKey`. */
export function renewKeys(draft: RosterBody, enrolment: Enrolment): RosterBody {
  if (findReviewer(draft, enrolment.id) === null) throw new Fault("roster.unknownPerson");
  refuseSharedKeys(
    draft.reviewers.filter(({ id }) => id !== enrolment.id),
    enrolment,
  );
  return {
    ...draft,
    reviewers: draft.reviewers.map((one) => (one.id === enrolment.id ? { ...one, ...enrolment } : one)),
  };
}

/** The desk as given, in the place of one of its id or as a new one. Throws `roster.unknownPerson`, `roster.details`. */
export function setDesk(draft: RosterBody, desk: Desk): RosterBody {
  if (desk.reviewers.some((id) => findReviewer(draft, id) === null)) throw new Fault("roster.unknownPerson");
  const known = findDesk(draft, desk.id) !== null;
  const desks = known ? draft.desks.map((one) => (one.id === desk.id ? desk : one)) : [...draft.desks, desk];
  return checkedDraft({ ...draft, desks });
}

/** The draft without this desk. Throws `desk.unknown`. */
export function closeDesk(draft: RosterBody, id: string): RosterBody {
  const desks = draft.desks.filter((desk) => desk.id !== id);
  if (desks.length === draft.desks.length) throw new Fault("desk.unknown");
  return { ...draft, desks };
}

/** The server's keys anew; a VOPRF key that changes is kept as the previous one, which readers still try. */
export function renewServer(draft: RosterBody, { oprf, relay, checkpoint }: ServerKeys): RosterBody {
  const rotated = equal(oprf, draft.oprf.current) ? draft.oprf : { current: oprf, previous: draft.oprf.current };
  return checkedDraft({ ...draft, oprf: rotated, relay, checkpoint });
}
