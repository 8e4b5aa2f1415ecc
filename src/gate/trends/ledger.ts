import { html } from "hono/html";
import { hex } from "../../base/bytes.ts";
import { epsilonText } from "../../trends/epsilon.ts";
import { quarterName } from "../../trends/publish/quarter.ts";
import type { Html } from "../page/html.ts";
import { noteAddress } from "./note-address.ts";
import type { Released, Trends } from "./source.ts";
import { scrolled } from "./tables.ts";
import type { TrendsWords } from "./words.ts";

/** What each release spent and how it is tied to the one before (trends.md, Who computes). */
export function ledgerHtml(words: TrendsWords, { quarters }: Trends): Html {
  const { ledger: says } = words;
  const { columns } = says;
  const all = quarters.flatMap(({ released }) => (released === null ? [] : [released]));
  if (all.length === 0) return html`<p>${says.none}</p>`;
  const heads = [columns.quarter, columns.t1, columns.t2, columns.sum, columns.total, columns.draws, columns.signed];
  const table = html`<table>
    <thead>
      <tr>
        ${heads.map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${all.map((released) => lineRow(words, released))}
    </tbody>
  </table>`;
  return html`${says.says.map((sentence) => html`<p>${sentence}</p>`)} ${scrolled(says.title, table)}
    <h2>${says.hashes}</h2>
    ${all.map((released) => hashesHtml(words, released))}`;
}

function lineRow({ language }: TrendsWords, { release, signers }: Released): Html {
  const { spent, sum, total, attempts } = release.ledger.at(-1)!;
  return html`<tr>
    <th scope="row">${quarterName(release.period, language)}</th>
    <td>${epsilonText(spent.t1)}</td>
    <td>${epsilonText(spent.t2)}</td>
    <td>${epsilonText(sum)}</td>
    <td>${epsilonText(total)}</td>
    <td>${attempts}</td>
    <td>${signers.join(", ")}</td>
  </tr>`;
}

function hashesHtml({ ledger: says, language }: TrendsWords, { release, hash }: Released): Html {
  const isFirst = release.previous.every((byte) => byte === 0);
  const lines = [
    [says.hash.release, hex(hash)],
    [says.hash.previous, isFirst ? says.first : hex(release.previous)],
    [says.hash.plan, hex(release.plan)],
    [says.hash.claim, hex(release.claim)],
  ] as const;
  return html`<h3><a href="${noteAddress(release.period, "release")}">${quarterName(release.period, language)}</a></h3>
    <ul>
      ${lines.map(([name, value]) => html`<li>${name} <code>${value}</code></li>`)}
    </ul>`;
}
