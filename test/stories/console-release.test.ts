import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { listLabelIds } from "../../src/store/label.ts";
import { addDays, dayOf } from "../../src/base/clock.ts";
import { axeFinds, keptFields, overflowOf, startBrowser, visit, type Visit } from "../support/browser.ts";
import type { TestPerson } from "../support/board.ts";
import { plantSealed } from "../support/console.ts";
import {
  authoriseClaim,
  halfOfLabels,
  passphrase,
  planOf,
  quarter,
  serveQuarter,
  type ServedQuarter,
} from "../support/quarter.ts";

let browser: Browser;
let at: ServedQuarter;
beforeAll(async () => {
  browser = await startBrowser();
  at = await serveQuarter((made) => [made.lead, made.reviewer, ...made.officers], true);
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterAll(async () => {
  vi.useRealTimers();
  await browser.close();
  await at.stop();
});

function passTo(after: number): void {
  at.day(after);
  vi.setSystemTime(at.gate.clock.nowMs());
}

/** Signed in on the day it is, by the same files as anybody. */
async function enter(person: TestPerson, language: "fr" | "en" = "en"): Promise<Visit> {
  const visitor = await visit(browser, { widthPx: 1280, nowMs: at.gate.clock.nowMs() });
  const { page } = visitor;
  await page.goto(`${at.url}/console`);
  await page.locator("#identity").setInputFiles(at.identityOf(person));
  await page.locator("#anchors").setInputFiles(join(at.gate.store.home, "anchors.json"));
  await page.locator("#passphrase").fill(passphrase);
  await page.locator("form button[type=submit]").click();
  await page.locator("header .who").waitFor();
  const other = page.locator(`header button[lang=${language}]`);
  if ((await other.count()) > 0) await other.click();
  return visitor;
}

const deed = (page: Page, name: string) => page.locator(`[data-deed=${name}]`);
const done = (page: Page, name: string) => page.locator(`[data-done=${name}]`).waitFor();

/** One step of an officer, by keyboard alone. */
async function press(page: Page, name: string): Promise<void> {
  await page.locator(`[data-deed=${name}]:not([aria-disabled=true])`).waitFor();
  await deed(page, name).focus();
  await page.keyboard.press("Enter");
  await done(page, name);
}

async function step(index: number, name: string): Promise<void> {
  await using visitor = await enter(at.officers[index]!);
  await deed(visitor.page, name).waitFor();
  await press(visitor.page, name);
  expect(broken(visitor)).toEqual([]);
}

/** A step of an officer at a terminal, with a directory that is empty the first time. */
async function atTerminal(index: number, ...words: readonly string[]): Promise<void> {
  const directory = join(at.gate.store.home, `keep-${index}`);
  const said = await at.as(at.officers[index]!, "release", ...words, "--dir", directory);
  expect([said.code, said.err]).toEqual([0, ""]);
}

/** What the page said; a browser says of itself whatever was asked for and is not there. */
const broken = ({ said }: Visit): readonly string[] => said.filter((line) => !line.includes("status of 404"));

/** In light and dark, and with text twice as large on a small screen in both languages. */
async function isReadable(page: Page): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    expect([colorScheme, await axeFinds(page)]).toEqual([colorScheme, []]);
  }
  expect(await keptFields(page)).toEqual([]);
  const setText = (size: string): Promise<void> =>
    page.evaluate((wanted) => void (document.documentElement.style.fontSize = wanted), size);
  await setText("200%");
  for (let language = 0; language < 2; language++) {
    expect(await overflowOf(page)).toBe(0);
    await page.locator("header button[lang]").click();
  }
  await setText("");
}

const labels = async (): Promise<number> => (await listLabelIds(at.gate.store.store.db, quarter)).length;

describe("a quarter in the browser", () => {
  test("one officer signs a plan, the other reads it and signs too; both commit, one of them at a terminal", async () => {
    passTo(-20);
    {
      await using visitor = await enter(at.officers[0]!);
      const { page } = visitor;
      // No inbox for whoever releases.
      await deed(page, "proposePlan").waitFor();
      expect(await page.locator("#search").count()).toBe(0);
      await termsOf(page);
      await press(page, "proposePlan");
    }
    {
      await using visitor = await enter(at.officers[1]!);
      const card = visitor.page.locator(`[data-period="${quarter}"]`);
      await card.getByText("ε 1/4 for the country, 13/20 for régions").waitFor();
      await press(visitor.page, "signPlan");
      await visitor.page.locator(`[data-period="${quarter}"][data-state=planned]`).waitFor();
    }
    passTo(40);
    await atTerminal(0, "commit");
    await step(1, "commit");
  });

  test("after the quarter labels leave by themselves when a reviewer signs in, once, also with nothing to say", async () => {
    const day = addDays(dayOf(at.gate.clock.nowMs()), -1);
    await plantSealed(at.gate, { text: "Vol de bétail à Kounari" }, day);
    await ledByLead();
    passTo(91);
    {
      await using visitor = await enter(at.lead);
      await visitor.page.locator("[data-labels=posted]").waitFor();
      await isReadable(visitor.page);
      await visitor.page.reload();
      await unlockAgain(visitor.page, at.lead);
      expect(await visitor.page.locator("[data-labels]").count()).toBe(0);
    }
    expect(await labels()).toBe(1);
    await using visitor = await enter(at.reviewer, "fr");
    await visitor.page.locator("[data-labels=posted]").waitFor();
    expect(await labels()).toBe(2);
    expect(broken(visitor)).toEqual([]);
    await postHalf(at.gate.board.people[2]!);
  });

  test("claimed, revealed by each where they did not begin, drawn by one, made again and signed by the other; shown at its instant", async () => {
    passTo(106);
    await step(1, "claim");
    await atTerminal(1, "reveal");
    {
      await using visitor = await enter(at.officers[0]!, "fr");
      const { page } = visitor;
      await deed(page, "reveal").waitFor();
      await press(page, "reveal");
      await refusedOverGap(page, "Person r3");
      // Somebody finds that a second draw is due; it is tried here once, and its cost said before.
      await page.locator("[data-again] summary").focus();
      await page.keyboard.press("Enter");
      await page.locator("[data-again]").getByText("dépense encore l’ε").first().waitFor();
      await isReadable(page);
      await tick(page, "[data-again]");
      await press(page, "commitAgain");
    }
    await atTerminal(1, "commit", "--again", "--period", quarter);
    await claimedAgain();
    await atTerminal(1, "reveal");
    {
      await using visitor = await enter(at.officers[0]!);
      const { page } = visitor;
      await page.getByText("This is the second draw of the quarter").waitFor();
      await refusedOverGap(page, "Person r3");
      await tick(page, "[data-gap]");
      await press(page, "drawWithGaps");
      expect(broken(visitor)).toEqual([]);
    }
    {
      await using visitor = await enter(at.officers[1]!, "fr");
      const { page } = visitor;
      await deed(page, "cosign").waitFor();
      await isReadable(page);
      await refusedOverGap(page, "Person r3", "cosign");
      await isReadable(page);
      await tick(page, "[data-gap]");
      await press(page, "cosignWithGaps");
      await page.locator(`[data-period="${quarter}"][data-state=cosigned]`).waitFor();
    }
    expect(await labels()).toBe(0);
    const shown = async () => (await fetch(`${at.url}/api/releases/note?period=${quarter}&name=release`)).status;
    expect(await shown()).toBe(404);
    at.gate.clock.advanceMs(planOf().publishesMs - at.gate.clock.nowMs());
    vi.setSystemTime(at.gate.clock.nowMs());
    expect(await shown()).toBe(200);
  });

  test("what is wrong with it is said in words: one officer writes, the other signs, here and at a terminal", async () => {
    const file = (name: string): string => join(at.gate.store.home, name);
    const words = ["--fr", "Une organisation manquait.", "--en", "One organisation was missing."];
    await atTerminal(0, "erratum", "--period", quarter, ...words, "--out", file("erratum-1"));
    await using visitor = await enter(at.officers[1]!);
    const { page } = visitor;
    await page.locator("[data-erratum] summary").focus();
    await page.keyboard.press("Enter");
    await page.locator(`#erratum-${quarter}-file`).setInputFiles(file("erratum-1"));
    await page.locator("[data-erratum] .words", { hasText: "One organisation was missing." }).waitFor();
    await press(page, "signErratum");
    await page.locator(`#erratum-${quarter}-fr`).fill("Il en manquait 3.");
    await page.locator(`#erratum-${quarter}-en`).fill("Some were missing.");
    await page.locator("[data-flaw=number]").waitFor();
    await isReadable(page);
    expect(await deed(page, "writeErratum").getAttribute("aria-disabled")).toBe("true");
    await page.locator(`#erratum-${quarter}-fr`).fill("Il en manquait.");
    const [download] = await Promise.all([page.waitForEvent("download"), press(page, "writeErratum")]);
    await download.saveAs(file("erratum-2"));
    expect(broken(visitor)).toEqual([]);
    await atTerminal(0, "erratum", "--note", file("erratum-2"));
    for (const number of [1, 2])
      expect((await fetch(`${at.url}/api/releases/note?period=${quarter}&name=erratum-${number}`)).status).toBe(200);
  });
});

/** Another ε than usual, after one that spends too much; what it would do is shown by tables. */
async function termsOf(page: Page): Promise<void> {
  for (const part of ["[data-terms]", "[data-simulation]"]) {
    await page.locator(`${part} > summary`).focus();
    await page.keyboard.press("Enter");
  }
  const error = page.locator(".simulated caption").first();
  await error.getByText("off by 2.8 on average").waitFor();
  await page.locator("#terms-t1").fill("1/1000000");
  await page.locator("[data-flaw=epsilon]").waitFor();
  await page.locator("#terms-t1").fill("9/20");
  await page.locator("[data-flaw=spent]").waitFor();
  expect(await deed(page, "proposePlan").getAttribute("aria-disabled")).toBe("true");
  await page.locator("#terms-t1").fill("1/4");
  await error.getByText("off by 4.0 on average").waitFor();
  const first = page.locator(".simulated tbody tr").first();
  await first.locator("input").fill("200");
  await first.getByText("2%", { exact: true }).waitFor();
  await isReadable(page);
}

/** By keyboard, what somebody says before a button answers. */
async function tick(page: Page, within: string): Promise<void> {
  const box = page.locator(`${within} input[type=checkbox]`);
  expect(await page.locator(`${within} button`).getAttribute("aria-disabled")).toBe("true");
  await box.focus();
  await page.keyboard.press("Space");
  await page.locator(`${within} button:not([aria-disabled=true])`).waitFor();
}

/** Nothing is drawn, and whose part is missing is said. */
async function refusedOverGap(page: Page, name: string, pressed = "draw"): Promise<void> {
  await deed(page, pressed).focus();
  await page.keyboard.press("Enter");
  await page.locator("[data-refusal=gap]").getByText(name).waitFor();
  await page.locator("[data-gap]").waitFor();
}

/** An officer saves the second claim, two of the board sign it, and what is not enough is refused. */
async function claimedAgain(): Promise<void> {
  const file = (name: string): string => join(at.gate.store.home, name);
  await using visitor = await enter(at.officers[0]!);
  const { page } = visitor;
  await deed(page, "saveClaim").waitFor();
  await isReadable(page);
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, "saveClaim")]);
  expect(download.suggestedFilename()).toBe(`claim-${quarter}.note`);
  await download.saveAs(file("claim-0"));
  await authoriseClaim(at, 0, file("claim-0"), file("claim-1"));
  await authoriseClaim(at, 1, file("claim-1"), file("claim-2"));
  await page.locator(`#claim-${quarter}`).setInputFiles(file("claim-1"));
  await deed(page, "claimAgain").focus();
  await page.keyboard.press("Enter");
  await page.locator("[data-refusal=board]").waitFor();
  await page.locator(`#claim-${quarter}`).setInputFiles(file("claim-2"));
  await press(page, "claimAgain");
  await press(page, "reveal");
}

/** The first of two parts that somebody signed; the other one never comes. */
async function postHalf(person: TestPerson): Promise<void> {
  const body = new Uint8Array(halfOfLabels(person, at.officers));
  const posted = { method: "POST", body, headers: { "content-type": "application/age" } };
  expect((await at.ask(person, `/api/releases/labels?period=${quarter}`, posted)).status).toBe(201);
}

async function unlockAgain(page: Page, person: TestPerson): Promise<void> {
  await page.locator("#identity").setInputFiles(at.identityOf(person));
  await page.locator("#passphrase").fill(passphrase);
  await page.locator("form button[type=submit]").click();
  // The roster's line under the list stands there once the inbox is.
  await page.locator("footer").waitFor();
  await page.locator(".row").first().waitFor();
}

/** The lead takes the report and labels it at a terminal. */
async function ledByLead(): Promise<void> {
  const { out } = await at.as(at.lead, "inbox", "--json");
  const { id } = JSON.parse(out.split("\n")[0]!) as { id: string };
  for (const words of [["take"], ["label", "--category", "CAT", "--place", "ML0702", "--plausible"]])
    expect((await at.as(at.lead, "case", ...words, "--report", id)).code).toBe(0);
}
