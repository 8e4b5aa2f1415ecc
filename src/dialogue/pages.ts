import { beginningOf, isGsm7, respell, septetCost, septets } from "./gsm7.ts";
import { keyed, screenSeptets, screenUnits, type Draft, type Step, type Talk } from "./step.ts";

/** What a list asks: one choice of any number, a page at a time. */
export interface List<T> {
  readonly head: string;
  readonly choices: readonly { readonly label: string; readonly value: T }[];
  /** What `0` does on every page; without it `0` turns the page. */
  readonly zero?: { readonly label: string; readonly step: () => Step };
  readonly draft?: Draft;
  readonly chosen: (value: T) => Step;
}

function roomForBody(talk: Talk): number {
  return screenSeptets - "CON ".length - septets(`${talk.script.hintKey}\n`)!;
}

function linesOf(labels: readonly string[]): readonly string[] {
  return labels.map((label, index) => `${index + 1} ${label}`);
}

/** How many of `labels`, at most `most`, fit a screen whose other lines are `around`. */
function countThatFits(talk: Talk, labels: readonly string[], most: number, around: readonly string[]): number {
  let count = Math.min(most, labels.length);
  const body = () => [...around, ...linesOf(labels.slice(0, count))].join("\n");
  while (count > 1 && septets(body())! > roomForBody(talk)) count--;
  return count;
}

interface Page {
  readonly from: number;
  readonly count: number;
  readonly tail: readonly string[];
}

function zeroLine<T>(list: List<T>): readonly string[] {
  return list.zero === undefined ? [] : [`0 ${list.zero.label}`];
}

/** Whether one screen, with a hint before it, holds the whole list. */
export function fitsOneScreen<T>(talk: Talk, list: List<T>): boolean {
  const labels = list.choices.map((choice) => choice.label);
  return countThatFits(talk, labels, 9, [list.head, ...zeroLine(list)]) === labels.length;
}

function pagesOf<T>(talk: Talk, list: List<T>): readonly Page[] {
  const labels = list.choices.map((choice) => choice.label);
  const zero = zeroLine(list);
  if (fitsOneScreen(talk, list)) return [{ from: 0, count: labels.length, tail: zero }];
  const tail = [`${turnKey(list)} ${talk.script.next}`, ...zero];
  const pages: Page[] = [];
  for (let from = 0; from < labels.length;) {
    const count = countThatFits(talk, labels.slice(from), list.zero === undefined ? 9 : 8, [list.head, ...tail]);
    pages.push({ from, count, tail });
    from += count;
  }
  return pages;
}

function turnKey<T>(list: List<T>): "0" | "9" {
  return list.zero === undefined ? "0" : "9";
}

/**
 * A choice by number, up to nine a screen; after the last page comes the first. Where `0` has a meaning of its own, `9`
 * turns the page and eight choices stand before it.
 */
export function choose<T>(talk: Talk, list: List<T>, at = 0, pages = pagesOf(talk, list)): Step {
  const page = pages[at]!;
  const shown = list.choices.slice(page.from, page.from + page.count);
  const keys: Record<string, () => Step> = {};
  for (const [index, choice] of shown.entries()) keys[index + 1] = () => list.chosen(choice.value);
  if (pages.length > 1) keys[turnKey(list)] = () => choose(talk, list, (at + 1) % pages.length, pages);
  if (list.zero !== undefined) keys["0"] = list.zero.step;
  const body = () => [list.head, ...linesOf(shown.map((choice) => choice.label)), ...page.tail].join("\n");
  return keyed(talk, body, keys, list.draft ?? null);
}

/** Texts one after the other by `1`; the last one's `1` leads to `then`, under the name `lastKey`. */
export function readThrough(talk: Talk, texts: readonly string[], lastKey: string, then: () => Step, at = 0): Step {
  const isLast = at === texts.length - 1;
  return keyed(talk, () => `${texts[at]!}\n1 ${isLast ? lastKey : talk.script.next}`, {
    1: () => (isLast ? then() : readThrough(talk, texts, lastKey, then, at + 1)),
  });
}

/** Cut at the last space of the second half of what fits, so that words stay whole where they can. */
function cut(text: string, room: number, cost: (character: string) => number): string {
  const most = beginningOf(text, room, cost);
  const space = most.length === text.length ? -1 : most.lastIndexOf(" ");
  return space > most.length / 2 ? most.slice(0, space + 1) : most;
}

/** A text of any length and script as bodies that leave room for `1 <next>` and a hint; none of a text of nothing. */
export function textPages(talk: Talk, text: string): readonly string[] {
  const plain = respell(text).trim();
  const gsm = isGsm7(plain);
  const screen = gsm ? screenSeptets : screenUnits;
  const room = screen - `CON ${talk.script.hintKey}\n\n1 ${talk.script.next}`.length;
  const pages: string[] = [];
  for (let rest = plain; rest !== "";) {
    const page = cut(rest, room, gsm ? septetCost : (character) => character.length);
    if (page.trim() !== "") pages.push(page.trim());
    rest = rest.slice(page.length);
  }
  return pages;
}
