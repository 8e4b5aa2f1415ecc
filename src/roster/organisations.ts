import type { Exclusion } from "../envelope/report.ts";
import { deskReviewers, type Desk, type RosterBody } from "./roster.ts";

/** The organisations that a desk's reviewers belong to, each once, in roster order. */
export function organisationsOf(roster: RosterBody, desk: Desk): readonly string[] {
  return [...new Set(deskReviewers(roster, desk).map((reviewer) => reviewer.organisation))];
}

/**
 * Whether every organisation that must not read is one of this desk's. One that is not would exclude nobody: the name
 * was taken from another roster or misspelled, and whoever was meant could read.
 */
export function namesOwnOrganisations(roster: RosterBody, desk: Desk, exclude: readonly Exclusion[]): boolean {
  const own = organisationsOf(roster, desk);
  return exclude.every(({ rule, value }) => rule !== "organisation" || own.includes(value));
}
