import { choose, readThrough } from "./pages.ts";
import { askCode } from "./reading.ts";
import { report } from "./report.ts";
import type { Language, Script } from "./script.ts";
import { newsOf, scriptOf, type Settings } from "./settings.ts";
import { keyed, type Draft, type HandIn, type Reading, type Step, type Talk } from "./step.ts";

/** What the caller knows of a session besides its answers. */
export interface Known {
  /** What it found when it was asked to read a mailbox. A session reads one at most. */
  readonly reading?: Reading;
  /** `TurnNote.guessed` of inputs.ts. */
  readonly guessed?: boolean;
}

/** The caller is to read the mailbox of these 16 digits and fold again with what it found. */
interface Need {
  readonly kind: "readMailbox";
  readonly receipt: string;
}

/** What a turn leads to. `screen` begins with `CON ` or `END ` and goes out as it is. */
export type Outcome =
  /** `receiptWanted`: words of a new report have come, so make its receipt while the person types (phones.md). */
  | { readonly kind: "screen"; readonly screen: string; readonly receiptWanted: boolean }
  | { readonly kind: "end"; readonly screen: string }
  | HandIn
  | { readonly kind: "needs"; readonly need: Need };

/** What a session that was cut has to send. */
export type Cut =
  | { readonly kind: "nothing" }
  | { readonly kind: "draft"; readonly draft: Draft }
  | { readonly kind: "needs"; readonly need: Need };

function menu(talk: Talk): Step {
  const { script, settings } = talk;
  const back = () => menu(talk);
  return keyed(talk, () => script.menu, {
    1: () => report(talk),
    2: () => askCode(talk),
    3: () => readThrough(talk, script.safety(settings.cost[script.language], settings.answerDays), script.toMenu, back),
    4: () => askLanguage(talk),
    5: () => readThrough(talk, newsOf(settings, script), script.toMenu, back),
  });
}

function askLanguage(talk: Talk): Step {
  return choose(talk, {
    head: talk.script.chooseLanguage,
    choices: talk.settings.scripts.map((script) => ({ label: script.name, value: script })),
    chosen: (script) => menu({ ...talk, script }),
  });
}

interface Walked {
  readonly step: Step;
  /** The last answer was not understood. */
  readonly misread: boolean;
  /** Answers came after the dialogue had ended. */
  readonly over: boolean;
}

function walk(settings: Settings, inputs: readonly string[], known: Known): Walked {
  const script = settings.scripts[0]!;
  let step = menu({ settings, script, reading: known.reading, guessed: known.guessed ?? false });
  let misread = false;
  for (const input of inputs) {
    if (step.kind !== "ask") return { step, misread: false, over: true };
    const next = step.next(input);
    misread = next === null;
    step = next ?? step;
  }
  return { step, misread, over: false };
}

/**
 * Where the answers so far lead (phones.md, Dialogue). A pure function: the same answers give the same outcome, a
 * prefix of a session that ended gives what it gave then, and whatever the answers hold there is a screen and no error.
 */
export function fold(settings: Settings, inputs: readonly string[], known: Known = {}): Outcome {
  const { step, misread, over } = walk(settings, inputs, known);
  if (step.kind === "ask") {
    const screen = `CON ${misread ? `${step.hint}\n` : ""}${step.body()}`;
    return { kind: "screen", screen, receiptWanted: step.draft !== null && step.draft.thread === null };
  }
  if (step.kind === "say") return { kind: "end", screen: `END ${step.body}` };
  if (step.kind === "readMailbox") return { kind: "needs", need: step };
  if (!over) return step;
  return overScreen(settings, step.kind === "report" ? step.draft.language : step.language);
}

function overScreen(settings: Settings, language: Language): Outcome {
  return { kind: "end", screen: `END ${scriptOf(settings, language).over}` };
}

/**
 * What the end event of a session sends: as soon as some words came, they and what was answered since, with the
 * exclusions, which were asked before. A finished report is given too: the caller's `seen` keeps it from being sent twice.
 */
export function draftOf(settings: Settings, inputs: readonly string[], known: Known = {}): Cut {
  const { step } = walk(settings, inputs, known);
  if (step.kind === "readMailbox") return { kind: "needs", need: step };
  const draft = step.kind === "ask" || step.kind === "report" ? step.draft : null;
  return draft === null ? { kind: "nothing" } : { kind: "draft", draft };
}

function closing(settings: Settings, language: Language, body: (script: Script) => string): string {
  return `END ${body(scriptOf(settings, language))}`;
}

/** The end of a report that was accepted. `receipt`: its 16 digits, or null when none can be shown. */
export function thanksScreen(settings: Settings, draft: Draft, receipt: string | null): string {
  return closing(settings, draft.language, (script) => {
    if (draft.thread !== null) return script.thanksSameNumbers;
    return receipt === null ? script.thanksWithoutNumber : script.thanks(receipt.slice(0, 8), receipt.slice(8));
  });
}

/** The end of a report that was not accepted, by a limit or a store that refuses: never a false thanks. */
export function notSentScreen(settings: Settings, language: Language): string {
  return closing(settings, language, (script) => script.notSent);
}

/** The end of a forgotten mailbox, whether or not it existed. */
export function forgottenScreen(settings: Settings, language: Language): string {
  return closing(settings, language, (script) => script.forgotten);
}
