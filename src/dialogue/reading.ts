import { isoDay, type UnixDay } from "../base/clock.ts";
import { askWho, settle } from "./exclusion.ts";
import { readThrough, textPages } from "./pages.ts";
import { askWords } from "./report.ts";
import type { Exclusion } from "./settings.ts";
import { keyed, type Ask, type Reading, type Step, type Talk } from "./step.ts";

/** Reading an answer by its 16 digits, then writing again or forgetting (phones.md, Dialogue, Reading). */
export function askCode(talk: Talk, mistyped = false): Ask {
  return {
    kind: "ask",
    body: () => (mistyped ? talk.script.codeMistyped : talk.script.code),
    hint: talk.script.hintKey,
    draft: null,
    next: (answer) => typed(talk, answer),
  };
}

function typed(talk: Talk, answer: string): Step {
  const digits = answer.replace(/[\s.*-]/g, "");
  if (!/^\d{16}$/.test(digits) || !talk.settings.receiptPlausible(digits)) return askCode(talk, true);
  return talk.reading === undefined ? { kind: "readMailbox", receipt: digits } : read(talk, digits, talk.reading);
}

function read(talk: Talk, receipt: string, reading: Reading): Step {
  if (reading.kind === "refused") return { kind: "say", body: talk.script.readLater };
  const { script } = talk;
  if (reading.kind === "nothing") return askThen(talk, script.noAnswer, receipt, null);
  if (reading.kind === "taken") return askThen(talk, script.taken(dayOnPhone(reading.day)), receipt, reading.exclude);
  const pages = reading.answers.flatMap(({ day, text }) =>
    textPages(talk, `${script.answerOf(dayOnPhone(day))}\n${text}`),
  );
  return readThrough(talk, pages, script.next, () => askThen(talk, script.afterAnswer, receipt, reading.exclude));
}

/** `DD/MM`: a mailbox keeps nothing for longer than 90 days. */
function dayOnPhone(day: UnixDay): string {
  return isoDay(day).slice(5).split("-").toReversed().join("/");
}

// An answer repeats the exclusions of the report. Without one nobody here knows them, so they are asked first.
function withExclusions(
  talk: Talk,
  known: readonly Exclusion[] | null,
  then: (exclude: readonly Exclusion[]) => Step,
): Step {
  return known === null ? askWho(talk, then) : settle(talk, known, then);
}

function askThen(talk: Talk, body: string, receipt: string, exclude: readonly Exclusion[] | null): Step {
  return keyed(talk, () => body, {
    1: () => withExclusions(talk, exclude, (all) => askWords(talk, all, receipt)),
    2: () => askForget(talk, receipt, exclude),
  });
}

function askForget(talk: Talk, receipt: string, exclude: readonly Exclusion[] | null): Step {
  const { language } = talk.script;
  return keyed(talk, () => talk.script.forget, {
    1: () => withExclusions(talk, exclude, (all) => ({ kind: "forget", language, receipt, exclude: all })),
    2: () => askThen(talk, talk.script.afterAnswer, receipt, exclude),
  });
}
