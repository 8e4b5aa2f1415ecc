import { brotliCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { fromIsoDay } from "../../src/base/clock.ts";
import { trendRoutes } from "../../src/gate/trends.ts";
import { marginOf } from "../../src/trends/interval.ts";
import { epsilons, type Figures } from "../../src/trends/key-space.ts";
import { filesOf } from "../../src/trends/publish/publish.ts";
import { pack } from "../../workers/pack.ts";
import { HandClock } from "../support/board.ts";
import { releaseOf, someFigures } from "../support/release.ts";
import { instance } from "../support/releases.ts";
import { instantOf, publicNotes, sourceOf, type ToldQuarter } from "../support/trend-notes.ts";

/** Kilobytes a page may weigh. */
const mostPageBytes = 40_000;

function pagesOf(quarters: readonly ToldQuarter[], now: string) {
  const notes = publicNotes(quarters);
  const source = sourceOf(() => notes, quarters[0]?.instance);
  const app = trendRoutes({
    source,
    pack,
    clock: new HandClock(now),
    instance: quarters[0]?.instance ?? instance,
    firstBulletin: fromIsoDay("2027-05-03"),
  });
  const get = async (path: string): Promise<string> => {
    const response = await app.request(path);
    expect([path, response.status]).toEqual([path, 200]);
    return response.text();
  };
  return { app, get };
}

/** The words of a page, without its look. */
const wordsIn = (page: string): string =>
  page
    .replace(/<style>.*?<\/style>/s, "")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");

const more: Figures = {
  ...someFigures,
  t1: someFigures.t1
    .with(2, 28 + 25)
    .with(6, 41 - 25)
    .with(0, 34 + 24),
};
const released = [
  { period: "2027-Q1", figures: someFigures },
  { period: "2027-Q2", figures: more },
  { period: "2027-Q3", steps: ["commit-officer-a"] },
];
const now = "2027-08-10T10:00:00Z";

describe("before the first release", () => {
  test("with no plan the day of instance.json is announced, and what is coming", async () => {
    const { get } = pagesOf([], "2026-11-26T10:00:00Z");
    expect(wordsIn(await get("/trends"))).toContain("Le premier bulletin est annoncé pour le 3 mai 2027.");
    expect(wordsIn(await get("/en/trends"))).toContain("The first bulletin is announced for 3 May 2027.");
    expect(wordsIn(await get("/trends/calendar"))).toContain("Aucun trimestre n’est encore annoncé.");
    expect(wordsIn(await get("/trends/ledger"))).toContain("Le registre est vide");
  });

  test("a plan says which quarter and the instant", async () => {
    const { get } = pagesOf([{ period: "2027-Q1" }], "2027-02-01T10:00:00Z");
    const says = "paraîtra ici le 3 mai 2027 à 8 h (UTC).";
    expect(wordsIn(await get("/trends"))).toContain(`Le premier bulletin, sur janvier à mars 2027, ${says}`);
    expect(wordsIn(await get("/trends/2027-Q1"))).toContain(says);
  });

  test("an instant that passed with nothing is said, and why that can be", async () => {
    const { get } = pagesOf([{ period: "2027-Q1" }], instantOf("2027-Q1"));
    for (const path of ["/trends", "/trends/2027-Q1"]) {
      const words = wordsIn(await get(path));
      expect(words).toContain("Rien n’a été publié sur janvier à mars 2027 le 3 mai 2027 à 8 h (UTC)");
      expect(words).toContain("une graine perdue");
    }
    expect(wordsIn(await get("/en/trends/calendar"))).toContain("The instant has passed and nothing was released.");
  });
});

describe("a bulletin", () => {
  const { app, get } = pagesOf(released, now);

  test("is the latest, whole, in both languages, and says no number that it should not", async () => {
    const words = wordsIn(await get("/trends"));
    expect(words).toContain("Ce qui a été signalé, avril à juin 2027");
    expect(words).toContain("Publié le 2 août 2027 à 8 h (UTC)");
    expect(words).toContain("Le prochain bulletin, sur juillet à septembre 2027, paraîtra ici");
    expect(wordsIn(await get("/en/trends"))).toContain("What was reported, April to June 2027");
    // The page shows nothing below zero; the files have what was drawn.
    expect(words).not.toMatch(/[-−]\d/);
  });

  test("calls a change only past what noise does once in a thousand, and names what reaches zero", async () => {
    const words = wordsIn(await get("/en/trends"));
    expect(words).toMatch(/Smuggling \(gold, fuel, medicines\) \d+ \d+ and \d+ up/);
    expect(words).toMatch(/Banditry, highway robbery \d+ \d+ and \d+ down/);
    expect(words).toMatch(/Drug trafficking \d+ \d+ and \d+ Weapons/);
    expect(words).toMatch(/Trafficking in persons 0 0 and \d+ indistinct from zero/);
    expect(words).toContain("more than 24 (categories) or 13 (régions)");
    const first = wordsIn(await get("/en/trends/2027-Q1"));
    expect(first).toContain("nothing is compared");
    expect(first).not.toMatch(/\d (up|down) |▲|▼/);
  });

  test("every cell of both tables stands in a table, and all parts add up", async () => {
    const page = await get("/en/trends/2027-Q1");
    const [, categories, regions] = page.split("<table>");
    const figures = [...categories!.matchAll(/<td class="n">(\d+)<\/td>/g)].map(([, figure]) => Number(figure));
    expect(figures).toHaveLength(14);
    expect(figures.slice(0, -1).reduce((sum, one) => sum + one, 0)).toBe(figures.at(-1));
    const cells = [...regions!.matchAll(/<b>(\d+)<\/b>/g)].map(([, figure]) => Number(figure));
    expect(cells).toHaveLength(40);
    const groups = cells.filter((_, at) => at % 4 !== 3).reduce((sum, one) => sum + one, 0);
    expect(groups).toBe(someFigures.t2.reduce((sum, one) => sum + one, 0));
  });

  test("says what the figures do not say, what one can learn of one person, and whom one has to trust", async () => {
    const words = wordsIn(await get("/en/trends"));
    for (const said of [
      "A report is no proof",
      "e^ε = 2.72 at most",
      "one at least of the two officers must be honest",
    ])
      expect(words).toContain(said);
    expect(words).toMatch(
      /1 % between 0\.4 % and 2\.7 % 10 % between 3\.9 % and 23\.2 % 50 % between 26\.9 % and 73\.1 %/,
    );
    expect(wordsIn(await get("/trends"))).toContain("entre 0,4 % et 2,7 %");
  });

  test("links to files that are the very ones the officers signed", async () => {
    const margins = { t1: marginOf(epsilons.t1), t2: marginOf(epsilons.t2) };
    const content = { ...releaseOf(), instance, margins };
    const page = await get("/trends/2027-Q1");
    for (const { name, bytes } of filesOf({ ...content, publishesMs: Date.parse(instantOf("2027-Q1")) as never })) {
      const response = await app.request(`/trends/2027-Q1/${name}`);
      expect(response.status).toBe(200);
      expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
      if (!name.endsWith(".en.txt")) expect(page).toContain(`href="/trends/2027-Q1/${name}"`);
    }
    expect(page).toContain('href="/api/releases/note?period=2027-Q1&amp;name=release"');
  });

  test.each([
    "/trends/2027-Q4",
    "/trends/2027-q1",
    "/trends/nothing",
    "/trends/2027-Q3/t1.csv",
    "/trends/2027-Q1/t3.csv",
    "/trends/2027-Q1/__proto__",
    "/en/trends/2031-Q1",
  ])("%s is not there", async (path) => {
    expect((await app.request(path)).status).toBe(404);
  });

  test("runs nothing, posts nothing, fetches nothing, and each page is small", async () => {
    for (const path of ["/trends", "/en/trends", "/trends/2027-Q1", "/trends/calendar", "/en/trends/ledger"]) {
      const response = await app.request(path);
      const policy = response.headers.get("content-security-policy")!;
      for (const part of ["default-src 'none'", "form-action 'none'", "frame-ancestors 'none'"])
        expect(policy).toContain(part);
      expect(policy).not.toMatch(/script-src|unsafe|https?:/);
      const page = await response.text();
      expect(page).not.toMatch(/<script|\son\w+=|style="|src=/);
      expect(brotliCompressSync(page).length).toBeLessThan(mostPageBytes);
    }
  });

  test("an erratum stands before the figures, in its language", async () => {
    const errata = [{ fr: "Une phrase était fausse.", en: "A sentence was wrong." }];
    const { get: read } = pagesOf([{ period: "2027-Q1", figures: someFigures, errata }], now);
    const words = wordsIn(await read("/en/trends/2027-Q1"));
    expect(words.indexOf("A sentence was wrong.")).toBeLessThan(words.indexOf("By category"));
    expect(words).not.toContain("Une phrase");
  });
});

describe("the calendar", () => {
  test("says when each quarter opens, closes and appears, and whose commitment is missing", async () => {
    const words = wordsIn(await pagesOf(released, now).get("/trends/calendar"));
    expect(words).toContain("1er juillet 2027 30 septembre 2027 2 novembre 2027 à 8 h (UTC) Annoncé.");
    expect(words).toContain("Il manque l’engagement de : officer-b.");
    expect(words).toContain("Il manque un plan pour octobre à décembre 2027");
    expect(words).not.toContain("démonstration");
  });

  test("says that an open quarter without a plan is lost", async () => {
    const words = wordsIn(await pagesOf(released, "2027-10-02T00:00:00Z").get("/en/trends/calendar"));
    expect(words).toContain("There is no plan for October to December 2027, which is open");
    expect(words).toContain("A commitment was missing at the end of the quarter: nothing can be released of it.");
  });

  test("says that a demo keeps the order of steps only", async () => {
    const quarters = released.map((one) => ({ ...one, instance: "demo-line" }));
    const words = wordsIn(await pagesOf(quarters, now).get("/en/trends/calendar"));
    expect(words).toContain("only the order of steps is kept");
  });
});

test("the ledger has what each spent, the sum so far, who signed, and how one is tied to the other", async () => {
  const page = await pagesOf(released, now).get("/en/trends/ledger");
  const words = wordsIn(page);
  expect(words).toContain("January to March 2027 7/20 13/20 1 1 1 officer-a, officer-b");
  expect(words).toContain("April to June 2027 7/20 13/20 1 2 1 officer-a, officer-b");
  const hashes = [...page.matchAll(/<code>([0-9a-f]{64})<\/code>/g)].map(([, hash]) => hash);
  expect(hashes).toHaveLength(7);
  expect(hashes[4]).toBe(hashes[0]);
  expect(words).toContain("none: it is the first");
});

describe("the feed (RFC 4287)", () => {
  test("has every bulletin, newest first, under names that stay, dated by fixed instants alone", async () => {
    const { app, get } = pagesOf(released, now);
    const feed = await get("/en/trends/feed.atom");
    expect((await app.request("/trends/feed.atom")).headers.get("content-type")).toContain("application/atom+xml");
    expect([...feed.matchAll(/<title>([^<]+)<\/title>/g)].map(([, title]) => title)).toEqual([
      "Gundo",
      "What was reported, April to June 2027",
      "What was reported, January to March 2027",
    ]);
    const times = [...feed.matchAll(/<(?:updated|published)>([^<]+)</g)].map(([, time]) => time);
    expect(new Set(times)).toEqual(new Set(["2027-Q1", "2027-Q2"].map(instantOf)));
    const ids = [...feed.matchAll(/<id>([^<]+)<\/id>/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids)
      expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await pagesOf(released, "2027-09-01T00:00:00Z").get("/en/trends/feed.atom")).toBe(feed);
  });

  test("is there before the first bulletin, and as old as time", async () => {
    const feed = await pagesOf([{ period: "2027-Q1" }], now).get("/trends/feed.atom");
    expect(feed).toContain("<updated>1970-01-01T00:00:00Z</updated>");
    expect(feed).not.toContain("<entry>");
  });
});
