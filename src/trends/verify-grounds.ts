import { equal } from "../base/bytes.ts";
import { addDays, dayOf, type UnixHour } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { verifyClaim, type Claim } from "./claim.ts";
import { verifyCommit, type Commit } from "./commit.ts";
import { attemptName, claimKind, commitKind, mostAttempts, noted, planKind, type Noted } from "./note.ts";
import { firstDay, lastDay, sourceDays, type Period } from "./period.ts";
import { keepsCalendar, verifyPlan, type Plan } from "./plan.ts";
import { fileAt, keysOf, neededAt, officersIn, seenHour, startMs, type Walk } from "./walk.ts";

/** A verified note and the hour in which the core first saw it. */
export type Dated<T> = Noted<T> & { readonly hour: UnixHour };

/** One attempt at a draw: what its seeds were, and what it was drawn from. */
export interface Attempt {
  /** In the order of the plan's officers. */
  readonly commits: readonly Dated<Commit>[];
  readonly claim: Dated<Claim>;
}

/** The plan of a period, seen by the core before the period opened. Throws `release.*`, `note.*`. */
export function planAt(walk: Walk, period: Period): Dated<Plan> {
  const { instance } = walk.trust;
  const path = `${period}/plan`;
  const note = neededAt(walk, `${path}.note`);
  const hour = seenHour(walk, path, planKind, note);
  if (keepsCalendar(instance) && dayOf(startMs(hour)) >= firstDay(period)) throw new Fault("release.late");
  walk.at = `${path}.note`;
  const officers = officersIn(walk, hour);
  const verifiers = officers.map(({ verifier }) => verifier);
  const plan = verifyPlan(note, instance, verifiers);
  if (plan.period !== period) throw new Fault("release.chain");
  const signed = officers.filter(({ verifier }) => plan.officers.includes(verifier.name));
  if (sharesOrganisation(signed, plan.officers[0]!)) throw new Fault("release.officers");
  return { ...noted(note, plan), hour };
}

/** Whether another of them is of this one's organisation. */
function sharesOrganisation(officers: ReturnType<typeof officersIn>, id: string): boolean {
  const own = officers.filter(({ verifier }) => verifier.name === id).map(({ organisation }) => organisation);
  return officers.some(({ verifier, organisation }) => verifier.name !== id && own.includes(organisation));
}

/** Every attempt that was claimed, in order; none while nobody has claimed the period. Throws `release.*`, `note.*`. */
export function attemptsAt(walk: Walk, plan: Dated<Plan>): readonly Attempt[] {
  const attempts: Attempt[] = [];
  for (let number = 1; number <= mostAttempts; number++) {
    const path = `${plan.said.period}/${attemptName("claim", number)}.note`;
    const before = attempts.at(-1) ?? null;
    const commits = commitsAt(walk, plan, number, before);
    const note = fileAt(walk, path);
    if (note === null) return attempts;
    attempts.push({
      commits: allOf(walk, plan.said, commits, number),
      claim: claimAt(walk, plan, commits, note, number),
    });
  }
  return attempts;
}

/** The commitments that are there: officers make them one after the other. */
function commitsAt(walk: Walk, plan: Dated<Plan>, attempt: number, before: Attempt | null): readonly Dated<Commit>[] {
  return plan.said.officers.flatMap((officer) => {
    const path = commitPath(plan.said, officer, attempt);
    const note = fileAt(walk, `${path}.note`);
    return note === null ? [] : [commitAt(walk, plan, { path, note, officer, attempt }, before)];
  });
}

function commitPath({ period }: Plan, officer: string, attempt: number): string {
  return `${period}/${attemptName(`commit-${officer}`, attempt)}`;
}

interface Found {
  readonly path: string;
  readonly note: Uint8Array;
  readonly officer: string;
  readonly attempt: number;
}

function commitAt(
  walk: Walk,
  plan: Dated<Plan>,
  { path, note, officer, attempt }: Found,
  before: Attempt | null,
): Dated<Commit> {
  const { instance } = walk.trust;
  const hour = seenHour(walk, path, commitKind, note);
  const isLate = attempt === 1 && keepsCalendar(instance) && dayOf(startMs(hour)) > lastDay(plan.said.period);
  if (isLate) throw new Fault("release.late");
  if (hour < plan.hour || (before !== null && hour < before.claim.hour)) throw new Fault("release.order");
  walk.at = `${path}.note`;
  const commit = verifyCommit(note, instance, keysOf(officersIn(walk, hour), [officer]));
  const isOwn = commit.period === plan.said.period && commit.attempt === attempt && equal(commit.plan, plan.hash);
  if (!isOwn) throw new Fault("release.chain");
  // Seeds of a first attempt were shown: with one of them again the next draw could be chosen.
  if (before?.commits.some(({ said }) => equal(said.seed, commit.seed)) === true) throw new Fault("release.redrawn");
  return { ...noted(note, commit), hour };
}

function allOf(walk: Walk, plan: Plan, commits: readonly Dated<Commit>[], attempt: number): readonly Dated<Commit>[] {
  for (const officer of plan.officers) {
    walk.at = `${commitPath(plan, officer, attempt)}.note`;
    if (!commits.some(({ said }) => said.officer === officer)) throw new Fault("release.commitment");
  }
  return commits;
}

function claimAt(
  walk: Walk,
  plan: Dated<Plan>,
  commits: readonly Dated<Commit>[],
  note: Uint8Array,
  attempt: number,
): Dated<Claim> {
  const { instance, board } = walk.trust;
  const { period, officers } = plan.said;
  const path = `${period}/${attemptName("claim", attempt)}`;
  const hour = seenHour(walk, path, claimKind, note);
  checkClaimDay(instance, period, hour);
  if (commits.some((commit) => hour < commit.hour)) throw new Fault("release.order");
  walk.at = `${path}.note`;
  const claim = verifyClaim(note, instance, { officers: keysOf(officersIn(walk, hour), officers), board });
  const isOwn = claim.period === period && claim.attempt === attempt && equal(claim.plan, plan.hash);
  if (!isOwn) throw new Fault("release.chain");
  if (!claim.commits.every((hash, index) => equal(hash, commits[index]!.hash))) throw new Fault("release.commitment");
  return { ...noted(note, claim), hour };
}

/** After the period; and before the posts are destroyed, or what was drawn from none of them would pass for figures. */
function checkClaimDay(instance: string, period: Period, hour: UnixHour): void {
  if (!keepsCalendar(instance)) return;
  const day = dayOf(startMs(hour));
  if (day <= lastDay(period)) throw new Fault("release.early");
  if (day >= addDays(lastDay(period), sourceDays)) throw new Fault("release.late");
}
