import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, dayOf } from "../../src/base/clock.ts";
import { sealPart } from "../../src/envelope/attachment.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { newIdentity, recipientOf } from "../../src/envelope/recipient.ts";
import { openParts } from "../../src/intake/parts.ts";
import { partStore } from "../../src/store/part.ts";
import { axeOn, keptFields, overflowOf, startBrowser, visit, type Visit } from "../support/browser.ts";
import { plantSealed, serveConsole, unlock, type ConsoleServer } from "../support/console.ts";
import { photoFrom } from "../support/photo.ts";
import { action, done, openReport, send } from "../support/reviewer.ts";

const text = "Des caisses chez Hamidou Cissé, près du puits de Kounari";
const alike = "Des caisses sont chez Hamidou Cissé, vers le puits de Kounari";
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let browser: Browser;
let server: ConsoleServer;
beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), serveConsole()]);
  await plantAll();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** A report with a picture, and one that looks alike. */
async function plantAll(): Promise<void> {
  const { gate } = server;
  await using drawing = await visit(browser);
  const photo = await photoFrom(drawing.page, 400, 300);
  const identity = newIdentity(systemChance);
  const parts = openParts(partStore(gate.store.store.db), gate.clock, systemChance);
  const id = await parts.put(sealPart(photo, 0, recipientOf(identity), systemChance));
  const picture = { parts: [id], size: photo.length, type: "image/jpeg", digest: sha256(photo), identity };
  const mailbox = { id: systemChance.bytes(16), recipient: recipientOf(newIdentity(systemChance)) };
  const answers = { category: "ARM", place: "ML0702", danger: true };
  await plantSealed(gate, { text, answers, mailbox, attachments: [picture] });
  await plantSealed(gate, { text: alike }, addDays(dayOf(gate.clock.nowMs()), -5));
}

type Language = "fr" | "en";
type Step = readonly [state: string, reach: (page: Page) => Promise<void>];

const panels = ["answer", "sms", "note", "label", "assess", "handOver", "close", "export", "aside"] as const;

/** Every state of the page, in the order one comes to it. */
const states: readonly Step[] = [
  ["unlock", (page) => page.locator("#identity").waitFor()],
  [
    "a refusal",
    async (page) => {
      await unlock(page, server, { passphrase: "une autre phrase de passe" });
      await page.locator("[data-refusal]").waitFor();
    },
  ],
  [
    "enrol",
    async (page) => {
      await page.getByRole("button", { name: /pas encore|no keys yet/ }).click();
      await page.locator("#repeated").waitFor();
    },
  ],
  [
    "keys that were made",
    async (page) => {
      await page.locator("#id").fill("nana");
      for (const field of ["#new", "#repeated"]) await page.locator(field).fill("une phrase assez longue pour cela");
      await page.locator("button[type=submit]").click();
      await page.locator("#key-digits").waitFor();
    },
  ],
  [
    "anchors to compare",
    async (page) => {
      await page.getByRole("button", { name: /^(Retour|Back)$/ }).click();
      await unlock(page, server, { anchors: false });
      await page.locator("#anchors-digits").waitFor();
    },
  ],
  [
    "the list",
    async (page) => {
      await page.locator("button.go").click();
      await page.locator(".row").nth(1).waitFor();
      await page.locator("progress").waitFor({ state: "detached" });
    },
  ],
  [
    "nothing found",
    async (page) => {
      await page.locator("#search").fill("aucun de ces mots");
      await page.locator(".empty").waitFor();
    },
  ],
  [
    "the sheet of keys",
    async (page) => {
      await page.locator(".filters button").click();
      await page.locator(".tools button", { hasText: /Clavier|Keyboard/ }).click();
      await page.locator("dialog[open]").waitFor();
    },
  ],
  [
    "keys to renew",
    async (page) => {
      await page.keyboard.press("Escape");
      await page.locator("footer button:not([data-action])").click();
      await page.locator("#repeated").waitFor();
    },
  ],
  [
    "a case",
    async (page) => {
      await page.getByRole("button", { name: /^(Retour|Back)$/ }).click();
      await openReport(page, text);
    },
  ],
  [
    "an open picture",
    async (page) => {
      await page.locator("[data-open]").click();
      await page.locator('[data-attachment="open"] iframe').waitFor();
    },
  ],
  [
    "a case that is taken",
    async (page) => {
      await page.locator('[data-attachment="open"] .buttons button').first().click();
      if ((await page.locator("[data-action=take]").count()) > 0) await action(page, "take");
      await page.locator("[data-state=open], [data-state=answered]").waitFor();
    },
  ],
  ...panels.map((panel): Step => [`the form ${panel}`, (page) => action(page, panel)]),
  [
    "an answer that waits to leave",
    async (page) => {
      await action(page, "answer");
      await send(page, "Merci. Les caisses sont-elles gardées ?");
      await done(page, "answer");
      await page.locator(".letters").waitFor();
    },
  ],
  [
    "locked",
    async (page) => {
      await page.locator("button.lock").click();
      await page.locator("[data-locked=asked]").waitFor();
    },
  ],
];

async function speak(page: Page, language: Language): Promise<void> {
  const other = page.locator(".tools button", { hasText: language === "fr" ? "Français" : "English" });
  if ((await other.count()) > 0) await other.click();
  await page.locator(`html[lang=${language}]`).waitFor();
}

/** A frame in which nothing runs cannot be looked into; that it has a title is asked beside. */
async function findsIn(page: Page): Promise<readonly unknown[]> {
  const { violations, passes } = await axeOn(page).withTags(tags).exclude("iframe.shown").analyze();
  expect(passes.length).toBeGreaterThan(10);
  expect(await page.locator("iframe.shown:not([title])").count()).toBe(0);
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

const setText = (page: Page, size: string): Promise<void> =>
  page.evaluate((wanted) => void (document.documentElement.style.fontSize = wanted), size);

test.each([
  { language: "fr", dark: false },
  { language: "fr", dark: true },
  { language: "en", dark: false },
  { language: "en", dark: true },
] as const)(
  "every state in $language, dark $dark: axe finds nothing, no browser keeps a field, and text twice as large fits 1280 by 720",
  { timeout: 400_000 },
  async ({ language, dark }) => {
    await using visitor: Visit = await visit(browser, { widthPx: 1280, dark });
    const { page } = visitor;
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.goto(`${server.url}/console`);
    await speak(page, language);
    for (const [state, reach] of states) {
      await reach(page);
      expect([state, await findsIn(page)]).toEqual([state, []]);
      expect([state, await keptFields(page)]).toEqual([state, []]);
      await setText(page, "200%");
      expect([state, await overflowOf(page)]).toEqual([state, 0]);
      await setText(page, "");
    }
  },
);
