import { utf8 } from "../base/bytes.ts";
import { askWho } from "./exclusion.ts";
import { beginningOf, septets } from "./gsm7.ts";
import { choose, fitsOneScreen, type List } from "./pages.ts";
import { nameSeptets, type Category, type Exclusion, type Region } from "./settings.ts";
import { keyed, startAgain, type Ask, type Draft, type Step, type Talk } from "./step.ts";

/** Reporting, from the exclusion question to sending (phones.md, Dialogue 2 to 4). */
export function report(talk: Talk): Step {
  return askWho(talk, (exclude) => askWords(talk, exclude, null));
}

/** The first words, once it is settled who must not read; `thread` is the receipt that is followed up. */
export function askWords(talk: Talk, exclude: readonly Exclusion[], thread: string | null): Ask {
  const empty: Draft = { language: talk.script.language, text: "", exclude, answers: {}, thread, smsAnswer: false };
  return {
    kind: "ask",
    body: () => talk.script.words,
    hint: talk.script.hintWords,
    draft: null,
    next: (answer) => firstWords(talk, empty, answer),
  };
}

// One digit is a slip of the thumb, never a report.
function firstWords(talk: Talk, empty: Draft, answer: string): Step | null {
  if (isDigit(answer)) return talk.guessed ? startAgain(talk) : null;
  return answer.trim() === "" ? null : addWords(talk, empty, answer);
}

function isDigit(answer: string): boolean {
  return /^\s*\d\s*$/.test(answer);
}

// Bytes of one character in UTF-8 (RFC 3629 §3); a lone surrogate is encoded as U+FFFD, which has three too.
function utf8Bytes(character: string): number {
  const point = character.codePointAt(0)!;
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x1_0000 ? 3 : 4;
}

/** `bytesLeft`: what the frame still holds of words. */
function addWords(talk: Talk, draft: Draft, answer: string, bytesLeft = talk.settings.maxTextBytes): Ask {
  const line = draft.text === "" ? answer : `\n${answer}`;
  const kept = beginningOf(line, bytesLeft, utf8Bytes);
  const text = draft.text + kept;
  return moreWords(talk, { ...draft, text }, kept === line ? bytesLeft - utf8(kept).length : "full");
}

function moreWords(talk: Talk, draft: Draft, bytesLeft: number | "full"): Ask {
  const full = bytesLeft === "full";
  return {
    kind: "ask",
    body: () => (full ? talk.script.wordsFull : talk.script.wordsMore),
    hint: talk.script.hintWords,
    draft,
    next: (answer) => {
      if (answer === "0") return send(draft);
      if (answer === "1") return askWhat(talk, draft);
      if (talk.guessed && isDigit(answer)) return startAgain(talk);
      if (answer.trim() === "") return null;
      // What comes after a cut must not join what stands before it.
      return full ? moreWords(talk, draft, "full") : addWords(talk, draft, answer, bytesLeft);
    },
  };
}

function send(draft: Draft): Step {
  return { kind: "report", draft };
}

function detail<T>(talk: Talk, draft: Draft, list: Omit<List<T>, "zero" | "draft">): List<T> {
  return { ...list, draft, zero: { label: talk.script.send, step: () => send(draft) } };
}

// Septets of a group's line, from the most down to the fewest tried to get all groups on one screen.
const groupSeptets = [26, 25, 24, 23, 22, 21, 20, 19, 18, 17, nameSeptets];

// The groups have codes, not names: as many of the names in them as `limit` septets hold.
function groupLabel(names: readonly string[], limit: number): string {
  for (let count = names.length; count > 1; count--) {
    const label = names.slice(0, count).join(", ") + (count < names.length ? "..." : "");
    if (septets(label)! <= limit) return label;
  }
  return names.length > 1 ? `${names[0]!}...` : names[0]!;
}

function groupsOf(categories: readonly Category[]): readonly (readonly Category[])[] {
  return [...Map.groupBy(categories, (one) => (one.group === "" ? one.code : `group ${one.group}`)).values()];
}

function askWhat(talk: Talk, draft: Draft): Step {
  const groups = groupsOf(talk.settings.categories);
  const nameOf = (category: Category) => category.ussd[talk.script.language];
  const listed = (limit: number) =>
    detail(talk, draft, {
      head: talk.script.what,
      choices: groups.map((group) => ({ label: groupLabel(group.map(nameOf), limit), value: group })),
      chosen: (group) => askCategory(talk, draft, group),
    });
  const limit = groupSeptets.find((septetsEach) => fitsOneScreen(talk, listed(septetsEach)));
  return choose(talk, listed(limit ?? nameSeptets));
}

function askCategory(talk: Talk, draft: Draft, group: readonly Category[]): Step {
  const chosen = (category: Category) =>
    askWhere(talk, { ...draft, answers: { ...draft.answers, category: category.code } });
  if (group.length === 1) return chosen(group[0]!);
  const choices = group.map((category) => ({ label: category.ussd[talk.script.language], value: category }));
  return choose(talk, detail(talk, draft, { head: talk.script.what, choices, chosen }));
}

function placed(draft: Draft, place: string): Draft {
  return { ...draft, answers: { ...draft.answers, place } };
}

function askWhere(talk: Talk, draft: Draft): Step {
  const choices = talk.settings.regions.map((region) => ({ label: region.name, value: region }));
  const chosen = (region: Region) => askWhereCercle(talk, placed(draft, region.code), region);
  return choose(talk, detail(talk, draft, { head: talk.script.whereRegion, choices, chosen }));
}

function askWhereCercle(talk: Talk, draft: Draft, region: Region): Step {
  if (region.cercles.length <= 1) return askDanger(talk, placed(draft, region.cercles[0]?.code ?? region.code));
  const choices = region.cercles.map((cercle) => ({ label: cercle.name, value: cercle.code }));
  const chosen = (code: string) => askDanger(talk, placed(draft, code));
  return choose(talk, detail(talk, draft, { head: talk.script.whereCercle, choices, chosen }));
}

function askDanger(talk: Talk, draft: Draft): Step {
  const inDanger = (danger: boolean): Draft => ({ ...draft, answers: { ...draft.answers, danger } });
  return keyed(
    talk,
    () => talk.script.danger,
    { 1: () => sayNotRescue(talk, inDanger(true)), 2: () => askSmsAnswer(talk, inDanger(false)), 0: () => send(draft) },
    draft,
  );
}

// A screen of its own, before anything is sent: whoever is in danger must not wait for us.
function sayNotRescue(talk: Talk, draft: Draft): Step {
  return keyed(talk, () => talk.script.notRescue(talk.settings.helpNumber), { 0: () => send(draft) }, draft);
}

/**
 * Only where the instance can send, and off unless the person says so: an answer by SMS lies on the phone and at the
 * operator. Who is in danger now is not asked: a text that arrives by itself is the last thing they need.
 */
function askSmsAnswer(talk: Talk, draft: Draft): Step {
  if (!talk.settings.smsAnswers) return send(draft);
  const asked = { ...draft, smsAnswer: true };
  return keyed(
    talk,
    () => talk.script.smsAnswer,
    { 1: () => send(asked), 2: () => send(draft), 0: () => send(draft) },
    draft,
  );
}
