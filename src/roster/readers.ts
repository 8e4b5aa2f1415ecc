import type { Chance } from "../base/chance.ts";
import type { UnixDay } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { newIdentity, recipientOf, type Recipient } from "../envelope/recipient.ts";
import type { Exclusion } from "../envelope/report.ts";
import { deskReviewers, mayReview, type Desk, type Reviewer, type RosterBody } from "./roster.ts";

/** The fewest readers a report may be left with (envelope.md, Envelope). */
export const fewestReaders = 2;

/** Whether an exclusion names this person: a place matches when either P-code is a prefix of the other. */
export function isExcluded(reviewer: Reviewer, exclude: readonly Exclusion[]): boolean {
  return exclude.some((rule) =>
    rule.rule === "organisation"
      ? rule.value === reviewer.organisation
      : reviewer.places.some((place) => place.startsWith(rule.value) || rule.value.startsWith(place)),
  );
}

/** Who of the desk can read a report sealed today with these exclusions. */
export function readersOf(
  roster: RosterBody,
  desk: Desk,
  exclude: readonly Exclusion[],
  today: UnixDay,
): readonly Reviewer[] {
  return deskReviewers(roster, desk).filter((one) => mayReview(one, today) && !isExcluded(one, exclude));
}

/**
 * As `deskRecipients`, for what belongs to a case: whoever stepped aside is replaced too. That may leave one reader,
 * whoever leads it.
 *
 * Throws `envelope.tooFewReaders` when the report's own exclusions leave fewer than two.
 */
export function caseRecipients(
  roster: RosterBody,
  desk: Desk,
  { exclude, aside }: { readonly exclude: readonly Exclusion[]; readonly aside: readonly string[] },
  today: UnixDay,
  chance: Chance,
): readonly Recipient[] {
  const recipients = deskRecipients(roster, desk, exclude, today, chance);
  const reviewers = deskReviewers(roster, desk);
  return recipients.map((recipient, index) =>
    aside.includes(reviewers[index]!.id) ? recipientOf(newIdentity(chance)) : recipient,
  );
}

/**
 * One recipient for each reviewer of the desk, in roster order; whoever is excluded, or out of service today, is
 * replaced by a fresh key that nobody keeps, so that every file of the desk has one shape.
 *
 * Throws `envelope.tooFewReaders` when fewer than two could read.
 */
export function deskRecipients(
  roster: RosterBody,
  desk: Desk,
  exclude: readonly Exclusion[],
  today: UnixDay,
  chance: Chance,
): readonly Recipient[] {
  const readers = readersOf(roster, desk, exclude, today);
  if (readers.length < fewestReaders) throw new Fault("envelope.tooFewReaders");
  return deskReviewers(roster, desk).map((reviewer) =>
    readers.includes(reviewer) ? reviewer.recipient : recipientOf(newIdentity(chance)),
  );
}

/** The first lead of the roster who serves today: who makes what reviewers share, such as a quarter's key; or null. */
export function firstLead(roster: RosterBody, today: UnixDay): Reviewer | null {
  return roster.reviewers.find((one) => one.roles.includes("lead") && mayReview(one, today)) ?? null;
}
