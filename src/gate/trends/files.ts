import { html } from "hono/html";
import type { Html } from "../page/html.ts";
import { noteAddress } from "./note-address.ts";
import type { Quarter } from "./source.ts";
import type { TrendsWords } from "./words.ts";

/** Links to what the page was made from, and how to check it without this server. */
export function filesHtml({ files: says, language, menu, path }: TrendsWords, { plan, notes }: Quarter): Html {
  const { period } = plan;
  const file = (name: string, label: string): Html => html`<a href="/trends/${period}/${name}">${label}</a>`;
  const tables = (["t1", "t2"] as const).map(
    (table) =>
      html`<li>
        <b>${table}</b>: ${file(`${table}.csv`, "CSV")}, ${file(`${table}.hxl.csv`, `CSV ${says.tagged}`)},
        ${file(`${table}.json`, "JSON-stat")}
      </li>`,
  );
  return html`<section>
    <h2>${says.title}</h2>
    <p>${says.says}</p>
    <ul>
      ${tables}
      <li>${file(`card.${language}.txt`, says.card)}, ${file(`radio.${language}.txt`, says.radio)}</li>
    </ul>
    <p>${says.notes}</p>
    <ul>
      ${notes.map((name) => html`<li><a href="${noteAddress(period, name)}">${name}.note</a></li>`)}
      <li><a href="${path}/ledger">${menu.ledger}</a></li>
    </ul>
    <p>${says.verify}</p>
  </section>`;
}
