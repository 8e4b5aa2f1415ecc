import { hex } from "../base/bytes.ts";
import { isoInstant, msPerDay, msPerHour, type UnixDay, type UnixMs } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { strictList, strictRecord, strictText } from "../base/strict.ts";
import { readNote } from "../envelope/note-text.ts";
import type { NoteVerifier } from "../envelope/note.ts";
import { epsilonText, isMore, parseEpsilon, sumOf } from "./epsilon.ts";
import { keySpaceJson, parseKeySpace } from "./key-space-text.ts";
import { tableIds, type Epsilon, type KeySpace, type TableId } from "./key-space.ts";
import {
  canonical,
  noteTextOf,
  officerPattern,
  planKind,
  readSigned,
  strictHash,
  strictInstant,
  valueIn,
} from "./note.ts";
import { lastDay, parsePeriod, type Period } from "./period.ts";

/** How a period will be counted and when it is published: settled before anybody knows what will be in it (trends.md, Mechanism). */
export interface Plan {
  readonly instance: string;
  readonly period: Period;
  /** The fixed instant, on the hour, 30 whole days after the period at least and 90 at most. */
  readonly publishesMs: UnixMs;
  /** SHA-256 of the plan note before, 32 bytes; zeros in the first. */
  readonly previous: Uint8Array;
  /** Two release officers of the roster, in order of their ids. */
  readonly officers: readonly string[];
  readonly epsilon: Readonly<Record<TableId, Epsilon>>;
  /** What one unit may cost in this period, at most 1. */
  readonly budget: Epsilon;
  readonly keySpace: KeySpace;
}

const embargoDays = 30;
// The next release names this one, and is drawn some hundred days after this period at the earliest: by then it is out.
const latestDays = 90;
const wholeBudget: Epsilon = { numerator: 1, denominator: 1 };

/** Whether dates bind this instance: a demo is held to the order of steps only, so that it can be tried in an afternoon. */
export function keepsCalendar(instance: string): boolean {
  return !instance.startsWith("demo-");
}

export function planText(plan: Plan): string {
  const { instance, period, publishesMs, previous, officers, epsilon, budget, keySpace } = plan;
  return noteTextOf(planKind, instance, {
    period,
    publishes: isoInstant(publishesMs),
    previous: hex(previous),
    officers,
    epsilon: { t1: epsilonText(epsilon.t1), t2: epsilonText(epsilon.t2) },
    budget: epsilonText(budget),
    keySpace: keySpaceJson(keySpace),
  });
}

/**
 * The plan that both its officers signed. That it was signed before the period opens its seen note says.
 *
 * @throws Fault as `readSigned`, as `checkPlan`; `release.signers` when one of the two did not sign.
 */
export function verifyPlan(note: Uint8Array, instance: string, officers: readonly NoteVerifier[]): Plan {
  const { text, value, signers } = readSigned(note, planKind, instance, officers);
  const plan = canonical(planOf(value, instance), text, planText);
  if (signers.length !== 2 || !plan.officers.every((id) => signers.includes(id))) throw new Fault("release.signers");
  checkPlan(plan);
  return plan;
}

/**
 * The plan in a note that was verified when it was taken: keys of its officers may have changed since.
 *
 * @throws Fault `note.malformed`, `release.malformed`, `release.instance`.
 */
export function keptPlan(note: Uint8Array, instance: string): Plan {
  const { text } = readNote(note);
  return canonical(planOf(valueIn(text, planKind, instance), instance), text, planText);
}

/**
 * What a plan may not say, whoever signed it.
 *
 * @throws Fault `release.malformed`, `release.officers`, `release.overspent`, `release.calendar`.
 */
export function checkPlan({ instance, period, publishesMs, officers, epsilon, budget }: Plan): void {
  const [first, second] = officers;
  if (officers.length !== 2 || first! >= second!) throw new Fault("release.malformed");
  // A second attempt's commitment is named by the officer and `-2`: it must not be another officer's first one.
  if (second === `${first}-2`) throw new Fault("release.officers");
  const spent = sumOf(tableIds.map((table) => epsilon[table]));
  if (isMore(spent, budget) || isMore(budget, wholeBudget)) throw new Fault("release.overspent");
  if (keepsCalendar(instance) && !isOnCalendar(period, publishesMs)) throw new Fault("release.calendar");
}

/** The first day on which a release of this period may be published, from its first hour, and the last, at its first hour. */
export function publicationDays(period: Period): { readonly earliest: UnixDay; readonly latest: UnixDay } {
  const end = lastDay(period) + 1;
  return { earliest: (end + embargoDays) as UnixDay, latest: (end + latestDays) as UnixDay };
}

function isOnCalendar(period: Period, publishesMs: UnixMs): boolean {
  const { earliest, latest } = publicationDays(period);
  return publishesMs >= earliest * msPerDay && publishesMs <= latest * msPerDay && publishesMs % msPerHour === 0;
}

const fields = ["period", "publishes", "previous", "officers", "epsilon", "budget", "keySpace"];

function planOf(value: unknown, instance: string): Plan | null {
  const record = strictRecord(value, fields);
  const period = parsePeriod(record?.["period"]);
  const publishesMs = strictInstant(record?.["publishes"]);
  const previous = strictHash(record?.["previous"]);
  const officers = strictList(record?.["officers"], (id) => strictText(id, officerPattern));
  const epsilon = epsilonsOf(record?.["epsilon"]);
  const budget = parseEpsilon(record?.["budget"]);
  const keySpace = parseKeySpace(record?.["keySpace"]);
  if (period === null || publishesMs === null || previous === null || officers === null) return null;
  if (epsilon === null || budget === null || keySpace === null) return null;
  return { instance, period, publishesMs, previous, officers, epsilon, budget, keySpace };
}

/** ε of both tables, or null. */
export function epsilonsOf(value: unknown): Plan["epsilon"] | null {
  const record = strictRecord(value, tableIds);
  const t1 = parseEpsilon(record?.["t1"]);
  const t2 = parseEpsilon(record?.["t2"]);
  return t1 === null || t2 === null ? null : { t1, t2 };
}
