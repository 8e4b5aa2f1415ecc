import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import { receiptPlausible } from "../../src/mailbox/receipt.ts";
import { axeOn, startBrowser, visit, type Visit, type VisitOptions } from "../support/browser.ts";
import { canary } from "../support/canary.ts";
import { gundo, inboxWith, startInstance, type Instance } from "../support/instance.ts";

const number = "+22370006183" as E164;
const whole = "Des caisses * chez Hamidou Cissé, près du puits de Kounari, œuvre ɲɛɛrɛ";
const cut = "On m'appelle, je raccroche avant la fin";
const sms = "Trois pick-up blancs vers Tessalit mardi";
const screens = join(import.meta.dirname, "../screens");

let browser: Browser;
let instance: Instance;
let receipt = "";
beforeAll(async () => {
  [browser, instance] = await Promise.all([startBrowser(), startInstance()]);
});
afterAll(async () => {
  await browser.close();
  await instance.kill("SIGINT");
});

async function opened(path: string, options: VisitOptions = {}): Promise<Visit> {
  const visitor = await visit(browser, options);
  await visitor.page.goto(instance.url + path);
  return visitor;
}

const press = (page: Page, name: string): Promise<void> => page.locator(`[data-key="${name}"]`).click();

/** Waits until the phone's screen holds this. */
async function shows(page: Page, text: string): Promise<string> {
  const screen = page.locator("#screen", { hasText: text });
  await screen.waitFor();
  return screen.innerText();
}

/** Types an answer as a person with a keyboard does. */
async function answer(page: Page, text: string): Promise<void> {
  await page.locator("#line").fill(text);
  await press(page, "ok");
}

async function useNumber(page: Page): Promise<void> {
  await page.locator("#last-four").fill(number.slice(-4));
}

const texts = async (count: number): Promise<readonly string[]> =>
  (await inboxWith(instance, instance.demo.reviewers[0]!, count)).map(({ text }) => text).toSorted();

test("dialled by the keys, reported in four answers: two numbers to keep, and the command shown prints the report", async () => {
  await using visitor = await opened("/simulator");
  const { page } = visitor;
  await useNumber(page);
  for (const key of "*384*1234#") await press(page, key);
  await press(page, "call");
  await shows(page, "1 Signaler");
  await press(page, "1");
  await press(page, "ok");
  await shows(page, "Qui ne doit PAS lire?");
  await press(page, "1");
  await press(page, "ok");
  await shows(page, "Ecrivez: quoi");
  await answer(page, whole);
  await shows(page, "0 Envoyer");
  await press(page, "0");
  await press(page, "ok");
  const thanks = await shows(page, "Merci.");
  receipt = [...thanks.matchAll(/\d{8}/g)].map(([digits]) => digits).join("");
  expect(receiptPlausible(receipt)).toBe(true);
  expect(await texts(1)).toEqual([whole]);

  const command = await page.locator("#command").innerText();
  expect(command.startsWith("npx gundo inbox ")).toBe(true);
  const ran = await gundo(...command.split(" ").slice(2));
  expect([ran.code, ran.out.includes(whole), ran.out.includes("ussd")]).toEqual([0, true, true]);
  expect(visitor.said).toEqual([]);
});

test("beside the phone stands what the operator sees: who, the code, every word, every screen", async () => {
  await using visitor = await opened("/simulator");
  const { page } = visitor;
  await useNumber(page);
  await press(page, "call");
  await shows(page, "1 Signaler");
  await answer(page, "3");
  await shows(page, "pas d'anonymat");
  const seen = await page.locator("#seen").innerText();
  for (const part of ["+223 7000 6183", "*384*1234#", "3", "pas d'anonymat"]) expect(seen).toContain(part);
  expect(await page.locator("#last-four").getAttribute("readonly")).not.toBeNull();
  await press(page, "hang-up");
  await page.locator("#seen", { hasText: "coupée par la personne" }).waitFor();
});

test("a number is four digits of the test range; anything else is marked and the one in use stays", async () => {
  await using visitor = await opened("/simulator");
  const { page } = visitor;
  const field = page.locator("#last-four");
  const drawn = await field.inputValue();
  expect(drawn).toMatch(/^\d{4}$/);
  await field.fill("7x");
  expect([await field.getAttribute("aria-invalid"), await field.inputValue()]).toEqual(["true", "7x"]);
  await field.blur();
  expect([await field.getAttribute("aria-invalid"), await field.inputValue()]).toEqual(["false", drawn]);
  await field.fill("0042");
  await press(page, "call");
  await shows(page, "1 Signaler");
  expect(await page.locator("#seen").innerText()).toContain("+223 7000 0042");
  await press(page, "hang-up");
  await press(page, "another");
  expect(await field.inputValue()).toMatch(/^\d{4}$/);
});

test("a gateway that does not answer: the call is lost and an SMS is never listed as sent", async () => {
  await using visitor = await opened("/simulator");
  const { page } = visitor;
  await page.route("**/gateway/**", (route) => route.abort());
  await press(page, "call");
  await shows(page, "Connexion perdue");
  await page.locator("#seen", { hasText: "sans réponse de la passerelle" }).waitFor();
  for (const name of ["ok", "ok"]) await press(page, name);
  await answer(page, "1");
  await answer(page, "Jamais parti");
  await shows(page, "- Jamais parti (PAS envoye)");
});

test("cut after the words: the report arrives; so does one whose page was closed; cut before them, nothing", async () => {
  await using visitor = await opened("/simulator");
  const { page } = visitor;
  await useNumber(page);
  for (const words of [cut, `${cut} encore`]) {
    await press(page, "call");
    for (const [screen, typed] of [
      ["1 Signaler", "1"],
      ["Qui ne doit PAS lire?", "1"],
      ["Ecrivez: quoi", words],
    ] as const) {
      await shows(page, screen);
      await answer(page, typed);
    }
    await shows(page, "Ecrivez la suite");
    if (words === cut) {
      await press(page, "hang-up");
      await shows(page, "appeler *384*1234#");
      expect(await texts(2)).toEqual([whole, cut].toSorted());
    }
  }
  await page.goto("about:blank");
  expect(await texts(3)).toEqual([whole, cut, `${cut} encore`].toSorted());
});

test("an SMS is written with the keys, sent and listed, and arrives", async () => {
  await using visitor = await opened("/simulator");
  const { page } = visitor;
  await useNumber(page);
  await press(page, "ok");
  await shows(page, "1 Ecrire un SMS");
  await answer(page, "1");
  await shows(page, "SMS au 36033");
  expect(await page.locator("[data-key=mode]").getAttribute("aria-pressed")).toBe("true");
  await press(page, "6");
  await press(page, "clear");
  await answer(page, sms);
  await shows(page, `- ${sms} (envoye)`);
  // What was cut before its words, in the tests above, would be here too.
  expect(await texts(4)).toEqual([whole, cut, `${cut} encore`, sms].toSorted());
  expect(visitor.said).toEqual([]);
});

test("by keyboard alone, in English without loading the page again: focus goes with the person", async () => {
  await using visitor = await opened("/simulator", { widthPx: 900 });
  const { page } = visitor;
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("data-key"))).toBe("language");
  await page.keyboard.press("Enter");
  await shows(page, "Green: call");
  expect(await page.evaluate(() => document.documentElement.lang + location.search)).toBe("en?lang=en");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("line");
  await page.keyboard.type("*384*1234#");
  await page.keyboard.press("Enter");
  await shows(page, "1 Signaler");
  for (const [typed, next] of [
    ["4", "Langue?"],
    ["2", "1 Report"],
    ["1", "Who must NOT read it?"],
  ] as const) {
    await page.keyboard.type(typed);
    await page.keyboard.press("Enter");
    await shows(page, next);
  }
  await page.keyboard.press("Escape");
  await shows(page, "Green: call");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("line");
  // The phone asks for messages at addresses of its own.
  expect(visitor.asked.filter((url) => new URL(url).pathname === "/simulator").length).toBe(1);
});

test("axe finds nothing, in both languages, light and dark, at 320 px, during a call; nothing overflows", async () => {
  for (const [path, dark, widthPx] of [
    ["/simulator", false, 320],
    ["/simulator?lang=en", true, 900],
  ] as const) {
    await using visitor = await opened(path, { dark, widthPx });
    const { page } = visitor;
    await press(page, "call");
    await shows(page, "1 Signaler");
    await page.locator("summary").click();
    const { violations, passes } = await axeOn(page).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    expect(passes.length).toBeGreaterThan(10);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(widthPx);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(dark ? "en" : "fr");
    if (dark) continue;
    const sizes = await page.locator(".keys button").evaluateAll((keys) => keys.map((key) => key.clientHeight));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44);
  }
});

test("one script and one style, known by their hash; nothing inline, nothing from elsewhere, nothing kept", async () => {
  await using visitor = await opened("/simulator");
  const response = await fetch(`${instance.url}/simulator`);
  const policy = response.headers.get("content-security-policy")!;
  expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[^' ]+'; style-src 'sha256-[^' ]+';/);
  expect(policy).not.toContain("unsafe");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await response.text()).not.toMatch(/\son\w+=/);
  expect(visitor.asked.every((url) => url.startsWith(instance.url) || url.startsWith("data:"))).toBe(true);
  const kept = await visitor.page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]);
  expect(kept).toEqual([0, 0, ""]);
});

test("a picture of it", async () => {
  await using visitor = await opened("/simulator", { widthPx: 960 });
  const { page } = visitor;
  await useNumber(page);
  await press(page, "call");
  await shows(page, "1 Signaler");
  await answer(page, "1");
  await shows(page, "Qui ne doit PAS lire?");
  await page.locator("#command").evaluate((command) => (command.textContent = "npx gundo inbox --url … --identity …"));
  const picture = await page.screenshot({ path: join(screens, "simulator.png"), fullPage: true });
  expect(picture.length).toBeGreaterThan(10_000);
});

test("the canary: no number, receipt, name, place or word on disk, printed or in arguments", async () => {
  const scan = canary({
    numbers: [number],
    names: ["Hamidou Cissé", receipt, receipt.slice(0, 8), receipt.slice(8)],
    places: ["Kounari", "Tessalit"],
    texts: [whole, cut, sms],
  });
  const haystack = {
    directories: [instance.home],
    contents: [{ where: "printed", content: instance.printed() }],
    processes: await instance.processes(),
  };
  expect(await scan.scan(haystack)).toEqual([]);
});
