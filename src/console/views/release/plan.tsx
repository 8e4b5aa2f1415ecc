import type { JSX } from "preact";
import { epsilonText } from "../../../trends/epsilon.ts";
import { firstDay, lastDay } from "../../../trends/period.ts";
import type { Plan } from "../../../trends/plan.ts";
import { dayName, instantName, personNames } from "../../names.ts";
import { releaseWords, type ReleaseWords } from "../../release/words.ts";
import type { Language } from "../../words.ts";
import { useConsole } from "../context.ts";

/** A plan, as an officer reads it before signing. */
export function PlanLines({ plan }: { readonly plan: Plan }): JSX.Element {
  const { gundo, state } = useConsole();
  const officers = personNames(gundo, plan.officers);
  const lines = releaseWords[state.language].plan(planTold(plan, officers, state.language));
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function planTold(plan: Plan, officers: string, language: Language): Parameters<ReleaseWords["plan"]>[0] {
  const { period, publishesMs, epsilon } = plan;
  return {
    period,
    from: dayName(firstDay(period), language),
    until: dayName(lastDay(period), language),
    publishes: instantName(publishesMs, language),
    officers,
    t1: epsilonText(epsilon.t1),
    t2: epsilonText(epsilon.t2),
  };
}
