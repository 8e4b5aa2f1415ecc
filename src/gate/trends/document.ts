import { html, raw } from "hono/html";
import type { Html } from "../page/html.ts";
import { hashSource } from "../page/policy.ts";
import { squeezed } from "../page/squeezed.ts";
import { trendsStyle } from "./style.ts";
import type { TrendsWords } from "./words.ts";

/** One page of trends. */
export interface TrendsPage {
  readonly words: TrendsWords;
  readonly title: string;
  /** Under the language's path: empty, `/calendar`, `/2027-Q1`. */
  readonly under: string;
  readonly body: Html;
}

/** Nothing runs, nothing is posted, nothing is fetched: a page of words and pictures (web.md, Security). */
export const trendsHeaders: Readonly<Record<string, string>> = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": [
    "default-src 'none'",
    `style-src '${hashSource(trendsStyle)}'`,
    "img-src data:",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "cross-origin-embedder-policy": "require-corp",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
};

/** The whole page; it squeezes its markup before it gives it back. */
export async function trendsDocument({ words, title, under, body }: TrendsPage): Promise<string> {
  const page = html`<!doctype html>
    <html lang="${words.language}">
      <head>
        <meta charset="utf-8" />
        <title>Gundo: ${title}</title>
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <link rel="icon" href="data:," />
        <link rel="alternate" type="application/atom+xml" href="${words.path}/feed.atom" title="Gundo" />
        ${raw(`<style>${trendsStyle}</style>`)}
      </head>
      <body>
        <header>
          <p class="name">Gundo</p>
          <a id="exit" href="/exit">${words.exit}</a>
          <a href="${words.other.path}${under}" lang="${words.other.language}">${words.other.name}</a>
          ${menuHtml(words, under)}
        </header>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`;
  return squeezed((await page).toString());
}

function menuHtml({ path, menu, menuLabel }: TrendsWords, under: string): Html {
  const places = [
    ["", menu.bulletin],
    ["/calendar", menu.calendar],
    ["/ledger", menu.ledger],
    ["/feed.atom", menu.feed],
  ] as const;
  return html`<nav aria-label="${menuLabel}">
    ${places.map(
      ([place, name]) =>
        html`<a href="${path}${place}" ${place === under ? raw('aria-current="page"') : ""}>${name}</a> `,
    )}
  </nav>`;
}
