import { html } from "hono/html";
import type { ReleaseContent } from "../../trends/content.ts";
import { changeMarginOf } from "../../trends/interval.ts";
import { outputWords } from "../../trends/publish/languages.ts";
import { instantName, quarterName } from "../../trends/publish/quarter.ts";
import { categoryRows, isDistinct, regionalGroups } from "../../trends/publish/rows.ts";
import { shownTable } from "../../trends/publish/shown.ts";
import type { Html } from "../page/html.ts";
import { compared } from "./compared.ts";
import { axisLine, dotLine, type Mark } from "./dots.ts";
import { filesHtml } from "./files.ts";
import { methodHtml } from "./method.ts";
import { scaleOver, type Scale } from "./scale.ts";
import type { Quarter, Released } from "./source.ts";
import { categoryTable, regionTable } from "./tables.ts";
import { tileClass } from "./tiles.ts";
import type { TrendsWords } from "./words.ts";

/** A bulletin as it is shown. */
export interface BulletinView {
  readonly words: TrendsWords;
  readonly quarter: Quarter;
  readonly released: Released;
  /** The quarter before, where it can be compared. */
  readonly before: ReleaseContent | null;
}

/** The figures of one quarter: charts, the same in tables, what they do not say, the method, the files (trends.md, Published). */
export function bulletinHtml(view: BulletinView): Html {
  const { words, released, before } = view;
  const { content, errata } = released;
  const { bulletin: says, language } = words;
  const total = shownTable("t1", content).total;
  return html`<p>${says.published(instantName(content.publishesMs, language))}</p>
    ${errata.map((erratum) => html`<p class="box"><b>${says.errata}.</b> ${erratum[language]}</p>`)}
    <p class="lead">${isDistinct(total) ? says.total(total.shown, total.low, total.high) : says.totalIndistinct}</p>
    <ul>
      ${[...says.howToRead, before === null ? says.noComparison : says.lastMark].map((one) => html`<li>${one}</li>`)}
    </ul>
    ${categoriesHtml(view)} ${regionsHtml(view)}
    <p>${says.shownKey}</p>
    ${before === null ? "" : html`<p>${says.changeRule(...changeMargins(content))}</p>`}
    <section class="box">
      <h2>${words.limits}</h2>
      <ul>
        ${outputWords[language].limits(content).map((one) => html`<li>${one}</li>`)}
      </ul>
    </section>
    ${methodHtml(words, content)} ${filesHtml(words, view.quarter)}`;
}

/** What a bulletin's page is called. */
export function bulletinTitle({ bulletin, language }: TrendsWords, { content }: Released): string {
  return bulletin.title(quarterName(content.period, language));
}

function changeMargins({ epsilon }: ReleaseContent): readonly [number, number] {
  return [changeMarginOf(epsilon.t1), changeMarginOf(epsilon.t2)];
}

function scaleOf(marks: readonly Mark[]): Scale {
  return scaleOver(marks.flatMap(({ cell, before }) => [cell.high, cell.shown, before ?? 0]));
}

function categoriesHtml({ words, released, before }: BulletinView): Html {
  const { bulletin: says, language } = words;
  const { content } = released;
  const marks = compared("t1", content, before);
  const scale = scaleOf(marks);
  const names = categoryRows(content).map(({ category }) => category.name[language]);
  return html`<section>
    <h2>${says.categories}</h2>
    <p>${says.categoriesHint}</p>
    <div class="pair">
      <figure>
        <div aria-hidden="true">
          ${marks.map((mark, at) => html`<div class="row"><span>${names[at]}</span>${dotLine(mark, scale)}</div>`)}
          <div class="row"><span></span>${axisLine(scale)}</div>
        </div>
        <figcaption>${says.chart}</figcaption>
      </figure>
      ${categoryTable(words, names, marks, shownTable("t1", content).total)}
    </div>
  </section>`;
}

function regionsHtml({ words, released, before }: BulletinView): Html {
  const { bulletin: says, language } = words;
  const { content } = released;
  const marks = compared("t2", content, before);
  const groups = regionalGroups(content);
  const { regions } = content.keySpace.geography;
  const codes = regions.map(({ code }) => code);
  const scale = scaleOf(marks);
  const tiles = regions.map(({ code, name }, region) => {
    const own = marks.slice(region * groups.length, (region + 1) * groups.length);
    return html`<div class="${tileClass(code, codes)}">
      <h3>${name}</h3>
      ${own.map((mark, at) => html`<div class="row"><span>${at + 1}</span>${dotLine(mark, scale)}</div>`)}
      <div class="row"><span></span>${axisLine(endsOf(scale))}</div>
    </div>`;
  });
  return html`<section>
    <h2>${says.regions}</h2>
    <p>${says.regionsHint}</p>
    <p>${groups.map(({ name }, at) => html`<b>${at + 1}</b> ${name[language]}. `)}</p>
    <figure>
      <div class="tiles" aria-hidden="true">${tiles}</div>
      <figcaption>${says.tilesHint} ${says.chart}</figcaption>
    </figure>
    ${regionTable(words, content, marks)}
  </section>`;
}

/** A small chart has room for the ends of its scale only. */
function endsOf(scale: Scale): Scale {
  return { ...scale, ticks: [0, scale.ticks.at(-1)!] };
}
