import { html } from "hono/html";
import type { UnixDay, UnixMs } from "../../base/clock.ts";
import { dayName, instantName, quarterName } from "../../trends/publish/quarter.ts";
import type { Html } from "../page/html.ts";
import { comingOf, emptyOf, latestOf, type Quarter, type Trends } from "./source.ts";
import type { TrendsWords } from "./words.ts";

/** What is said of quarters without figures: which is next and when, and where an instant passed with nothing. */
export function comingHtml(words: TrendsWords, trends: Trends, nowMs: UnixMs, firstBulletin: UnixDay | null): Html {
  const { coming: says } = words;
  const isFirst = latestOf(trends) === null;
  const next = comingOf(trends, nowMs);
  return html`${emptyOf(trends, nowMs).map((quarter) => emptyHtml(words, quarter))}
    <section>
      ${isFirst ? "" : html`<h2>${says.title}</h2>`}
      <p class="${isFirst ? "lead" : ""}">${nextText(words, next, isFirst, firstBulletin)}</p>
      ${
        isFirst
          ? html`<ul>
              ${says.what.map((sentence) => html`<li>${sentence}</li>`)}
            </ul>`
          : ""
      }
      <p class="aside"><a href="${words.path}/calendar">${words.menu.calendar}</a></p>
    </section>`;
}

function nextText(
  { coming: says, calendar, language }: TrendsWords,
  next: Quarter | null,
  isFirst: boolean,
  firstBulletin: UnixDay | null,
): string {
  if (next === null && isFirst && firstBulletin !== null) return says.announced(dayName(firstBulletin, language));
  if (next === null) return calendar.none;
  const { period, publishesMs } = next.plan;
  return (isFirst ? says.first : says.next)(quarterName(period, language), instantName(publishesMs, language));
}

/** An instant that passed with nothing: that it did, and why that can be. */
export function emptyHtml({ coming: says, language }: TrendsWords, { plan }: Quarter): Html {
  return html`<section class="box">
    <p class="warn">
      <b>${says.nothing(quarterName(plan.period, language), instantName(plan.publishesMs, language))}</b>
    </p>
    <p>${says.nothingWhy}</p>
    <ul>
      ${says.reasons.map((reason) => html`<li>${reason}</li>`)}
    </ul>
  </section>`;
}

/** A planned quarter whose instant is still to come. */
export function waitingHtml({ coming: says, language }: TrendsWords, { plan }: Quarter): Html {
  const sentence = says.waits(quarterName(plan.period, language), instantName(plan.publishesMs, language));
  return html`<p class="lead">${sentence}</p>`;
}
