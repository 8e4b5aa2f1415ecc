import { isoDay, isoInstant, systemClock } from "../../base/clock.ts";
import { forgetSources } from "../../quarter/officer/draw.ts";
import { instanceOf, type Officer } from "../../quarter/officer/officer.ts";
import { standings, type OfficerStep, type Standing } from "../../quarter/officer/standing.ts";
import { labelDays } from "../../trends/calendar.ts";
import { addDays } from "../../base/clock.ts";
import { lastDay } from "../../trends/period.ts";
import { keepsCalendar } from "../../trends/plan.ts";
import { officerCommand } from "./officer.ts";

export const releaseStatusCommand = officerCommand({
  name: "release status",
  purpose: "where each quarter stands, whose turn it is, and your next command",
  help: [
    "Once the server holds a co-signed release, your seed and your copy of the draw are destroyed: run it after the other",
    "officer has handed it in.",
  ],
  run: async (officer, values, terminal) => {
    const found = await standings(officer, systemClock.nowMs());
    for (const standing of found) {
      const forgotten = isOver(standing) && (await forgetSources(officer, standing.period));
      if (values["json"] === true) terminal.out(JSON.stringify({ ...jsonOf(standing), forgotten }));
      else for (const line of linesOf(officer, standing)) terminal.out(line);
    }
    if (found.length === 0 && values["json"] !== true) terminal.out("Nothing is planned: gundo release plan");
  },
});

function isOver({ state }: Standing): boolean {
  return state === "cosigned" || state === "published";
}

function jsonOf({ period, plan, attempt, state, step, awaits, mayAgain }: Standing): object {
  const publishes = plan && isoInstant(plan.publishesMs);
  return { period, state, attempt, step, awaits, mayAgain, publishes };
}

const commands: Readonly<Record<OfficerStep, string>> = {
  signPlan: "gundo release plan, then with --sign",
  commit: "gundo release commit",
  claim: "gundo release claim",
  reveal: "gundo release reveal",
  draw: "gundo release draw",
  commitAgain: "gundo release commit --again",
  claimAgain: "gundo release claim --out FILE, then, signed by enough of the board, with --note FILE,",
  cosign: "gundo release cosign, then gundo release publish",
};

function linesOf(officer: Officer, { period, plan, state, step, awaits }: Standing): readonly string[] {
  const shown = plan === null ? "" : `, shown from ${isoInstant(plan.publishesMs)} on`;
  const whose = awaits.length === 0 ? "" : `; awaits ${awaits.join(" and ")}`;
  const next = step === null ? [] : [`  your turn: ${commands[step]} --period ${period}`];
  return [`${period}: ${state}${shown}${whose}`, ...next, ...datesOf(officer, period, state)];
}

/** What the calendar says of a period that is under way; a demo has none. */
function datesOf(officer: Officer, period: Standing["period"], state: Standing["state"]): readonly string[] {
  if (!keepsCalendar(instanceOf(officer))) return ["  a demo: only the order of the steps is held, no date"];
  const last = lastDay(period);
  if (state === "planned") return [`  both commit by ${isoDay(last)}`];
  return state === "committed" ? [`  labels until ${isoDay(addDays(last, labelDays))}, then the claim`] : [];
}
