import { fromIsoInstant, isoDay, isoInstant, systemClock } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { partnersOf, type Officer } from "../../quarter/officer/officer.ts";
import {
  acceptPlan,
  newPlan,
  proposedPlan,
  proposePlan,
  usualInstant,
  usualTerms,
} from "../../quarter/officer/plan.ts";
import { noteNames } from "../../quarter/way.ts";
import type { Reviewer } from "../../roster/roster.ts";
import { epsilonText, parseEpsilon } from "../../trends/epsilon.ts";
import { cellsOf, epsilons, type Epsilon } from "../../trends/key-space.ts";
import { firstDay, lastDay } from "../../trends/period.ts";
import { keepsCalendar, type Plan } from "../../trends/plan.ts";
import type { Terminal } from "../command.ts";
import { periodIn } from "../labels/key.ts";
import { keySpaceIn } from "./counted.ts";
import { officerCommand, say, type OfficerValues } from "./officer.ts";

const text = { type: "string" } as const;

export const releasePlanCommand = officerCommand({
  name: "release plan",
  purpose: "settle a quarter before it opens: what is counted, what it costs, when it is published; both officers sign",
  usage: "[--publishes 2027-05-30T10:00:00Z] [--t1 7/20] [--t2 13/20] [--with ID] [--instance FILE] [--sign]",
  help: [
    "The first officer's run signs a plan and leaves it for the other one, sealed. The other's run shows it; with --sign it",
    "signs too and hands it in. Before the quarter's first day. Without --period: the quarter after the last one planned.",
    "--publishes: on the hour, 30 to 90 days after the quarter (60 unless told). --t1, --t2: ε of each table, 1 in all",
    "at most. A demo keeps no dates: there a plan is published at once, as soon as the rest is done, unless told otherwise.",
    "--instance: the server's instance.json, where it has categories of its own.",
  ],
  options: { publishes: text, t1: text, t2: text, with: text, instance: text, sign: { type: "boolean" } },
  run: async (officer, values, terminal) => {
    const terms = await termsOf(officer, values);
    const { period } = terms;
    const names = await noteNames(officer.way);
    if (names.some((one) => one.period === period && one.name === "plan")) throw new Fault("release.held");
    const proposed = await proposedPlan(officer, period);
    if (proposed === null) {
      const partner = partnerOf(officer, values);
      const plan = await newPlan(officer, partner, terms);
      await proposePlan(officer, partner, plan);
      return tell(terminal, values, plan, "proposed", `Signed, and left for ${partner.id}, who signs it with --sign.`);
    }
    if (values["sign"] !== true)
      return tell(
        terminal,
        values,
        proposed.plan,
        "shown",
        "Not signed: run it again with --sign if this is what was settled.",
      );
    await acceptPlan(officer, proposed);
    return tell(terminal, values, proposed.plan, "planned", "Signed by both, and taken by the server.");
  },
});

function partnerOf(officer: Officer, values: OfficerValues): Reviewer {
  const partners = partnersOf(officer).filter(({ id }) => values["with"] === undefined || id === values["with"]);
  if (partners.length !== 1) throw new Fault(values["with"] === undefined ? "release.officers" : "cli.usage");
  return partners[0]!;
}

async function termsOf(officer: Officer, values: OfficerValues) {
  const nowMs = systemClock.nowMs();
  const usual = await usualTerms(officer, nowMs, keySpaceIn(values["instance"]));
  const { period: named, publishes: asked } = values;
  const period = typeof named === "string" ? periodIn(named) : usual.period;
  const publishesMs = typeof asked === "string" ? fromIsoInstant(asked) : usualInstant(officer, period, nowMs);
  const epsilon = { t1: epsilonIn(values["t1"], epsilons.t1), t2: epsilonIn(values["t2"], epsilons.t2) };
  if (publishesMs === null) throw new Fault("cli.usage");
  return { ...usual, period, publishesMs, epsilon };
}

function epsilonIn(asked: OfficerValues[string], usual: Epsilon): Epsilon {
  const epsilon = asked === undefined ? usual : parseEpsilon(asked);
  if (epsilon === null) throw new Fault("cli.usage");
  return epsilon;
}

function tell(terminal: Terminal, values: OfficerValues, plan: Plan, outcome: string, sentence: string): void {
  const { period, publishesMs, officers } = plan;
  const publishes = isoInstant(publishesMs);
  if (values["json"] !== true) for (const line of planLines(plan)) terminal.out(line);
  say(terminal, values, { period, publishes, officers, outcome }, sentence);
}

/** A plan in words: what an officer signs. */
function planLines({ instance, period, publishesMs, officers, epsilon, budget, keySpace }: Plan): readonly string[] {
  const [t1, t2] = [cellsOf("t1", keySpace).length, cellsOf("t2", keySpace).length];
  return [
    `${instance}, ${period}: ${isoDay(firstDay(period))} to ${isoDay(lastDay(period))}`,
    `published at ${isoInstant(publishesMs)}, even when empty`,
    `counted by ${keySpace.taxonomy.version} and ${keySpace.geography.version}: ${t1} figures of the country, ${t2} of régions`,
    `ε ${epsilonText(epsilon.t1)} and ${epsilonText(epsilon.t2)}, ${epsilonText(budget)} at most for whoever is counted once`,
    `drawn and signed by ${officers.join(" and ")}`,
    ...(keepsCalendar(instance) ? [] : ["a demo: only the order of the steps is held, no date"]),
  ];
}
