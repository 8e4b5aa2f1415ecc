import { html, raw } from "hono/html";
import { closedHtml } from "./closed.ts";
import { conversationHtml, type ConversationView } from "./conversation.ts";
import { formHtml, type FormView } from "./form.ts";
import { headHtml, within, type Html } from "./html.ts";
import { readFormHtml, type ReadFormView } from "./read-form.ts";
import { squeezed } from "./squeezed.ts";
import { pageStyle } from "./style.ts";
import type { PageWords } from "./words.ts";

/** The page as one visitor sees it. */
export interface PageView extends FormView, ReadFormView {
  /** 6 x 4 digits of the roster in force (roster/fingerprint.ts). */
  readonly fingerprint: string;
  /** The script within the page. */
  readonly first: string;
}

/** A report was stored; `numbers` are the two halves of its receipt, or null when none could be had. */
export interface ThanksView {
  readonly words: PageWords;
  readonly numbers: readonly [string, string] | null;
  /** In place of what is said of a report. */
  readonly says?: string;
}

/** The informant's page: what this is, what it hides, who reads, the form (web.md, The informant's page). */
export function pageHtml(view: PageView): Promise<string> {
  const { words, foreignScript } = view;
  return document(
    words,
    html`<main>
        <div id="entry">
          ${words.lead.map((sentence) => html`<p>${sentence}</p>`)} ${hidesHtml(words)} ${readersHtml(view)}
          ${readFormHtml(view)} ${formHtml(view)}
        </div>
        ${foreignScript ? "" : thanksHtml({ words, numbers: null }, false)}
      </main>
      ${foreignScript ? "" : within("script", view.first)}`,
  );
}

/** The page after a report that the edge sealed: same title, same address. */
export function thanksPageHtml(view: ThanksView): Promise<string> {
  return document(view.words, html`<main>${thanksHtml(view, true)}</main>`);
}

/** What was read behind two numbers, without script: same title, same address. */
export function conversationPageHtml(view: ConversationView): Promise<string> {
  return document(view.words, html`<main>${conversationHtml(view)}</main>`);
}

/** While no roster is in force: same title, same address, nothing to fill in. */
export function closedPageHtml(words: PageWords, helpNumber: string): Promise<string> {
  return document(words, html`<main>${closedHtml(words, helpNumber)}</main>`);
}

/** The digits open nothing any more. */
export function forgottenPageHtml(words: PageWords): Promise<string> {
  const { reading, traces } = words;
  return document(
    words,
    html`<main>
      <section>
        <h2>${reading.title}</h2>
        <p>${reading.forgotten}</p>
        <p>${traces}</p>
      </section>
    </main>`,
  );
}

async function document(words: PageWords, body: Html): Promise<string> {
  const page = html`<!doctype html>
    <html lang="${words.language}">
      ${headHtml(pageStyle)}
      <body>
        <nav><a id="exit" href="/exit">${words.exit}</a></nav>
        <header>
          <h1>Gundo</h1>
          <a href="${words.other.path}" lang="${words.other.language}">${words.other.name}</a>
        </header>
        ${body}
      </body>
    </html>`;
  return squeezed((await page).toString());
}

function hidesHtml(words: PageWords): Html {
  return html`<section>
    <h2>${words.hidesTitle}</h2>
    <dl>
      ${words.hides.map(
        ({ word, by, says }) =>
          html`<dt>${word}, ${by}</dt>
            <dd>${says}</dd>`,
      )}
    </dl>
    <p>${words.neverHidesTitle}</p>
    <ul>
      ${words.neverHides.map((one) => html`<li>${one}</li>`)}
    </ul>
  </section>`;
}

function readersHtml({ words, organisations, fingerprint }: PageView): Html {
  return html`<section>
    <h2>${words.readersTitle}</h2>
    <p>${words.readers}</p>
    <ul>
      ${organisations.map((name) => html`<li>${name}</li>`)}
    </ul>
    <p>${words.fingerprint} : <b id="fingerprint" class="numbers">${fingerprint}</b></p>
    <p>${words.fingerprintUse}</p>
  </section>`;
}

/** With script it lies in the page, hidden, until a report was taken. */
function thanksHtml({ words, numbers, says = words.thanks }: ThanksView, shown: boolean): Html {
  const [first, second] = numbers ?? ["", ""];
  return html`<section id="thanks" tabindex="-1" ${shown ? "" : raw("hidden")}>
    <h2>${words.thanksTitle}</h2>
    <p>${says}</p>
    <div id="numbers" ${numbers === null ? raw("hidden") : ""}>
      <p>${words.numbers}</p>
      <p class="numbers"><span id="first-number">${first}</span><br /><span id="second-number">${second}</span></p>
      ${
        shown
          ? ""
          : html`<p>
              <button type="button" id="copy">${words.numbersCopy}</button>
              <button type="button" id="noted">${words.numbersNoted}</button>
            </p>`
      }
    </div>
    <p id="no-numbers" ${numbers === null ? "" : raw("hidden")}>${words.noNumbers}</p>
    <p>${words.noSign}</p>
    <p>${words.traces}</p>
  </section>`;
}
