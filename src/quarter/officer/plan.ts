import { Fault } from "../../base/fault.ts";
import { sha256 } from "../../envelope/hash.ts";
import { addSignature, signNote } from "../../envelope/note-sign.ts";
import { verifyNote } from "../../envelope/note.ts";
import type { Reviewer } from "../../roster/roster.ts";
import type { Period } from "../../trends/period.ts";
import { checkPlan, keptPlan, planText, verifyPlan, type Plan } from "../../trends/plan.ts";
import { noteNames, noteOf, postNote } from "../way.ts";
import { officerKeys } from "../plan.ts";
import { instanceOf, leaveParcel, takeParcel, type Officer } from "./officer.ts";

/** What the officers settle; the rest of a plan follows. */
export type Terms = Pick<Plan, "period" | "publishesMs" | "epsilon" | "budget" | "keySpace">;

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
