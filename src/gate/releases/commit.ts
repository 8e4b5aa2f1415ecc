import { Fault } from "../../base/fault.ts";
import { verifyCommit } from "../../trends/commit.ts";
import { attemptName } from "../../trends/note.ts";
import { lastDay } from "../../trends/period.ts";
import { keepsCalendar } from "../../trends/plan.ts";
import { hasNote, officersOf, planIn, requireSame, verifiersOf, type Known, type Offered } from "./offered.ts";

/** One officer's commitment: before the period ends, or for a second draw after the first was claimed. */
export function takeCommit(note: Uint8Array, known: Known): Offered {
  const { instance } = known.roster;
  const { period, attempt, officer, plan: planHash } = verifyCommit(note, instance, verifiersOf(officersOf(known)));
  const check = (): void => {
    const plan = planIn(known, period);
    if (!plan.officers.includes(officer)) throw new Fault("release.officers");
    requireSame(planHash, plan.hash);
    const isDue = attempt === 1 || hasNote(known, period, "claim");
    if (!isDue || hasNote(known, period, "release")) throw new Fault("release.order");
    if (attempt === 1 && keepsCalendar(instance) && known.today > lastDay(period)) throw new Fault("release.notNow");
  };
  const name = attemptName(`commit-${officer}`, attempt);
  return { period, name, shownMs: known.nowMs, taken: "release.held", check };
}
