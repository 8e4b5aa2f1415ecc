import { html, raw } from "hono/html";
import type { FormFields } from "../../dialogue/words-page.ts";
import { readingField, type ReadingNotice } from "../../dialogue/words-reading.ts";
import type { Html } from "./html.ts";
import type { PageWords } from "./words.ts";

/** The two fields with which an answer is asked for. */
export interface ReadFormView {
  readonly words: PageWords;
  readonly foreignScript: boolean;
  readonly filled: FormFields;
  readonly readNotice: ReadingNotice | null;
}

/**
 * Folded, before the form: who comes back finds it, who comes first passes it by. Nothing of it is in the address. What
 * reading means stands before the button (web.md).
 */
export function readFormHtml({ words, foreignScript, filled, readNotice }: ReadFormView): Html {
  return html`<details ${readNotice === null ? "" : raw("open")}>
    <summary>${words.readTitle}</summary>
    <form id="reading" method="post" action="${words.path}" autocomplete="off">
      ${numberHtml(words.readFirst, readingField.first, filled)}
      ${numberHtml(words.readSecond, readingField.second, filled)}
      ${foreignScript ? html`<p class="warn">${words.operaMini}</p>` : ""}
      <p id="read-plain" class="warn">${words.readPlain}</p>
      <p><button id="read" name="${readingField.step}" value="read">${words.readTitle}</button></p>
      <p id="reading-says" role="alert">${readNotice === null ? "" : words.reading.notices[readNotice]}</p>
    </form>
    <div id="conversation" tabindex="-1" hidden></div>
  </details>`;
}

function numberHtml(label: string, name: string, filled: FormFields): Html {
  const [value] = filled.getAll(name);
  return html`<label for="${name}">${label}</label>
    <input id="${name}" name="${name}" inputmode="numeric" value="${typeof value === "string" ? value : ""}" />`;
}
