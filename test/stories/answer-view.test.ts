import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import { systemChance } from "../../src/base/chance.ts";
import { formatReceipt, newReceipt } from "../../src/mailbox/receipt.ts";
import { answerReleases, releaseRule } from "../../src/triage/mailbox.ts";
import {
  axeFinds,
  keptFields,
  overflowOf,
  startBrowser,
  visit,
  type Visit,
  type VisitOptions,
} from "../support/browser.ts";
import { answerOn, conversationOn, dialOn, numbersIn, readOn, reportsFor } from "../support/conversation.ts";
import { servePage, type PageServer } from "../support/page.ts";

const number = "+22370003361" as E164;
const answered =
  "Merci. Nous avons lu votre message à trois.\nÀ quelle heure passent les camions, et par quelle piste ? Ne répondez que si c’est sûr pour vous.";
const operaMini = "Opera/9.80 (Android; Opera Mini/8.0/191.249; U; fr) Presto/2.12.423";
const longest = "https://exemple.invalid/".padEnd(180, "a");

let browser: Browser;
let server: PageServer;
let release: () => Promise<void>;
beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), servePage()]);
  const { store, clock } = server.gate;
  release = answerReleases({ store: store.store, rule: releaseRule, clock, chance: systemChance });
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});
beforeEach(async () => {
  const { db } = server.gate.store.store;
  for (const table of ["arrival", "mailbox_held", "mailbox_message"] as const) await db.deleteFrom(table).execute();
});

/** The two numbers of a report that these were written to. */
async function answeredNumbers(session: string, texts: readonly string[]): Promise<readonly string[]> {
  const numbers = numbersIn(await dialOn(server.gate, number, session, ["1", "1", "Deux camions", "0"]));
  const [report] = await reportsFor(server.gate);
  for (const text of texts) expect(await answerOn(server.gate, report!, text)).toBe(201);
  await release();
  return numbers;
}

interface Look extends VisitOptions {
  readonly script: boolean;
}

/** Without script as the server sees it: axe needs a browser that runs axe's own. */
async function opened(path: string, { script, ...options }: Look): Promise<Visit> {
  const nowMs = server.gate.clock.nowMs();
  const visitor = await visit(browser, { nowMs, ...options, ...(!script && { userAgent: operaMini }) });
  await visitor.page.goto(server.url + path);
  return visitor;
}

/** Nothing that axe finds, and nothing wider than the window. */
async function expectFit(page: Page): Promise<void> {
  expect([await axeFinds(page), await keptFields(page), await overflowOf(page)]).toEqual([[], [], 0]);
}

const variants = [true, false].flatMap((script) => [
  { path: "/", script, dark: false },
  { path: "/en", script, dark: true },
]);

describe.each(variants)("$path with script $script, dark $dark, at 320 px", ({ path, ...look }) => {
  const name = `${path}-${look.script}`;

  test("axe finds nothing in an answer, what follows it, a refusal and new numbers; nothing overflows", async () => {
    const numbers = await answeredNumbers(`answer${name}`, [answered, longest]);
    await using visitor = await opened(path, { ...look, widthPx: 320 });
    const { page } = visitor;
    await readOn(page, numbers);
    expect(await conversationOn(page)).toContain(longest);
    await expectFit(page);
    await page.locator("button[value=again]").click();
    await page.locator("#reading-says").filter({ hasText: /\p{L}/u }).waitFor();
    await expectFit(page);
    await page.fill("#again", "Vers quatre heures");
    await page.locator("button[value=again]").click();
    await page
      .locator("#reading-says")
      .filter({ hasText: /closed|fermée/ })
      .waitFor();
    await expectFit(page);
    await page.locator("button[value=exchange]").click();
    await page.locator("#thanks:visible").waitFor();
    expect(await page.locator("#numbers span").allInnerTexts()).toHaveLength(2);
    await expectFit(page);
  });

  test("nor where there is no answer, and who must not read is asked; nor once all is forgotten", async () => {
    await using visitor = await opened(path, { ...look, widthPx: 320 });
    const { page } = visitor;
    await readOn(page, formatReceipt(newReceipt(systemChance)));
    await page.locator("#conversation fieldset").waitFor();
    await expectFit(page);
    await page.locator("button[value=forget]").click();
    await page.getByText(/C’est oublié|It is forgotten/).waitFor();
    await expectFit(page);
  });
});

test.each([{ script: true }, { script: false }])(
  "in text twice as large nothing is cut or wider than 320 px, script $script",
  async ({ script }) => {
    const numbers = await answeredNumbers(`large-${script}`, [answered]);
    await using visitor = await opened("/", { script, widthPx: 320 });
    const { page } = visitor;
    const enlarge = (): Promise<unknown> =>
      page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
    await enlarge();
    await readOn(page, numbers);
    await conversationOn(page);
    await enlarge();
    expect([await overflowOf(page), await cutOff(page)]).toEqual([0, []]);
    await page.locator("button[value=exchange]").click();
    await page.locator("#thanks:visible").waitFor();
    await enlarge();
    expect([await overflowOf(page), await cutOff(page)]).toEqual([0, []]);
  },
);

/** What holds more than it shows and cannot be scrolled, textareas aside. */
function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("main *, nav *")]
      .filter((one) => one.offsetParent !== null && one.clientWidth > 0 && one.tagName !== "TEXTAREA")
      .filter((one) => one.scrollWidth > one.clientWidth + 1)
      .map((one) => one.outerHTML.slice(0, 80)),
  );
}

test.each([{ script: true }, { script: false }])(
  "the keyboard alone reads, answers and changes numbers, script $script",
  async ({ script }) => {
    const numbers = await answeredNumbers(`keys-${script}`, [answered]);
    await using visitor = await opened("/", { script });
    const { page } = visitor;
    await tabTo(page, "SUMMARY");
    await page.keyboard.press("Enter");
    for (const [place, digits] of [
      ["first", numbers[0]!],
      ["second", numbers[1]!],
    ] as const) {
      await tabTo(page, place);
      await page.keyboard.type(digits);
    }
    await page.keyboard.press("Enter");
    expect(await conversationOn(page)).toContain("Ne répondez que si");
    // With script the focus is on what was found; a new page begins at its top.
    if (script) expect(await focused(page)).toBe("conversation");
    await tabTo(page, "again");
    await page.keyboard.type("Au lever du jour");
    await tabTo(page, "again-button");
    await page.keyboard.press("Enter");
    await page.locator("#reading-says").filter({ hasText: "fermée et gardée" }).waitFor();
    expect((await reportsFor(server.gate)).map(({ text }) => text)).toContain("Au lever du jour");
    await tabTo(page, "exchange-button");
    await page.keyboard.press("Enter");
    await page.locator("#thanks:visible").waitFor();
    expect(await page.locator("#numbers span").allInnerTexts()).toHaveLength(2);
    if (script) expect(await focused(page)).toBe("thanks");
  },
);

/** The id of what has the focus, a step's button by its step, else its tag. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const active = document.activeElement!;
    return active instanceof HTMLButtonElement && active.value !== ""
      ? `${active.value}-button`
      : active.id || active.tagName;
  });
}

/** Presses Tab until this has the focus; a dozen times are more than any way on this page takes. */
async function tabTo(page: Page, place: string): Promise<void> {
  const met: string[] = [];
  while (met.at(-1) !== place && met.length < 12) {
    await page.keyboard.press("Tab");
    met.push(await focused(page));
  }
  expect(met.at(-1), met.join(" ")).toBe(place);
}

test("an answer looks as README shows it", async () => {
  const numbers = await answeredNumbers("picture", [answered]);
  await using visitor = await opened("/", { script: true });
  const { page } = visitor;
  await readOn(page, numbers);
  await conversationOn(page);
  // Digits are new in every run, and a picture that changes by itself would hide one that changed.
  await page.evaluate(() => {
    for (const place of ["first", "second"]) (document.getElementById(place) as HTMLInputElement).value = "12345678";
    (document.activeElement as HTMLElement).blur();
  });
  // So high that what stays in sight while one scrolls lies over nothing.
  await page.setViewportSize({ width: 360, height: 4000 });
  await page
    .locator("details:has(#reading)")
    .screenshot({ path: join(import.meta.dirname, "../screens/page-answer.png") });
  expect(visitor.said).toEqual([]);
});
