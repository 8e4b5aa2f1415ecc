import { Hono, type Context } from "hono";
import { html } from "hono/html";
import type { UnixDay, UnixMs } from "../base/clock.ts";
import { parsePeriod } from "../trends/period.ts";
import { filesOf } from "../trends/publish/publish.ts";
import { quarterName } from "../trends/publish/quarter.ts";
import type { Html } from "./page/html.ts";
import { packedResponse } from "./page/response.ts";
import { problem } from "./problem.ts";
import { bulletinHtml, bulletinTitle } from "./trends/bulletin.ts";
import { calendarHtml } from "./trends/calendar.ts";
import { comingHtml, emptyHtml, waitingHtml } from "./trends/coming.ts";
import { trendsDocument, trendsHeaders } from "./trends/document.ts";
import { feedOf } from "./trends/feed.ts";
import { trendsLanguages } from "./trends/languages.ts";
import { keepPages, type KeepingParts, type Make } from "./trends/kept.ts";
import { ledgerHtml } from "./trends/ledger.ts";
import { comparedWith, latestOf, quarterOf, type Released, type Trends } from "./trends/source.ts";
import type { TrendsWords } from "./trends/words.ts";

/** What the pages of trends are made from. */
export interface TrendsParts extends KeepingParts {
  readonly instance: string;
  /** What an instance announces before it has a plan (config/instance.ts), or null. */
  readonly firstBulletin: UnixDay | null;
}

/** What one request is answered with: a page kept under this name, or the problem that it is not there. */
type Answer = (context: Context, name: string, type: Headers, make: Make) => Promise<Response>;
type Headers = Readonly<Record<string, string>>;

/**
 * `GET /trends` and `/en/trends`: the latest bulletin, or what is coming; under them each quarter, the calendar, the
 * ledger and a feed; `/trends/<period>/<file>`: what was published. Public, no script, nothing kept of a visit.
 */
export function trendRoutes(parts: TrendsParts): Hono {
  const routes = new Hono();
  const kept = keepPages(parts);
  const answer: Answer = async (context, name, headers, make) => {
    const packed = await kept(name, make);
    return packed === null ? problem("route.unknown") : packedResponse(context, packed, headers);
  };
  for (const words of trendsLanguages) languageRoutes(routes, answer, parts, words);
  return routes.get("/trends/:period/:file", (context) => {
    const { period, file } = context.req.param();
    const type = types[file.split(".").at(-1)!];
    if (type === undefined) return problem("route.unknown");
    const headers = { "content-type": type };
    return answer(context, `${period}/${file}`, headers, (trends) => fileIn(trends, period, file));
  });
}

function languageRoutes(routes: Hono, answer: Answer, parts: TrendsParts, words: TrendsWords): void {
  const page = (under: string, make: (trends: Trends, readMs: UnixMs) => Titled): void => {
    const path = `${words.path}${under}`;
    const document: Make = (trends, readMs) => trendsDocument({ words, under, ...make(trends, readMs) });
    routes.get(path, (context) => answer(context, path, trendsHeaders, document));
  };
  page("", (trends, readMs) => frontPage(parts, words, trends, readMs));
  page("/calendar", (trends, readMs) => ({ title: words.calendar.title, body: calendarHtml(words, trends, readMs) }));
  page("/ledger", (trends) => ({ title: words.ledger.title, body: ledgerHtml(words, trends) }));
  const atom = { "content-type": "application/atom+xml; charset=utf-8" };
  routes.get(`${words.path}/feed.atom`, (context) =>
    answer(context, `${words.path}/feed.atom`, atom, (trends) => feedOf(words, trends, parts.instance)),
  );
  routes.get(`${words.path}/:period`, (context) => {
    const under = `/${context.req.param("period")}`;
    return answer(context, `${words.path}${under}`, trendsHeaders, (trends, readMs) => {
      const made = quarterPage(words, trends, under.slice(1), readMs);
      return made === null ? null : trendsDocument({ words, under, ...made });
    });
  });
}

/** A page but for what all have. */
interface Titled {
  readonly title: string;
  readonly body: Html;
}

function frontPage({ firstBulletin }: TrendsParts, words: TrendsWords, trends: Trends, readMs: UnixMs): Titled {
  const coming = comingHtml(words, trends, readMs, firstBulletin);
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

function quarterPage(words: TrendsWords, trends: Trends, name: string, readMs: UnixMs): Titled | null {
  const period = parsePeriod(name);
  const quarter = period === null ? null : quarterOf(trends, period);
  if (period === null || quarter === null) return null;
  if (quarter.released !== null) return bulletinPage(words, trends, quarter.released);
  const isPast = quarter.plan.publishesMs <= readMs;
  return {
    title: quarterName(period, words.language),
    body: isPast ? emptyHtml(words, quarter) : waitingHtml(words, quarter),
  };
}

const types: Readonly<Partial<Record<string, string>>> = {
  csv: "text/csv; charset=utf-8",
  json: "application/json",
  txt: "text/plain; charset=utf-8",
};

/** Made anew from the figures that both officers signed: nothing but their note lies in the store. */
function fileIn(trends: Trends, name: string, file: string): Uint8Array | null {
  const period = parsePeriod(name);
  const released = period === null ? null : (quarterOf(trends, period)?.released ?? null);
  if (released === null) return null;
  return filesOf(released.content).find((one) => one.name === file)?.bytes ?? null;
}
