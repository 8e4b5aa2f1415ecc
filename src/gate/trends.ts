import { Hono, type Context } from "hono";
import { html } from "hono/html";
import type { Clock, UnixDay } from "../base/clock.ts";
import { parsePeriod } from "../trends/period.ts";
import { filesOf } from "../trends/publish/publish.ts";
import { quarterName } from "../trends/publish/quarter.ts";
import type { Html } from "./page/html.ts";
import { streamedResponse } from "./page/response.ts";
import { problem } from "./problem.ts";
import { bulletinHtml, bulletinTitle } from "./trends/bulletin.ts";
import { calendarHtml } from "./trends/calendar.ts";
import { comingHtml, emptyHtml, waitingHtml } from "./trends/coming.ts";
import { trendsDocument, trendsHeaders } from "./trends/document.ts";
import { feedOf } from "./trends/feed.ts";
import { trendsLanguages } from "./trends/languages.ts";
import { ledgerHtml } from "./trends/ledger.ts";
import { comparedWith, latestOf, quarterOf, type Released, type Trends, type TrendSource } from "./trends/source.ts";
import type { TrendsWords } from "./trends/words.ts";

/** What the pages of trends are made from. */
export interface TrendsParts {
  readonly source: TrendSource;
  readonly clock: Clock;
  readonly instance: string;
  /** What an instance announces before it has a plan (config/instance.ts), or null. */
  readonly firstBulletin: UnixDay | null;
}

/**
 * `GET /trends` and `/en/trends`: the latest bulletin, or what is coming; under them each quarter, the calendar, the
 * ledger and a feed; `/trends/<period>/<file>`: what was published. Public, no script, nothing kept of a visit.
 */
export function trendRoutes(parts: TrendsParts): Hono {
  const routes = new Hono();
  for (const words of trendsLanguages) {
    const page = (under: string, make: (trends: Trends) => Titled): void => {
      routes.get(`${words.path}${under}`, async (context) => {
        const made = make(await parts.source.read());
        return pageOf(context, words, under, made);
      });
    };
    page("", (trends) => frontPage(parts, words, trends));
    page("/calendar", (trends) => ({
      title: words.calendar.title,
      body: calendarHtml(words, trends, parts.clock.nowMs()),
    }));
    page("/ledger", (trends) => ({ title: words.ledger.title, body: ledgerHtml(words, trends) }));
    routes.get(`${words.path}/feed.atom`, (context) => feed(parts, words, context));
    routes.get(`${words.path}/:period`, (context) => quarterPage(parts, words, context));
  }
  return routes.get("/trends/:period/:file", (context) => file(parts, context));
}

/** A page but for what all have. */
interface Titled {
  readonly title: string;
  readonly body: Html;
}

async function pageOf(context: Context, words: TrendsWords, under: string, made: Titled): Promise<Response> {
  return streamedResponse(context, 200, await trendsDocument({ words, under, ...made }), trendsHeaders);
}

function frontPage({ clock, firstBulletin }: TrendsParts, words: TrendsWords, trends: Trends): Titled {
  const coming = comingHtml(words, trends, clock.nowMs(), firstBulletin);
  const released = latestOf(trends);
  if (released === null) return { title: words.coming.title, body: coming };
  const bulletin = bulletinPage(words, trends, released);
  return { title: bulletin.title, body: html`${bulletin.body} ${coming} ${earlierHtml(words, trends, released)}` };
}

function bulletinPage(words: TrendsWords, trends: Trends, released: Released): Titled {
  const quarter = quarterOf(trends, released.content.period)!;
  const before = comparedWith(trends, released);
  return { title: bulletinTitle(words, released), body: bulletinHtml({ words, quarter, released, before }) };
}

function earlierHtml({ earlier, path, language }: TrendsWords, { quarters }: Trends, latest: Released): Html {
  const all = quarters.filter(({ released }) => released !== null && released !== latest).toReversed();
  if (all.length === 0) return html``;
  return html`<section class="aside">
    <h2>${earlier}</h2>
    <ul>
      ${all.map(
        ({ plan: { period } }) => html`<li><a href="${path}/${period}">${quarterName(period, language)}</a></li>`,
      )}
    </ul>
  </section>`;
}

async function quarterPage({ source, clock }: TrendsParts, words: TrendsWords, context: Context): Promise<Response> {
  const period = parsePeriod(context.req.param("period") ?? "");
  const trends = await source.read();
  const quarter = period === null ? null : quarterOf(trends, period);
  if (period === null || quarter === null) return problem("route.unknown");
  const isPast = quarter.plan.publishesMs <= clock.nowMs();
  const unreleased = isPast ? emptyHtml(words, quarter) : waitingHtml(words, quarter);
  const made =
    quarter.released === null
      ? { title: quarterName(period, words.language), body: unreleased }
      : bulletinPage(words, trends, quarter.released);
  return pageOf(context, words, `/${period}`, made);
}

async function feed({ source, instance }: TrendsParts, words: TrendsWords, context: Context): Promise<Response> {
  const atom = await feedOf(words, await source.read(), instance);
  return streamedResponse(context, 200, atom, { "content-type": "application/atom+xml; charset=utf-8" });
}

const types: Readonly<Record<string, string>> = {
  csv: "text/csv; charset=utf-8",
  json: "application/json",
  txt: "text/plain; charset=utf-8",
};

/** Made anew from the figures that both officers signed: nothing but their note lies in the store. */
async function file({ source }: TrendsParts, context: Context): Promise<Response> {
  const { period: asked, file: name } = context.req.param() as { readonly period: string; readonly file: string };
  const period = parsePeriod(asked);
  const released = period === null ? null : (quarterOf(await source.read(), period)?.released ?? null);
  const found = released === null ? undefined : filesOf(released.content).find((one) => one.name === name);
  if (found === undefined) return problem("route.unknown");
  return new Response(new Uint8Array(found.bytes), { headers: { "content-type": types[name.split(".").at(-1)!]! } });
}
