import { addDays, msPerDay, msPerHour, type UnixMs } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { sha256 } from "../../envelope/hash.ts";
import { addSignature, signNote } from "../../envelope/note-sign.ts";
import { verifyNote } from "../../envelope/note.ts";
import type { Reviewer } from "../../roster/roster.ts";
import { epsilons, type KeySpace } from "../../trends/key-space.ts";
import { lastDay, periodAfter, periodOf, type Period } from "../../trends/period.ts";
import { checkPlan, keepsCalendar, keptPlan, planText, verifyPlan, type Plan } from "../../trends/plan.ts";
import { noteNames, noteOf, postNote } from "../way.ts";
import { officerKeys } from "../plan.ts";
import { instanceOf, leaveParcel, takeParcel, type Officer } from "./officer.ts";

/** What the officers settle; the rest of a plan follows. */
type Terms = Pick<Plan, "period" | "publishesMs" | "epsilon" | "budget" | "keySpace">;

/** Days after a quarter, and the hour of the day in UTC, when a release is published unless officers settle otherwise. */
const usualDays = 60;
const usualHour = 10;

/**
 * What officers settle unless they settle otherwise: the quarter after the last one planned, ε as trends.md has it. A demo
 * begins with the quarter that is under way, and publishes at once.
 */
export async function usualTerms(officer: Officer, nowMs: UnixMs, keySpace: KeySpace): Promise<Terms> {
  const last = (await noteNames(officer.way)).findLast(({ name }) => name === "plan");
  const isDated = keepsCalendar(instanceOf(officer));
  const current = periodOf(officer.today);
  const first = isDated ? periodAfter(current) : current;
  const period = last === undefined ? first : periodAfter(last.period);
  return { period, publishesMs: usualInstant(officer, period, nowMs), ...usualCost, keySpace };
}

/** When a release of this quarter is published unless officers settle otherwise. */
export function usualInstant(officer: Officer, period: Period, nowMs: UnixMs): UnixMs {
  if (!keepsCalendar(instanceOf(officer))) return (nowMs - (nowMs % 1000)) as UnixMs;
  return (addDays(lastDay(period), usualDays) * msPerDay + usualHour * msPerHour) as UnixMs;
}

const usualCost = { epsilon: epsilons, budget: { numerator: 1, denominator: 1 } };

/** The plan as it would be made now with this partner. Rejects as `checkPlan`. */
export async function newPlan(officer: Officer, partner: Pick<Reviewer, "id">, terms: Terms): Promise<Plan> {
  const last = (await noteNames(officer.way)).findLast(({ name }) => name === "plan");
  const note = last === undefined ? null : await noteOf(officer.way, last.period, "plan");
  const officers = [officer.keys.id, partner.id].toSorted();
  const previous = note === null ? new Uint8Array(32) : sha256(note);
  const plan = { instance: instanceOf(officer), ...terms, previous, officers };
  checkPlan(plan);
  return plan;
}

/** What officers may settle otherwise once a plan is made. */
export interface OtherTerms extends Pick<Plan, "publishesMs" | "epsilon"> {
  /** Id of the officer beside `own`. */
  readonly partner: string;
}

/** The plan with other terms. Throws as `checkPlan`. */
export function planWith(plan: Plan, own: string, { publishesMs, epsilon, partner }: OtherTerms): Plan {
  const changed = { ...plan, publishesMs, epsilon, officers: [own, partner].toSorted() };
  checkPlan(changed);
  return changed;
}

/** Signs a plan and leaves it for the other officer, who signs it too. */
export async function proposePlan(officer: Officer, partner: Reviewer, plan: Plan): Promise<void> {
  const body = signNote(planText(plan), officer.keys.id, officer.keys.signing);
  await leaveParcel(officer, { period: plan.period, kind: "plan" }, partner, { kind: "note", body });
}

/** A plan that the other officer has signed, and that waits for this one. */
export interface ProposedPlan {
  readonly note: Uint8Array;
  readonly plan: Plan;
}

/**
 * The plan of a period that waits for this officer's signature, or null.
 *
 * Rejects with `release.signers` unless its other officer signed it, or as `checkPlan`: what is shown can be signed.
 */
export async function proposedPlan(officer: Officer, period: Period): Promise<ProposedPlan | null> {
  const note = await takeParcel(officer, period, "plan");
  if (note === null) return null;
  const plan = keptPlan(note, instanceOf(officer));
  checkPlan(plan);
  const { signers } = verifyNote(note, officerKeys(officer));
  const others = plan.officers.filter((id) => id !== officer.keys.id);
  if (plan.period !== period || others.length !== 1 || !signers.includes(others[0]!))
    throw new Fault("release.signers");
  return { note, plan };
}

/** Puts the second signature under a plan and hands it in. Rejects as `postNote`. */
export async function acceptPlan(officer: Officer, { note }: ProposedPlan): Promise<void> {
  const signed = addSignature(note, officer.keys.id, officer.keys.signing);
  verifyPlan(signed, instanceOf(officer), officerKeys(officer));
  await postNote(officer.way, signed);
}
