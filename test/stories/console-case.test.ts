import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import { startBrowser, visit } from "../support/browser.ts";
import { canary } from "../support/canary.ts";
import { newWriter, replaceReviewer, write } from "../support/desk.ts";
import { postSms, startInstance, type Instance } from "../support/instance.ts";
import { action, atConsole, done, openReport, send, type AtConsole } from "../support/reviewer.ts";
import { until } from "../support/store.ts";

const number = "+22370006190" as E164;
const dialled = "Des caisses chez Hamidou Cissé, près du puits de Kounari";
const answer = "Merci. Les caisses sont-elles gardées la nuit ?";
const again = "Oui, deux gardiens jusqu'au matin à Kounari";
const bySms = "Trois pick-up blancs vers Tin-Hama mardi soir";
const smsAnswer = "Bien lu. Restez loin de la piste.";
const note = "Je connais ce hameau près de Kounari";
const excluding = "Le cousin de Hamidou Cissé tient la caisse";
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

const press = (page: Page, name: string): Promise<void> => page.locator(`[data-key="${name}"]`).click();

async function shows(page: Page, text: string | RegExp): Promise<string> {
  const screen = page.locator("#screen", { hasText: text });
  await screen.waitFor();
  return screen.innerText();
}

/** Dials, and answers each screen that holds the words before it. */
async function dial(steps: readonly (readonly [string | RegExp, string])[], last: string | RegExp): Promise<string> {
  await using visitor = await visit(browser, { widthPx: 1100 });
  const { page } = visitor;
  await page.goto(`${instance.url}/simulator`);
  await page.locator("#last-four").fill(number.slice(-4));
  await press(page, "call");
  for (const [screen, typed] of steps) {
    await shows(page, screen);
    await page.locator("#line").fill(typed);
    await press(page, "ok");
  }
  return await shows(page, last);
}

async function sendLetters(page: Page): Promise<void> {
  await page.locator(".letters button").click();
  await page.locator(".letters").waitFor({ state: "detached" });
}

/** No policy was broken and nothing was said, but for what a browser says of every answer over 399: it asks for work so. */
async function unharmed(visitor: AtConsole): Promise<void> {
  const said = visitor.said.filter((line) => !/^Failed to load resource: .* status of (404|409|429) /.test(line));
  expect([said, await visitor.broken()]).toEqual([[], []]);
}

test("dialled, opened, taken, labelled and answered by keys alone, read by dialling again, and written on: one thread", async () => {
  const thanks = await dial(
    [
      ["1 Signaler", "1"],
      ["Qui ne doit PAS lire?", "1"],
      ["Ecrivez: quoi", dialled],
      ["0 Envoyer", "0"],
    ],
    "Merci.",
  );
  receipt = [...thanks.matchAll(/\d{8}/g)].map(([digits]) => digits).join("");
  await using awa = await atConsole(browser, instance, "awa");
  const { page } = awa;
  await page.locator(".row", { hasText: dialled }).waitFor();
  await page.keyboard.press("j");
  await page.locator(".row:focus").waitFor();
  await page.keyboard.press("Enter");
  await page.locator('[data-state="waiting"]').waitFor();
  await page.keyboard.press("t");
  await done(page, "take");
  await page.locator('[data-state="open"]').waitFor();
  await page.keyboard.press("l");
  await page.locator("#label-category:focus").waitFor();
  await page.keyboard.type("Weap");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Gao");
  await page.keyboard.press("Enter");
  await page.locator("form.panel button[type=submit]:not([aria-disabled=true])").press("Enter");
  await done(page, "label");
  await page.keyboard.press("a");
  await page.locator('[data-warning="phone"]').waitFor();
  await page.screenshot({ path: join(screens, "console-case.png") });
  await page.locator("#panel-text").focus();
  await page.keyboard.type(answer);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await done(page, "answer");
  await page.locator('[data-state="answered"]').waitFor();
  await sendLetters(page);

  const reading = [
    ["1 Signaler", "2"],
    ["16 chiffres", receipt],
  ] as const;
  await until(async () => (await dial(reading, /Reponse du|reponse/)).includes("Reponse du"));
  expect((await dial(reading, "Reponse du")).replaceAll(/\s+/g, " ")).toContain("Merci. Les caisses sont-elles");
  const following = [
    ["Reponse du", "1"],
    ["1 Ecrire encore", "1"],
    ["Ecrivez: quoi", again],
    ["0 Envoyer", "0"],
  ] as const;
  await dial([...reading, ...following], "Gardez vos deux numeros");
  await page.locator(".thread .message").nth(1).waitFor();
  expect(await page.locator(".thread .words").allInnerTexts()).toEqual([dialled, again]);
  await unharmed(awa);
});

test("two windows: one takes, the other sees it was too late; handed over; an SMS by both reaches the phone", async () => {
  await until(async () => (await fetch(`${instance.url}/keys/relay.note`)).status === 200);
  expect(await postSms(instance, { from: number, id: "wish", text: `R ${bySms}` })).toBe(200);
  await using awa = await atConsole(browser, instance, "awa");
  await using boubacar = await atConsole(browser, instance, "boubacar");
  await openReport(awa.page, bySms);
  await openReport(boubacar.page, bySms);
  // The second one's page hears nothing new until it posts.
  await boubacar.page.route("**/api/case/states", (route) => route.abort());
  await action(awa.page, "take");
  await done(awa.page, "take");
  await action(boubacar.page, "take");
  const conflict = boubacar.page.locator("[data-conflict]");
  await conflict.waitFor();
  expect(await conflict.innerText()).toContain("awa took the case");
  await boubacar.page.unroute("**/api/case/states");
  await action(boubacar.page, "handOver");
  await boubacar.page.getByText("Only who leads the case hands it over.").waitFor();
  await action(awa.page, "handOver");
  await awa.page.locator("#hand-over-to").selectOption("boubacar");
  await awa.page.locator("form.panel button[type=submit]").click();
  await done(awa.page, "handOver");
  await boubacar.page.getByText("Led by you").waitFor();

  await action(boubacar.page, "sms");
  await boubacar.page.locator('[data-warning="sms"]').waitFor();
  await boubacar.page.locator("form.panel input[type=checkbox]").check();
  await send(boubacar.page, smsAnswer);
  await done(boubacar.page, "propose");
  expect(await boubacar.page.locator('[data-action="approve"], .letters').count()).toBe(0);
  await action(awa.page, "approve");
  await done(awa.page, "approve");
  await awa.page.locator("[data-sent]").waitFor();
  await sendLetters(awa.page);
  await until(async () => (await messagesOf(number)).length > 0);
  expect(await messagesOf(number)).toEqual([smsAnswer]);
  for (const visitor of [awa, boubacar])
    expect((await visitor.broken()).concat(visitor.said.filter((line) => line.includes("Content Security")))).toEqual(
      [],
    );
});

async function messagesOf(phone: E164): Promise<readonly string[]> {
  const response = await fetch(`${instance.url}/simulator/messages?number=${encodeURIComponent(phone)}`);
  return (await response.json()) as readonly string[];
}

test("who could know is asked before anything goes outside: under five nothing is passed on or exported redacted", async () => {
  await using awa = await atConsole(browser, instance, "awa");
  const { page } = awa;
  await openReport(page, bySms);
  await action(page, "close");
  await page.locator("#close-outcome").selectOption("passedOn");
  await page.locator("form.panel [data-blocked]").waitFor();
  expect(await page.locator("form.panel button[type=submit]").getAttribute("aria-disabled")).toBe("true");
  await assess(page, "few");
  await action(page, "export");
  await page.locator("[data-panel=export] [data-blocked]").waitFor();
  const [sealed] = await Promise.all([page.waitForEvent("download"), action(page, "sealed-copy")]);
  const copy = await readFile(await sealed.path());
  expect([copy.subarray(0, 21).toString(), copy.includes("Tin-Hama")]).toEqual(["age-encryption.org/v1", false]);
  await assess(page, "many");
  await action(page, "export");
  const words = await page.locator("#panel-text").inputValue();
  expect(words.includes("Tin-Hama")).toBe(false);
  expect(words).toContain("pick-up blancs");
  await page.locator("form.panel input[type=checkbox]").check();
  const saving = page.locator("form.panel button[type=submit]").click();
  const [redacted] = await Promise.all([page.waitForEvent("download"), saving]);
  expect(await readFile(await redacted.path(), "utf8")).toContain("pick-up blancs");
  await action(page, "close");
  await page.locator("#close-outcome").selectOption("passedOn");
  await page.locator("form.panel button[type=submit]").click();
  await done(page, "close");
  await page.locator('[data-state="closed"]').waitFor();
  await action(page, "reopen");
  await send(page, "Encore une question");
  await done(page, "reopen");
  await unharmed(awa);
});

async function assess(page: Page, knowers: string): Promise<void> {
  await action(page, "assess");
  await page.locator(`form.panel input[value="${knowers}"]`).check();
  await page.locator("form.panel button[type=submit]").click();
  await done(page, "assess");
}

test("stepped aside: the case is gone, for good; whom the informant excluded sees one more file that does not open", async () => {
  await using chata = await atConsole(browser, instance, "chata");
  const { page } = chata;
  await openReport(page, dialled);
  expect(await page.locator(".event").count()).toBeGreaterThan(2);
  await action(page, "note");
  await send(page, note);
  await done(page, "note");
  await action(page, "aside");
  await page.locator("form.panel button[type=submit]").click();
  await page.getByText("this case is gone for you").waitFor();
  expect(await page.locator(".event, [data-action]").count()).toBe(0);
  await page.getByRole("button", { name: "Back" }).click();
  await page.locator("ol.list > li > .row", { hasText: dialled }).click();
  await page.getByText("this case is gone for you").waitFor();
  await page.getByRole("button", { name: "Back" }).click();
  // Another day: nobody says that there is a case.
  await using later = await atConsole(browser, instance, "chata");
  await openReport(later.page, dialled);
  expect(await later.page.locator("[data-state]").getAttribute("data-state")).toBe("waiting");
  expect(await later.page.locator(".event").count()).toBe(0);
  await action(later.page, "note");
  await send(later.page, "encore");
  await later.page.locator('[data-refusal="unknown"]').waitFor();

  const before = await listOf(page);
  await write(instance, newWriter(), { text: excluding, exclude: [{ rule: "place", value: "ML06" }] });
  await using awa = await atConsole(browser, instance, "awa");
  await openReport(awa.page, excluding);
  expect(await awa.page.locator("[aria-labelledby=readers-title] li").allInnerTexts()).not.toContain(
    "Chata K. (Maison Hakili des droits (démo))",
  );
  // Decoys may come meanwhile, and look the same: that is what they are for.
  await until(async () => (await listOf(page)).unopened > before.unopened);
  expect((await listOf(page)).rows).toEqual(before.rows);
});

/** What the list shows, and how many files do not open. */
async function listOf(page: Page): Promise<{ rows: readonly string[]; unopened: number }> {
  const foot = await page.locator("footer").innerText();
  const rows = await page.locator("ol.list > li").allInnerTexts();
  return { rows, unopened: Number(/(\d+) more files?/.exec(foot)?.[1] ?? 0) };
}

test("off the roster: out, and the page says so; a desk that changed gets its open cases sealed anew", async () => {
  await using chata = await atConsole(browser, instance, "chata");
  await using awa = await atConsole(browser, instance, "awa");
  await replaceReviewer(instance, "chata", "gaoussou");
  await chata.page.locator('[data-locked="removed"]').waitFor();
  expect(await chata.page.content()).not.toContain("Kounari");
  await awa.page.getByText("Roster 2:").waitFor();
  await action(awa.page, "reseal");
  await awa.page.locator("[data-resealed]").waitFor();
  expect(Number(await awa.page.locator("[data-resealed]").getAttribute("data-resealed"))).toBeGreaterThan(0);
  await openReport(awa.page, dialled);
  await awa.page.locator('[data-kind="history"]').waitFor();
  await action(awa.page, "note");
  await send(awa.page, "après le conseil");
  await done(awa.page, "note");
  await unharmed(awa);
});

test("the canary: no number, receipt, name, place or word on disk, printed or in arguments", async () => {
  const scan = canary({
    numbers: [number],
    names: ["Hamidou Cissé", receipt, receipt.slice(0, 8), receipt.slice(8)],
    places: ["Kounari", "Tin-Hama"],
    texts: [dialled, answer, again, bySms, smsAnswer, note, excluding],
  });
  const haystack = {
    directories: [instance.home],
    contents: [{ where: "printed", content: instance.printed() }],
    processes: await instance.processes(),
  };
  expect(await scan.scan(haystack)).toEqual([]);
});
