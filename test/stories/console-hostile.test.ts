import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shownText } from "../../src/console/text.ts";
import { axeOn, startBrowser } from "../support/browser.ts";
import { canary } from "../support/canary.ts";
import { newWriter, write } from "../support/desk.ts";
import { startInstance, type Instance } from "../support/instance.ts";
import { action, atConsole } from "../support/reviewer.ts";

const screens = join(import.meta.dirname, "../screens");

// Each would do something where it is taken for more than text; `owned` is what it would leave behind.
const payloads: readonly string[] = [
  "<script>owned=1</script>",
  "<img src=x onerror=owned=1>",
  "<svg onload=owned=1><desc><![CDATA[</desc><script>owned=1</script>]]></svg>",
  "<iframe srcdoc='<script>parent.owned=1</script>'></iframe>",
  "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror=owned=1>'>",
  "<a href='javascript:owned=1' autofocus onfocus=owned=1>x</a>",
  "<base href='https://evil.example/'><form action='https://evil.example/'><input name=x>",
  "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
  "<style>*{display:none}</style><link rel=stylesheet href='https://evil.example/x.css'>",
  "{{constructor.constructor('owned=1')()}} ${owned=1} <%= owned=1 %>",
  "\u202Egnp.exe\u202C \u2066abc\u2069 \u200B\u200D\uFEFF",
  "\u0000\u0007\u001B[2J\u001B]0;owned\u0007 \u0085\u2028\u2029",
  `${"<div>".repeat(600)}x`,
  `Z${"\u0300".repeat(1500)}algo`,
  "x".repeat(4000),
  "&lt;script&gt;owned=1&lt;/script&gt; &#x3C;script>",
  "__proto__ constructor toString",
  "=cmd|' /C calc'!A0 chez Hamidou Cissé",
  "]]>\"'`--><!--",
  "\uD83D\uDE00 \u{E0041}\u{E0042} \u0627\u0644\u0633\u0631 <b>gras</b>",
];
const reports = 100;
const textOf = (index: number): string => `${index}: ${payloads[index % payloads.length]}`;

let browser: Browser;
let instance: Instance;
beforeAll(async () => {
  [browser, instance] = await Promise.all([startBrowser(), startInstance()]);
  for (let index = 0; index < reports; index++) await write(instance, newWriter(), { text: textOf(index) });
});
afterAll(async () => {
  await browser.close();
  await instance.kill("SIGINT");
});

test("a hundred hostile reports are shown as text: no script ran, no policy was broken, nothing was asked elsewhere", async () => {
  await using awa = await atConsole(browser, instance, "awa");
  const { page } = awa;
  await page
    .locator("ol.list > li")
    .nth(reports - 1)
    .waitFor();
  const title = await page.title();
  const elements = await page.locator("ol.list script, ol.list img, ol.list svg, ol.list iframe, ol.list a").count();
  expect(elements).toBe(0);
  const seen = new Set<string>();
  // What was read goes behind what was not: the first is always the next.
  for (let read = 0; read < reports; read++) seen.add(await readOne(page));
  expect(seen.size).toBe(reports);
  const known = new Set(Array.from({ length: reports }, (_, index) => flat(shownText(textOf(index)))));
  expect([...seen].filter((text) => !known.has(text))).toEqual([]);
  expect(await page.evaluate(() => "owned" in globalThis)).toBe(false);
  expect([await page.title(), page.url()]).toEqual([title, `${instance.url}/console`]);
  expect(awa.asked.filter((address) => !address.startsWith(instance.url) && !address.startsWith("blob:"))).toEqual([]);
  expect(await awa.broken()).toEqual([]);
});

/** Opens a report of the list, and what the page shows of it. */
async function readOne(page: Page): Promise<string> {
  await page.locator("ol.list > li > .row").first().click();
  await page.locator("[data-state]").waitFor();
  const words = page.locator(".thread .words");
  expect(await words.locator("*").count()).toBe(0);
  const text = await words.evaluate((element) => element.textContent ?? "");
  await page.getByRole("button", { name: "Back" }).click();
  return flat(text);
}

const flat = (text: string): string => text.replaceAll(/\s+/g, " ");

test.each([
  ["en", "light"],
  ["fr", "dark"],
] as const)(
  "a case and its forms: axe finds nothing, %s, %s, and text twice as large fits 1280 by 720",
  async (language, theme) => {
    await using awa = await atConsole(browser, instance, "awa", { dark: theme === "dark" });
    const { page } = awa;
    await page.setViewportSize({ width: 1280, height: 720 });
    if (language === "fr") await page.getByRole("button", { name: "Français" }).click();
    await page.locator("ol.list > li > .row", { hasText: "gras" }).first().click();
    await page.locator("[data-state]").waitFor();
    for (const panel of ["answer", "sms", "note", "label", "assess", "handOver", "close", "export", "aside"]) {
      await action(page, panel);
      await page.locator(`[data-panel=${panel}]`).waitFor();
      const { violations } = await axeOn(page).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
      expect([panel, violations.map(({ id, nodes }) => [id, nodes[0]?.html])]).toEqual([panel, []]);
    }
    await page.screenshot({ path: join(screens, `console-case-${theme}.png`) });
    await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  },
);

test("the canary: nothing of it on disk, printed or in arguments", async () => {
  const scan = canary({ names: ["Hamidou Cissé"] });
  const contents = [{ where: "printed", content: instance.printed() }];
  const processes = await instance.processes();
  expect(await scan.scan({ directories: [instance.home], contents, processes })).toEqual([]);
});
