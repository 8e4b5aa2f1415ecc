import { Fault } from "../../base/fault.ts";
import { sha256 } from "../../envelope/hash.ts";
import { firstDay } from "../../trends/period.ts";
import { keepsCalendar, verifyPlan } from "../../trends/plan.ts";
import { officersOf, requireSame, verifiersOf, type Known, type Offered } from "./offered.ts";

/** A plan that both its officers signed: of different organisations, before its period opens, after the plan before. */
export function takePlan(note: Uint8Array, known: Known): Offered {
  const officers = officersOf(known);
  const { instance } = known.roster;
  const plan = verifyPlan(note, instance, verifiersOf(officers));
  const { period } = plan;
  const check = (): void => {
    const signed = officers.filter(({ id }) => plan.officers.includes(id));
    if (new Set(signed.map(({ organisation }) => organisation)).size !== 2) throw new Fault("release.officers");
    if (keepsCalendar(instance) && known.today >= firstDay(period)) throw new Fault("release.notNow");
    const before = known.notes.findLast(({ name }) => name === "plan");
    if (before !== undefined && before.period >= period) throw new Fault("release.order");
    requireSame(plan.previous, before === undefined ? new Uint8Array(32) : sha256(before.note));
  };
  return { period, name: "plan", shownMs: known.nowMs, taken: "release.held", check };
}
