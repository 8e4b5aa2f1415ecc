import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { partnersOf, type Officer } from "../../../quarter/officer/officer.ts";
import { proposePlan } from "../../../quarter/officer/plan.ts";
import type { Plan } from "../../../trends/plan.ts";
import type { NextPlan } from "../../release/desk.ts";
import { releaseWords } from "../../release/words.ts";
import { useConsole } from "../context.ts";
import { Deed } from "./deed.tsx";
import { PlanLines } from "./plan.tsx";
import { Simulated } from "./simulated.tsx";
import { TermsForm } from "./terms-form.tsx";
import { settledPlan, typedTerms, type TypedTerms } from "../../release/terms.ts";

/** The plan of the quarter that comes next, as usual or with other terms: what is shown is what is signed. */
export function NextQuarter({ next: { plan, partners } }: { readonly next: NextPlan }): JSX.Element {
  const { gundo, state } = useConsole();
  const [typed, setTyped] = useState<TypedTerms | null>(null);
  const say = releaseWords[state.language];
  const own = gundo.session?.keys.id ?? "";
  const settled = typed === null ? plan : settledPlan(plan, own, typed);
  const flaw = typeof settled === "string" ? settled : null;
  const chosen = typeof settled === "string" ? null : settled;
  // What was typed into the tables stays there while an ε is half typed.
  const lastGood = useRef(plan);
  if (chosen !== null) lastGood.current = chosen;
  return (
    <article class="card" aria-labelledby="next-title" data-period={plan.period}>
      <h2 id="next-title">{say.nextTitle}</h2>
      {chosen !== null && <PlanLines plan={chosen} />}
      <p class="refusal" role="status" data-flaw={flaw ?? undefined}>
        {flaw === null ? "" : say.terms.flaws[flaw]}
      </p>
      <details data-terms>
        <summary>{say.terms.title}</summary>
        <TermsForm plan={plan} partners={partners} typed={typed ?? typedTerms(plan, own)} change={setTyped} />
        <Simulated plan={lastGood.current} />
      </details>
      <Deed
        deed="proposePlan"
        period={plan.period}
        act={chosen === null ? null : (officer) => proposeTo(officer, chosen)}
      />
    </article>
  );
}

async function proposeTo(officer: Officer, plan: Plan): Promise<void> {
  const partner = partnersOf(officer).find(({ id }) => plan.officers.includes(id));
  if (partner !== undefined) await proposePlan(officer, partner, plan);
}
