import { hex } from "../base/bytes.ts";
import { Fault, type FaultCode } from "../base/fault.ts";
import type { Reviewer, RosterBody } from "./roster.ts";

/** The refusals of envelope.md that concern one roster by itself. Throws the code of the first broken rule. */
export function checkRules(roster: RosterBody): void {
  for (const [code, holds] of rules) if (!holds(roster)) throw new Fault(code);
}

const rules: readonly (readonly [FaultCode, (roster: RosterBody) => boolean])[] = [
  ["roster.empty", (roster) => roster.desks.length > 0],
  ["roster.duplicateId", idsAreDistinct],
  ["roster.sharedKey", keysAreDistinct],
  ["roster.roles", (roster) => roster.reviewers.every(rolesFit)],
  ["roster.deskMember", desksNameReviewers],
  ["roster.withoutDesk", everyReviewerHasADesk],
  ["roster.deskTooSmall", (roster) => roster.desks.every((desk) => desk.reviewers.length >= 2)],
  ["roster.approvals", (roster) => roster.desks.every((desk) => desk.approvals <= desk.reviewers.length)],
];

function distinct(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}

function idsAreDistinct(roster: RosterBody): boolean {
  return (
    distinct(roster.reviewers.map((reviewer) => reviewer.id)) &&
    distinct(roster.desks.map((desk) => desk.id)) &&
    roster.desks.every((desk) => distinct(desk.reviewers))
  );
}

function keysAreDistinct(roster: RosterBody): boolean {
  return (
    distinct(roster.reviewers.map((reviewer) => reviewer.recipient)) &&
    distinct(roster.reviewers.map((reviewer) => hex(reviewer.verifier.publicKey)))
  );
}

function isOfficer(reviewer: Reviewer): boolean {
  return reviewer.roles.includes("release");
}

function rolesFit(reviewer: Reviewer): boolean {
  return isOfficer(reviewer)
    ? reviewer.roles.length === 1
    : reviewer.roles.includes("review") && distinct(reviewer.roles);
}

function desksNameReviewers(roster: RosterBody): boolean {
  const reviewers = roster.reviewers.filter((reviewer) => !isOfficer(reviewer)).map((reviewer) => reviewer.id);
  return roster.desks.every((desk) => desk.reviewers.every((id) => reviewers.includes(id)));
}

function everyReviewerHasADesk(roster: RosterBody): boolean {
  return roster.reviewers.every(
    (reviewer) => isOfficer(reviewer) || roster.desks.some((desk) => desk.reviewers.includes(reviewer.id)),
  );
}
