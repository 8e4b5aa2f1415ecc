import { shownLine } from "../roster/ceremony/words.ts";

/** An element of the page. Text goes in as text, never as HTML, and without characters that turn a line around. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.map((child) => (typeof child === "string" ? shownLine(child) : child)));
  return element;
}

/** A list with one line an item. */
export function lines(texts: readonly string[], kind = "lines"): HTMLUListElement {
  return make("ul", { class: kind }, ...texts.map((text) => make("li", {}, text)));
}

/** Digits to be read aloud. */
export function digits(text: string): HTMLParagraphElement {
  return make("p", { class: "digits" }, text);
}
