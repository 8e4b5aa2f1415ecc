import { html } from "hono/html";
import { dayOf, type UnixMs } from "../../base/clock.ts";
import { firstDay, lastDay, periodAfter, periodOf } from "../../trends/period.ts";
import { keepsCalendar } from "../../trends/plan.ts";
import { dayName, instantName, quarterName } from "../../trends/publish/quarter.ts";
import type { Html } from "../page/html.ts";
import { noteAddress } from "./note-address.ts";
import { standingOf, uncommittedIn, type Quarter, type Trends } from "./source.ts";
import { scrolled } from "./tables.ts";
import type { TrendsWords } from "./words.ts";

/** When each quarter opens, closes and appears, how far it is, and what is missing (trends.md, Mechanism). */
export function calendarHtml(words: TrendsWords, { quarters }: Trends, nowMs: UnixMs): Html {
  const { calendar: says } = words;
  const { columns } = says;
  const isDemo = quarters.some(({ plan }) => !keepsCalendar(plan.instance));
  const table = html`<table>
    <thead>
      <tr>
        ${[columns.quarter, columns.opens, columns.closes, columns.publishes, columns.standing].map(
          (name) => html`<th scope="col">${name}</th>`,
        )}
      </tr>
    </thead>
    <tbody>
      ${quarters.toReversed().map((quarter) => quarterRow(words, quarter, nowMs))}
    </tbody>
  </table>`;
  return html`${says.says.map((sentence) => html`<p>${sentence}</p>`)}
  ${isDemo ? html`<p class="warn">${says.demo}</p>` : ""}
  ${quarters.length === 0 ? html`<p>${says.none}</p>` : scrolled(says.title, table)}
  ${isDemo ? "" : unplannedHtml(words, quarters, nowMs)}`;
}

function quarterRow(words: TrendsWords, quarter: Quarter, nowMs: UnixMs): Html {
  const { calendar: says, language, path } = words;
  const { period, publishesMs } = quarter.plan;
  const standing = standingOf(quarter, nowMs);
  const missing = uncommittedIn(quarter);
  const waits = standing === "planned" || standing === "uncommitted";
  return html`<tr>
    <th scope="row">
      <a href="${path}/${period}">${quarterName(period, language)}</a><br /><a href="${noteAddress(period, "plan")}"
        >plan.note</a
      >
    </th>
    <td>${dayName(firstDay(period), language)}</td>
    <td>${dayName(lastDay(period), language)}</td>
    <td>${instantName(publishesMs, language)}</td>
    <td>${says.standing[standing]} ${waits && missing.length > 0 ? says.missing(missing) : ""}</td>
  </tr>`;
}

/** A quarter without a plan before it opens is never counted: said while there is time, and when there is none. */
function unplannedHtml({ calendar: says, language }: TrendsWords, quarters: readonly Quarter[], nowMs: UnixMs): Html {
  const current = periodOf(dayOf(nowMs));
  const next = periodAfter(current);
  const isPlanned = (period: string): boolean => quarters.some(({ plan }) => plan.period === period);
  const soon = says.unplanned(quarterName(next, language), dayName(firstDay(next), language));
  return html`${isPlanned(current) ? "" : html`<p class="warn">${says.unplannable(quarterName(current, language))}</p>`}
  ${isPlanned(next) ? "" : html`<p>${soon}</p>`}`;
}
