import { dayOf, fromIsoDay, hourOf, hourOfDay, isoDay, msPerDay, msPerHour, type UnixMs } from "../../base/clock.ts";
import { codeOf } from "../../base/fault.ts";
import { planWith } from "../../quarter/officer/plan.ts";
import { epsilonText, parseEpsilon } from "../../trends/epsilon.ts";
import type { Plan } from "../../trends/plan.ts";

/** A plan's terms as somebody types them. */
export interface TypedTerms {
  /** `2027-05-30`. */
  readonly day: string;
  /** 0 to 23, UTC. */
  readonly hour: string;
  /** `7/20`. */
  readonly t1: string;
  readonly t2: string;
  /** Id of the other officer. */
  readonly partner: string;
}

/** Why terms make no plan; each has its sentence. */
export type TermsFlaw = "day" | "calendar" | "epsilon" | "spent" | "officers";

/** The terms of a plan, to be typed over. */
export function typedTerms({ publishesMs, epsilon, officers }: Plan, own: string): TypedTerms {
  return {
    day: isoDay(dayOf(publishesMs)),
    hour: String(hourOfDay(hourOf(publishesMs))),
    t1: epsilonText(epsilon.t1),
    t2: epsilonText(epsilon.t2),
    partner: officers.find((id) => id !== own) ?? "",
  };
}

/** The plan with these terms, or why there can be none. */
export function settledPlan(plan: Plan, own: string, { day, hour, t1, t2, partner }: TypedTerms): Plan | TermsFlaw {
  const date = fromIsoDay(day);
  const epsilon = { t1: parseEpsilon(t1.trim()), t2: parseEpsilon(t2.trim()) };
  if (date === null) return "day";
  if (epsilon.t1 === null || epsilon.t2 === null) return "epsilon";
  const publishesMs = (date * msPerDay + Number(hour) * msPerHour) as UnixMs;
  try {
    return planWith(plan, own, { publishesMs, epsilon: { t1: epsilon.t1, t2: epsilon.t2 }, partner });
  } catch (error) {
    const code = codeOf(error);
    if (code === "release.overspent") return "spent";
    return code === "release.calendar" ? "calendar" : "officers";
  }
}
