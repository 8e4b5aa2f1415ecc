import type { UnixDay } from "../../src/base/clock.ts";
import type { Reading } from "../../src/dialogue/step.ts";
import { fold, type Known, type Outcome } from "../../src/dialogue/ussd.ts";
import type { Settings } from "../../src/dialogue/settings.ts";
import { goodCode, mistypedCode } from "./instance.ts";

/** What one key sends. */
export const digits = "0123456789".split("");

/** One answer of each kind that any screen could take or refuse. */
const answers = [...digits, "98", "00", "Des hommes armes", "m".repeat(5000), goodCode, mistypedCode, ""];

const day = 20_783 as UnixDay;

function answered(...texts: readonly string[]): Reading {
  return { kind: "answers", answers: texts.map((text) => ({ day, text })), exclude: [] };
}

/** An answer in Latin letters and one in letters that GSM-7 lacks, each of several pages. */
export const readings: readonly (Reading | undefined)[] = [
  undefined,
  { kind: "nothing" },
  { kind: "refused" },
  { kind: "taken", day, exclude: [] },
  answered("Merci. Où est-ce, à l'école ou « près du pont » ? ".repeat(12)),
  answered("ߊߓߌ ߞߊ ߞߍߣߍ ".repeat(20)),
  answered(" "),
  answered(`oui${" ".repeat(400)}non`, "Merci."),
];

export interface Visit {
  readonly inputs: readonly string[];
  readonly known: Known;
  readonly outcome: Outcome;
}

/** Every outcome that some answers lead to, each once, by the fewest answers. */
export function reach(settings: Settings, known: Known): readonly Visit[] {
  const visits: Visit[] = [{ inputs: [], known, outcome: fold(settings, [], known) }];
  const seen = new Set([JSON.stringify(visits[0]!.outcome)]);
  // The list grows while it is walked.
  for (const { inputs, outcome } of visits) {
    if (outcome.kind === "needs" || outcome.kind === "end") continue;
    for (const answer of answers) visit([...inputs, answer]);
  }
  return visits;

  function visit(inputs: readonly string[]): void {
    const outcome = fold(settings, inputs, known);
    const key = JSON.stringify(outcome);
    if (!seen.has(key)) visits.push({ inputs, known, outcome });
    seen.add(key);
  }
}

/** The same, for whatever the caller may know. */
export function reachAll(settings: Settings): readonly Visit[] {
  return [false, true].flatMap((guessed) =>
    readings.flatMap((reading) => reach(settings, { guessed, ...(reading === undefined ? {} : { reading }) })),
  );
}

/** The screens among `visits`, each once. */
export function screensOf(visits: readonly Visit[]): readonly string[] {
  return [...new Set(visits.flatMap(({ outcome }) => ("screen" in outcome ? [outcome.screen] : [])))];
}
