import { html, raw } from "hono/html";
import { malianRegions } from "../../dialogue/places.ts";
import type { Category } from "../../dialogue/settings.ts";
import { pageField, whenCodes, type FormFields, type PageNotice } from "../../dialogue/words-page.ts";
import type { Html } from "./html.ts";
import type { PageWords } from "./words.ts";

/** A form to show: empty at first, filled again when something was refused, so that nothing typed is lost. */
export interface FormView {
  readonly words: PageWords;
  readonly organisations: readonly string[];
  readonly categories: readonly Category[];
  /** Opera Mini and its like: no script is offered and a warning stands above the button. */
  readonly foreignScript: boolean;
  readonly filled: FormFields;
  readonly notice: PageNotice | null;
}

/**
 * The form (web.md, Fields). Who must not read comes first, as on the phone. Firefox writes what stands in a form to its
 * disk every few seconds, so that a crash loses nothing: it leaves out a field of a form that says "off", but a text or a
 * choice only when that says so itself. Chromium asks the form.
 */
export function formHtml(view: FormView): Html {
  const { words, notice } = view;
  return html`<form id="form" method="post" action="${words.path}" autocomplete="off">
    <h2>${words.formTitle}</h2>
    ${withoutHtml(view)} ${textHtml(view)} ${moreHtml(view)} ${fileHtml(view)}
    <div class="box" id="sealing" aria-live="polite">${sealingHtml(view)}</div>
    <p><button>${words.send}</button></p>
    <div id="notices" role="alert" tabindex="-1" ${notice === null ? "" : raw("autofocus")}>
      ${Object.entries(words.notices).map(
        ([name, says]) => html`<p data-notice="${name}" ${hiddenUnless(name === notice)}>${says}</p>`,
      )}
    </div>
  </form>`;
}

/** Who must not read. */
export function withoutHtml({
  words,
  organisations,
  filled,
}: Pick<FormView, "words" | "organisations" | "filled">): Html {
  const chosen = filled.getAll(pageField.withoutOrganisation);
  return html`<fieldset>
    <legend>${words.withoutTitle} (${words.optional})</legend>
    <p class="hint">${words.withoutHint}</p>
    <label for="without">${words.withoutPlace}</label>
    <select id="without" autocomplete="off" name="${pageField.withoutPlace}">
      <option value="">${words.nobody}</option>
      ${placeOptions(words, one(filled, pageField.withoutPlace))}
    </select>
    <p id="organisations"><b>${words.withoutOrganisation}</b></p>
    <div role="group" aria-labelledby="organisations">
      ${organisations.map((name) => checkHtml(pageField.withoutOrganisation, name, name, chosen.includes(name)))}
    </div>
  </fieldset>`;
}

function textHtml({ words, filled }: FormView): Html {
  return html`<label for="text">${words.text}</label>
    <p class="hint" id="text-hint">${words.textHint}</p>
    <textarea id="text" autocomplete="off" name="${pageField.text}" required rows="8" aria-describedby="text-hint">
${one(filled, pageField.text)}</textarea>`;
}

function moreHtml({ words, filled, categories }: FormView): Html {
  const when = one(filled, pageField.when);
  const fields = [pageField.category, pageField.place, pageField.when, pageField.danger];
  const open = fields.some((name) => one(filled, name) !== "");
  return html`<details ${open ? raw("open") : ""}>
    <summary>${words.more} (${words.optional})</summary>
    <label for="category">${words.category}</label>
    <select id="category" autocomplete="off" name="${pageField.category}">
      <option value="">${words.unsaid}</option>
      ${categories.map(({ code, name }) => optionHtml(code, name[words.language], one(filled, pageField.category)))}
    </select>
    <label for="place">${words.place}</label>
    <select id="place" autocomplete="off" name="${pageField.place}">
      <option value="">${words.unsaid}</option>
      ${placeOptions(words, one(filled, pageField.place))}
    </select>
    <label for="when">${words.when}</label>
    <select id="when" autocomplete="off" name="${pageField.when}">
      <option value="">${words.unsaid}</option>
      ${whenCodes.map((code) => optionHtml(code, words.whenChoices[code], when))}
    </select>
    ${checkHtml(pageField.danger, "yes", words.danger, one(filled, pageField.danger) !== "")}
    <p class="hint">${words.dangerHint}</p>
  </details>`;
}

/** Only a script that seals shows it. Without a name the file is in no post of the form. */
function fileHtml({ words }: FormView): Html {
  return html`<div id="attach" hidden>
    <label for="file">${words.file} (${words.optional})</label>
    <input type="file" id="file" aria-describedby="file-says" />
    <p id="file-says" role="status"></p>
  </div>`;
}

/** What happens to the words when the button is pressed: true without any script, and changed by one that seals. */
function sealingHtml({ words, foreignScript }: FormView): Html {
  if (foreignScript)
    return html`<p class="warn">${words.operaMini}</p>
      <p data-sealing="plain">${words.plain}</p>`;
  return html`<p data-sealing="plain" class="warn">${words.plain}</p>
    <p data-sealing="loading" hidden>${words.loading}</p>
    <p data-sealing="sealed" hidden>${words.sealed}</p>
    <p data-sealing="sending" hidden>${words.sending}</p>
    <p data-sealing="refused" class="warn" hidden>${words.refused}</p>`;
}

function placeOptions(words: PageWords, chosen: string): Html {
  return html`${malianRegions.map(
    (region) =>
      html`<optgroup label="${region.name}">
        ${optionHtml(region.code, words.wholeRegion(region.name), chosen)}
        ${region.cercles.length > 1 ? region.cercles.map(({ code, name }) => optionHtml(code, name, chosen)) : ""}
      </optgroup>`,
  )}`;
}

function optionHtml(value: string, label: string, chosen: string): Html {
  return html`<option value="${value}" ${value === chosen ? raw("selected") : ""}>${label}</option>`;
}

function checkHtml(name: string, value: string, label: string, checked: boolean): Html {
  return html`<label class="check"
    ><input type="checkbox" name="${name}" value="${value}" ${checked ? raw("checked") : ""} />${label}</label
  >`;
}

function hiddenUnless(shown: boolean): Html | string {
  return shown ? "" : raw("hidden");
}

function one(fields: FormFields, name: string): string {
  const [value] = fields.getAll(name);
  return typeof value === "string" ? value : "";
}
