import { shownDay, type ReadingWords } from "../../dialogue/words-reading.ts";
import { element } from "../page.ts";
import type { NextOrder, Outcome } from "./order.ts";

type Node = HTMLElement | string;

/** An element with these attributes and children; a text is never anything but text. */
function make(tag: string, attributes: Readonly<Record<string, string>>, ...children: readonly Node[]): HTMLElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** What was found, and the ways on from it, in place of what was there before. */
export function showConversation(
  words: ReadingWords,
  { answers, day }: Extract<Outcome, { kind: "read" }>,
  next: (step: NextOrder["step"], form: HTMLFormElement) => void,
): void {
  const said = answers.flatMap((answer) => [
    make("h3", {}, words.answerOf.replace("{day}", shownDay(answer.day))),
    make("p", { class: "answer" }, answer.text),
  ]);
  const none = day === null ? words.nothing : words.taken.replace("{day}", shownDay(day));
  const form = make("form", { autocomplete: "off" }) as HTMLFormElement;
  form.append(
    ...(day === null ? [whoMustNotRead()] : []),
    make("label", { for: "again" }, words.again),
    make("p", { class: "hint", id: "again-hint" }, words.againHint),
    make("textarea", { id: "again", autocomplete: "off", name: "text", rows: "6", "aria-describedby": "again-hint" }),
    make("p", {}, stepButton("again", words.send)),
    make("p", { id: "exchange-hint" }, words.exchangeHint),
    make("p", {}, stepButton("exchange", words.exchange)),
    make("p", { id: "forget-hint" }, words.forgetHint),
    make("p", {}, stepButton("forget", words.forget)),
  );
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of form.querySelectorAll("button"))
    button.addEventListener("click", () => next(button.value as NextOrder["step"], form));
  replace(make("h2", {}, words.title), ...(said.length > 0 ? said : [make("p", {}, none)]), form);
}

function stepButton(step: NextOrder["step"], label: string): HTMLElement {
  const described = step === "again" ? {} : { "aria-describedby": `${step}-hint` };
  return make("button", { type: "button", value: step, ...described }, label);
}

/** The question of the first form, asked again with nothing chosen: no answer repeated what was said there. */
function whoMustNotRead(): HTMLElement {
  const asked = element("form").querySelector("fieldset")!.cloneNode(true) as HTMLElement;
  for (const named of asked.querySelectorAll("[id],[for],[aria-labelledby]"))
    for (const attribute of ["id", "for", "aria-labelledby"]) {
      const name = named.getAttribute(attribute);
      if (name !== null) named.setAttribute(attribute, `${name}-again`);
    }
  for (const box of asked.querySelectorAll("input")) box.checked = false;
  asked.querySelector("select")!.selectedIndex = 0;
  return asked;
}

/** One sentence in place of the conversation. */
export function showEnd(sentence: string): void {
  replace(make("p", {}, sentence));
}

/** Puts these into the conversation's place and goes there. */
function replace(...children: readonly Node[]): void {
  const place = element("conversation");
  place.textContent = "";
  place.append(...children);
  place.hidden = false;
  place.focus();
}

/** A sentence for eyes and screen readers; "" takes it away. */
export function say(sentence: string): void {
  element("reading-says").textContent = sentence;
}
