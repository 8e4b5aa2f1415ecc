import type { JSX } from "preact";
import { dayOf } from "../../../base/clock.ts";
import type { Standing } from "../../../quarter/officer/standing.ts";
import { keepsCalendar, type Plan } from "../../../trends/plan.ts";
import { dayName, personNames } from "../../names.ts";
import { actOf } from "../../release/deeds.ts";
import { releaseWords } from "../../release/words.ts";
import { useConsole, useStore } from "../context.ts";
import { Deed } from "./deed.tsx";
import { ErratumPart } from "./erratum.tsx";
import { DrawWithGap } from "./gap.tsx";
import { NextQuarter } from "./next.tsx";
import { Outcome } from "./outcome.tsx";
import { PlanLines } from "./plan.tsx";
import { BeginAgain, ClaimAgain } from "./second.tsx";

/** A release officer's screen: every quarter, where it stands, and the one thing to do next. */
export function ReleaseView(): JSX.Element {
  const { gundo, state } = useConsole();
  const { standings, proposed, next } = useStore(gundo.releases);
  const say = releaseWords[state.language];
  const isDemo = gundo.session !== null && !keepsCalendar(gundo.session.roster.instance);
  return (
    <section aria-labelledby="title">
      <h1 id="title">{say.title}</h1>
      <p>{say.lead}</p>
      {isDemo && <p class="hint">{say.demo}</p>}
      <Outcome />
      {standings.length === 0 && <p>{say.none}</p>}
      {/* One form around every field: no browser keeps what is typed (README, What a browser keeps). */}
      <form autocomplete="off" onSubmit={(event) => event.preventDefault()}>
        {standings.toReversed().map((standing) => (
          <Quarter key={standing.period} standing={standing} proposed={proposed.get(standing.period) ?? null} />
        ))}
        {next !== null && <NextQuarter key={next.plan.period} next={next} />}
      </form>
    </section>
  );
}

interface QuarterProps {
  readonly standing: Standing;
  readonly proposed: Plan | null;
}

function Quarter({ standing, proposed }: QuarterProps): JSX.Element {
  const { gundo, state } = useConsole();
  const say = releaseWords[state.language];
  const { period, plan, step, awaits } = standing;
  const id = `quarter-${period}`;
  return (
    <article class="card" aria-labelledby={id} data-period={period} data-state={standing.state}>
      <h2 id={id}>{period}</h2>
      {standing.attempt > 1 && <p>{say.again.is}</p>}
      <p>{say.states[standing.state]}</p>
      {awaits.length > 0 && <p>{say.awaits(personNames(gundo, awaits))}</p>}
      {plan !== null && <p>{say.shownFrom(dayName(dayOf(plan.publishesMs), state.language))}</p>}
      {proposed !== null && <PlanLines plan={proposed} />}
      {step === "claimAgain" && <ClaimAgain period={period} />}
      {step !== null && step !== "claimAgain" && (
        <Deed deed={step} period={period} act={actOf(step, period, proposed)} />
      )}
      <DrawWithGap period={period} />
      {standing.mayAgain && <BeginAgain period={period} />}
      {standing.state === "published" && <ErratumPart period={period} />}
    </article>
  );
}
