import { html } from "hono/html";
import type { ReleaseContent } from "../../trends/content.ts";
import { totalMarginOf } from "../../trends/interval.ts";
import { isDistinct, regionalGroups } from "../../trends/publish/rows.ts";
import type { Shown } from "../../trends/publish/shown.ts";
import type { Html } from "../page/html.ts";
import type { Compared } from "./compared.ts";
import type { TrendsWords } from "./words.ts";

/** T1 in figures; the last row is the country. */
export function categoryTable(
  words: TrendsWords,
  names: readonly string[],
  marks: readonly Compared[],
  total: Shown,
): Html {
  const { columns } = words.bulletin;
  return scrolled(
    words.bulletin.categories,
    html`<table>
      <thead>
        <tr>
          <th scope="col">${columns.category}</th>
          <th scope="col" class="n">${columns.figure}</th>
          <th scope="col">${columns.interval}</th>
          <th scope="col">${columns.against}</th>
        </tr>
      </thead>
      <tbody>
        ${marks.map((mark, at) => categoryRow(words, names[at]!, mark))}
      </tbody>
      <tfoot>
        ${categoryRow(words, columns.total, { cell: total, before: null, change: null })}
      </tfoot>
    </table>`,
  );
}

function categoryRow({ bulletin: says }: TrendsWords, name: string, { cell, change }: Compared): Html {
  const reading = [isDistinct(cell) ? "" : says.indistinct, change === null ? "" : says[change]];
  return html`<tr>
    <th scope="row">${name}</th>
    <td class="n">${cell.shown}</td>
    <td class="i">${intervalOf(says, cell)}</td>
    <td>${reading.filter((one) => one !== "").join(", ")}</td>
  </tr>`;
}

/** T2 in figures, a row a région. Its total is the sum of its groups, with the interval of a sum. */
export function regionTable(words: TrendsWords, content: ReleaseContent, marks: readonly Compared[]): Html {
  const { bulletin: says, language } = words;
  const groups = regionalGroups(content);
  const margin = totalMarginOf(content.epsilon.t2, groups.length);
  const rows = content.keySpace.geography.regions.map(({ name }, region) => {
    const own = marks.slice(region * groups.length, (region + 1) * groups.length);
    return html`<tr>
      <th scope="row">${name}</th>
      ${own.map((mark) => regionCell(words, mark))} ${regionCell(words, sumOfMarks(own, margin))}
    </tr>`;
  });
  const heads = [...groups.map(({ name }) => name[language]), says.columns.total];
  const changes = marks.some(({ change }) => change !== null);
  return html`${scrolled(
      says.regions,
      html`<table>
        <thead>
          <tr>
            <th scope="col">${says.columns.region}</th>
            ${heads.map((head) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>`,
    )}
    <p>${says.zeroKey} ${changes ? says.changeKey : ""}</p>`;
}

function sumOfMarks(marks: readonly Compared[], margin: number): Compared {
  const add = (of: (cell: Shown) => number): number => marks.reduce((sum, { cell }) => sum + of(cell), 0);
  const figure = add((cell) => cell.figure);
  const cell = { figure, low: figure - margin, high: figure + margin, shown: add(({ shown }) => shown) };
  return { cell, before: null, change: null };
}

const arrows = { more: "▲", less: "▼" } as const;

function regionCell({ bulletin: says }: TrendsWords, { cell, change }: Compared): Html {
  const signs = [isDistinct(cell) ? "" : says.zero, change === null ? "" : arrows[change]];
  return html`<td class="i"><b>${cell.shown}</b> (${low(cell)}–${high(cell)}) ${signs.join(" ")}</td>`;
}

function intervalOf(says: TrendsWords["bulletin"], cell: Shown): string {
  return says.interval(low(cell), high(cell));
}

/** There are no fewer than none. */
function low(cell: Shown): number {
  return Math.max(0, cell.low);
}

function high(cell: Shown): number {
  return Math.max(0, cell.high);
}

/** A table wider than a phone scrolls by itself, by keyboard too. */
export function scrolled(label: string, table: Html): Html {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${table}</div>`;
}
