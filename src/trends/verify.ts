import { equal } from "../base/bytes.ts";
import { dayOf } from "../base/clock.ts";
import { Fault, type FaultCode } from "../base/fault.ts";
import { keySpaceJson } from "./key-space-text.ts";
import type { KeySpace } from "./key-space.ts";
import type { Noted } from "./note.ts";
import { parsePeriod, periodAfter, periodOf, type Period } from "./period.ts";
import { keepsCalendar, type Plan } from "./plan.ts";
import type { Release } from "./release-note.ts";
import { attemptsAt, planAt, type Dated } from "./verify-grounds.ts";
import { releaseAt, type Former } from "./verify-release.ts";
import type { ReleaseTrust, SeenAudit, Walk } from "./walk.ts";

export type { ReleaseTrust } from "./walk.ts";

/** A period whose notes all hold. */
export interface VerifiedPeriod {
  readonly plan: Dated<Plan>;
  /** How often it was claimed: each time but the first with the board. */
  readonly claims: number;
  /** Null while nothing was released. */
  readonly release: Noted<Release> | null;
}

export type ReleaseWarning =
  /** A demo's: its dates say nothing, only the order of its steps. */
  | { readonly warning: "demo" }
  /** Its instant has passed and no release is here: nothing was released, or it was kept back from whoever made this copy. */
  | { readonly warning: "unreleased"; readonly period: Period }
  /** It has begun, and no plan is here: likewise. */
  | { readonly warning: "unplanned"; readonly period: Period };

export type ReleasesVerdict =
  | {
      readonly ok: true;
      readonly periods: readonly VerifiedPeriod[];
      readonly warnings: readonly ReleaseWarning[];
      /** Rows that whoever keeps the audit must still find in it (triage.md, Audit). */
      readonly audits: readonly SeenAudit[];
    }
  /** The first file that is wrong, and why. */
  | { readonly ok: false; readonly code: FaultCode; readonly path: string };

/**
 * Replays every release from its plan on, with nothing but these files (`2027-Q1/release.note`; those in `rosters/` are the
 * caller's to check) and what is trusted: chain, sums, signatures, key-space, presence and date of commitments and claim,
 * and every file made again (trends.md, Who computes). It proves that nothing was altered after it was signed; before that
 * one of the two officers must be honest.
 */
export function verifyReleases(files: ReadonlyMap<string, Uint8Array>, trust: ReleaseTrust): ReleasesVerdict {
  const walk: Walk = { files, trust, at: "", read: new Set(), audits: [] };
  try {
    const periods = periodsOf(walk);
    return { ok: true, periods, warnings: warningsOf(periods, trust), audits: walk.audits };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ok: false, code: error.code, path: walk.at };
  }
}

function periodsOf(walk: Walk): readonly VerifiedPeriod[] {
  const paths = [...walk.files.keys()].filter((path) => !path.startsWith("rosters/"));
  const names = new Set(paths.map((path) => periodIn(walk, path)));
  const verified: VerifiedPeriod[] = [];
  for (const period of [...names].toSorted()) verified.push(verifyPeriod(walk, period, verified));
  const unknown = paths.find((path) => !walk.read.has(path));
  walk.at = unknown ?? "";
  if (unknown !== undefined) throw new Fault("release.unknown");
  if (verified.length === 0) throw new Fault("release.missing");
  return verified;
}

function periodIn(walk: Walk, path: string): Period {
  walk.at = path;
  const period = parsePeriod(path.split("/")[0]!);
  if (period === null) throw new Fault("release.unknown");
  return period;
}

function verifyPeriod(walk: Walk, period: Period, before: readonly VerifiedPeriod[]): VerifiedPeriod {
  const plan = planAt(walk, period);
  checkPlanChain(
    plan.said,
    before.map((one) => one.plan),
  );
  const attempts = attemptsAt(walk, plan);
  const release = releaseAt(walk, plan, attempts, formerOf(before));
  return { plan, claims: attempts.length, release };
}

/** That it follows the plan before, and that a version of categories or places means what it meant before. */
function checkPlanChain(plan: Plan, before: readonly Noted<Plan>[]): void {
  const last = before.at(-1)?.hash ?? new Uint8Array(32);
  if (!equal(plan.previous, last)) {
    const isKnown = before.some(({ hash }) => equal(hash, plan.previous)) || plan.previous.every((byte) => byte === 0);
    throw new Fault(isKnown ? "release.chain" : "release.gap");
  }
  if (before.some(({ said }) => contradicts(said.keySpace, plan.keySpace))) throw new Fault("release.keySpace");
}

function contradicts(a: KeySpace, b: KeySpace): boolean {
  const differs = (part: keyof KeySpace): boolean =>
    a[part].version === b[part].version && JSON.stringify(jsonOf(a)[part]) !== JSON.stringify(jsonOf(b)[part]);
  return differs("taxonomy") || differs("geography");
}

function jsonOf(keySpace: KeySpace): Readonly<Record<string, unknown>> {
  return { ...keySpaceJson(keySpace) };
}

function formerOf(before: readonly VerifiedPeriod[]): Former {
  const releases = before.flatMap(({ release }) => (release === null ? [] : [release]));
  const last = releases.at(-1);
  return {
    last: last === undefined ? null : { hash: last.hash, ledger: last.said.ledger },
    hashes: releases.map(({ hash }) => hash),
  };
}

function warningsOf(periods: readonly VerifiedPeriod[], { instance, nowMs }: ReleaseTrust): readonly ReleaseWarning[] {
  const warnings: ReleaseWarning[] = keepsCalendar(instance) ? [] : [{ warning: "demo" }];
  const planned = new Map(periods.map((one) => [one.plan.said.period, one]));
  const today = periodOf(dayOf(nowMs));
  const last = periods.at(-1)!.plan.said.period;
  for (let period = periods[0]!.plan.said.period; period <= today || period <= last; period = periodAfter(period)) {
    const one = planned.get(period);
    if (one === undefined) warnings.push({ warning: "unplanned", period });
    else if (one.release === null && nowMs >= one.plan.said.publishesMs)
      warnings.push({ warning: "unreleased", period });
  }
  return warnings;
}
