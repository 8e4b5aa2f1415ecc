import type { SimulatorWords } from "./words.ts";

type Of = (words: SimulatorWords) => string;

/** Elements whose words follow the language, so that the page changes it without being loaded again. */
export class Labels {
  readonly #all: ((words: SimulatorWords) => void)[] = [];

  /** The element's text. */
  text<E extends Element>(element: E, of: Of): E {
    this.#all.push((words) => {
      element.textContent = of(words);
    });
    return element;
  }

  /** The element's name for who does not see it. */
  named<E extends Element>(element: E, of: Of): E {
    this.#all.push((words) => element.setAttribute("aria-label", of(words)));
    return element;
  }

  /** The language of the element's text, where it is not the page's. */
  language(element: Element, of: Of): void {
    this.#all.push((words) => element.setAttribute("lang", of(words)));
  }

  say(words: SimulatorWords): void {
    for (const one of this.#all) one(words);
  }
}
