import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fromIsoDay } from "../../src/base/clock.ts";
import { trendRoutes } from "../../src/gate/trends.ts";
import type { Figures } from "../../src/trends/key-space.ts";
import { listen, type Web } from "../../workers/web.ts";
import { pack } from "../../workers/pack.ts";
import { HandClock } from "../support/board.ts";
import { axeFinds, overflowOf, startBrowser, visit } from "../support/browser.ts";
import { someFigures } from "../support/release.ts";
import { instance } from "../support/releases.ts";
import { publicNotes, sourceOf, type ToldQuarter } from "../support/trend-notes.ts";

const screens = join(import.meta.dirname, "../screens");
const later: Figures = {
  t1: [32, 17, 55, 0, 3, 26, 13, 18, 25, 22, -1, 1, 7],
  t2: [4, -1, 2, 5, 2, 9, 1, 2, -1, 6, 17, 13, 15, 3, 17, 11, -1, 12, 13, 8, 16, 0, 16, -1, 13, 3, 4, 7, -3, 7],
};
const told: readonly ToldQuarter[] = [
  { period: "2027-Q1", figures: someFigures },
  { period: "2027-Q2", figures: later },
  { period: "2027-Q3", steps: ["commit-officer-a"] },
];
// A4 between margins of 13 mm, in CSS pixels of 1/96 inch.
const sheet = { width: 695, height: 1024 };

let browser: Browser;
let web: Web;
let quarters: readonly ToldQuarter[] = told;
let url: string;
const clock = new HandClock("2027-08-10T10:00:00Z");
beforeAll(async () => {
  browser = await startBrowser();
  let of = quarters;
  let notes = publicNotes(quarters);
  const source = sourceOf(() => {
    if (of !== quarters) [of, notes] = [quarters, publicNotes(quarters)];
    return notes;
  });
  const app = trendRoutes({ source, clock, pack, instance, firstBulletin: fromIsoDay("2027-11-02") });
  web = await listen(app.fetch, "127.0.0.1", 0);
  url = `http://127.0.0.1:${web.port}`;
});
afterAll(async () => {
  await browser.close();
  await web[Symbol.asyncDispose]();
});
beforeEach(() => {
  quarters = told;
  clock.advanceMs(1_000);
});

const languages = ["", "/en"];
const bulletins = languages.map((language) => `${language}/trends`);
const others = languages.flatMap((language) =>
  ["2027-Q3", "calendar", "ledger"].map((page) => `${language}/trends/${page}`),
);
const looks = [320, 1280].flatMap((widthPx) => [false, true].map((dark) => ({ widthPx, dark })));

test.each([
  ...bulletins.flatMap((path) => looks.map((look) => ({ path, ...look }))),
  ...others.map((path) => ({ path, widthPx: 320, dark: path.startsWith("/en") })),
])("axe finds nothing, nothing overflows and nothing else is asked for: %o", async ({ path, ...look }) => {
  await using visitor = await visit(browser, look);
  await visitor.page.goto(url + path);
  expect([await axeFinds(visitor.page), await overflowOf(visitor.page)]).toEqual([[], 0]);
  expect(visitor.asked).toEqual([url + path]);
  expect(visitor.said).toEqual([]);
});

test.each([...bulletins, ...others])("%s with text twice as large is no wider than a phone", async (path) => {
  await using visitor = await visit(browser, { widthPx: 320 });
  const { page } = visitor;
  await page.goto(url + path);
  await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
  expect(await overflowOf(page)).toBe(0);
});

test.each([
  ["before anything is planned", []],
  ["before the first release", [{ period: "2027-Q3" }]],
  ["after an instant with nothing", [{ period: "2027-Q1" }, { period: "2027-Q2", figures: later }].slice(0, 1)],
])("axe finds nothing %s", async (_, here) => {
  quarters = here;
  clock.advanceMs(1_000);
  for (const path of ["/trends", "/en/trends", "/trends/calendar"]) {
    await using visitor = await visit(browser, { widthPx: 320 });
    await visitor.page.goto(url + path);
    expect([path, await axeFinds(visitor.page), await overflowOf(visitor.page)]).toEqual([path, [], 0]);
  }
});

/** Places of the marks of a chart's line, in per cent of its width. */
function placesIn(page: Page, chart: string): Promise<readonly (readonly number[])[]> {
  return page.locator(`${chart} svg.plot`).evaluateAll((plots) =>
    plots.map((plot) => {
      const { left, width } = plot.getBoundingClientRect();
      const middle = (mark: Element | null): number => {
        const box = mark!.getBoundingClientRect();
        return (100 * (box.left + box.width / 2 - left)) / width;
      };
      const line = plot.querySelector("line.dot")!.getBoundingClientRect();
      const ends = [line.left, line.right].map((end) => (100 * (end - left)) / width);
      return [...ends, middle(plot.querySelector("circle.dot")), middle(plot.querySelector("circle.last"))];
    }),
  );
}

/** The scale ends at 80; dots stand 3 per cent from both ends. */
const at = (value: number): number => 3 + (94 * value) / 80;

test("dots, intervals and hollow marks stand where the figures are", async () => {
  await using visitor = await visit(browser, { widthPx: 1280 });
  const { page } = visitor;
  await page.goto(`${url}/en/trends`);
  const places = await placesIn(page, ".pair");
  expect(places).toHaveLength(13);
  const rows = await page.locator(".pair tbody tr").allInnerTexts();
  for (const [row, [low, high, dot]] of places.entries()) {
    const [figure, from, to] = /(\d+)\s+(\d+) and (\d+)/.exec(rows[row]!)!.slice(1).map(Number);
    for (const [place, value] of [
      [low, from],
      [high, to],
      [dot, figure],
    ] as const)
      expect(Math.abs(place! - at(value!))).toBeLessThan(1.5);
  }
  // Smuggling was 28 in the quarter before.
  expect(Math.abs(places[2]![3]! - at(28))).toBeLessThan(1.5);
  expect(await placesIn(page, ".tiles")).toHaveLength(30);
});

test("tiles stand roughly as the régions lie", async () => {
  await using visitor = await visit(browser, { widthPx: 1280 });
  await visitor.page.goto(`${url}/trends`);
  const boxes = await visitor.page.locator(".tile").evaluateAll((tiles) =>
    tiles.map((tile) => {
      const { x, y } = tile.getBoundingClientRect();
      return [tile.querySelector("h3")!.textContent, { x, y }] as const;
    }),
  );
  const place = new Map(boxes);
  const isWest = (a: string, b: string): boolean => place.get(a)!.x < place.get(b)!.x;
  const isNorth = (a: string, b: string): boolean => place.get(a)!.y < place.get(b)!.y;
  expect(isWest("Kayes", "Koulikoro") && isWest("Ségou", "Gao") && isWest("Gao", "Ménaka")).toBe(true);
  expect(isNorth("Kidal", "Gao") && isNorth("Tombouctou", "Mopti") && isNorth("Ségou", "Sikasso")).toBe(true);
});

test("by keyboard the links come in the order of the page, and a wide table scrolls", async () => {
  await using visitor = await visit(browser, { widthPx: 320 });
  const { page } = visitor;
  await page.goto(`${url}/trends`);
  const order: string[] = [];
  for (let stop = 0; stop < 7; stop++) {
    await page.keyboard.press("Tab");
    order.push(await page.evaluate(() => document.activeElement!.textContent.slice(0, 13)));
  }
  expect(order.slice(0, 6)).toEqual(["Quitter vite", "English", "Bulletin", "Calendrier", "Registre", "Atom"]);
  expect(await page.evaluate(() => document.activeElement!.getAttribute("role"))).toBe("region");
});

describe("on paper", () => {
  test("a bulletin is three sheets of A4, and no chart or table is cut between two", async () => {
    await using visitor = await visit(browser, { widthPx: 1280 });
    const { page } = visitor;
    await page.goto(`${url}/trends`);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(3);
    expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45][\d.]* 84[12]/);
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize(sheet);
    const blocks = await page.locator("figure, table, .box, .tile, .row").evaluateAll((all) =>
      all.map((block) => {
        const keeps = (one: Element | null): boolean =>
          one !== null && (getComputedStyle(one).breakInside === "avoid" || keeps(one.parentElement));
        return {
          kept: keeps(block),
          height: block.getBoundingClientRect().height,
          overflow: block.scrollWidth > block.clientWidth + 1,
        };
      }),
    );
    expect(blocks.length).toBeGreaterThan(60);
    expect(blocks.filter(({ kept, height, overflow }) => !kept || height > sheet.height || overflow)).toEqual([]);
    expect(await page.locator("nav, #exit").evaluateAll((all) => all.filter((one) => one.checkVisibility()))).toEqual(
      [],
    );
  });

  test("it looks as README shows it", async () => {
    await using visitor = await visit(browser, { widthPx: sheet.width });
    const { page } = visitor;
    await page.goto(`${url}/trends`);
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize(sheet);
    const end = await page
      .locator("table")
      .first()
      .evaluate((table) => table.getBoundingClientRect().bottom);
    await page.screenshot({
      path: join(screens, "trends-print.png"),
      clip: { x: 0, y: 0, width: sheet.width, height: Math.ceil(end) + 8 },
    });
  });
});

test("on a screen it looks as README shows it", async () => {
  await using visitor = await visit(browser, { widthPx: 1100 });
  const { page } = visitor;
  await page.goto(`${url}/trends`);
  const end = await page.locator(".tiles").evaluate((tiles) => tiles.getBoundingClientRect().bottom + scrollY);
  await page.screenshot({
    path: join(screens, "trends-fr.png"),
    fullPage: true,
    clip: { x: 0, y: 0, width: 1100, height: Math.ceil(end) + 8 },
  });
});
