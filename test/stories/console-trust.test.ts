import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { CaseEventHash, Door } from "../../src/base/brand.ts";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, dayOf, type UnixDay } from "../../src/base/clock.ts";
import { englishCase } from "../../src/console/case/en.ts";
import type { CaseState } from "../../src/envelope/case-act.ts";
import { hashDoor } from "../../src/envelope/door.ts";
import { newIdentity, recipientOf } from "../../src/envelope/recipient.ts";
import type { Report } from "../../src/envelope/report.ts";
import { parseEnrolment } from "../../src/roster/ceremony/enrolment.ts";
import { startBrowser, visit, type Visit } from "../support/browser.ts";
import { plantSealed, publish, serveConsole, unlock, type ConsoleServer } from "../support/console.ts";
import { action, done, openReport, send } from "../support/reviewer.ts";

const trucks = "Trois pick-up blancs sont passés vers Tessalit chargés de caisses de munitions";
const trucksToo = "On a vu trois pick-ups blancs passer à Tessalit, chargés de caisses de munition";
const samePhone = "Rien à voir, mais le même téléphone du même jour";
const unlike = "Le prix du mil au marché";

let browser: Browser;
let server: ConsoleServer;
let today: UnixDay;
let trucksDoor: Door;
beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), serveConsole()]);
  today = dayOf(server.gate.clock.nowMs());
  const sourceTag = systemChance.bytes(16);
  trucksDoor = await plant({ text: trucks, sourceTag, mailbox: newMailbox() });
  await plant({ text: trucksToo }, addDays(today, -3));
  await plant({ text: samePhone, sourceTag });
  await plant({ text: unlike });
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});
afterEach(() => {
  server.instead = () => null;
});

const plant = (part: Partial<Report>, day?: UnixDay): Promise<Door> => plantSealed(server.gate, part, day);
const newMailbox = (): NonNullable<Report["mailbox"]> => ({
  id: systemChance.bytes(16),
  recipient: recipientOf(newIdentity(systemChance)),
});

async function opened(): Promise<Visit> {
  const visitor = await visit(browser, { widthPx: 1280 });
  await visitor.page.clock.install();
  await visitor.page.goto(`${server.url}/console`);
  await unlock(visitor.page, server);
  await visitor.page.locator("#search").waitFor();
  await visitor.page.locator(".row").nth(3).waitFor();
  return visitor;
}

const others = (page: Page) => page.locator("[aria-labelledby=others-title]");
const problems = (page: Page): Promise<readonly string[]> =>
  page.locator("[aria-labelledby=timeline-title] [role=alert] li").allInnerTexts();
const problem = (seq: number, kind: keyof typeof englishCase.problems): string =>
  englishCase.problemAt(seq, englishCase.problems[kind]);

async function back(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await page.locator("#title").click();
  await page.keyboard.press("u");
  await page.locator("#search").waitFor();
}

test("what looks alike and what came from the same phone is named with why; linked, it is one matter for every reader", async () => {
  await using visitor = await opened();
  const { page } = visitor;
  await openReport(page, trucks);
  const near = others(page).locator("li");
  await near.nth(1).waitFor();
  const told = await near.allInnerTexts();
  expect(told.find((text) => text.includes(samePhone))).toContain(englishCase.sameSource);
  expect(told.find((text) => text.includes(trucksToo.slice(0, 40)))).toMatch(/\d+ ?%/);
  expect(told.some((text) => text.includes(unlike))).toBe(false);
  await action(page, "take");
  await done(page, "take");
  await near
    .filter({ hasText: trucksToo.slice(0, 40) })
    .getByRole("button", { name: englishCase.linkIt })
    .click();
  await done(page, "link");
  expect(await near.filter({ hasText: trucksToo.slice(0, 40) }).innerText()).toContain(englishCase.linked);
  await page.locator('.event[data-kind="link"]').waitFor();
});

test("a letter that waits is not lost unasked: the browser asks before the tab closes, and not once it has left", async () => {
  await using visitor = await opened();
  const { page } = visitor;
  await openReport(page, trucks);
  await action(page, "answer");
  await send(page, "Merci. Combien étaient-ils ?");
  await done(page, "answer");
  await page.locator(".letters").waitFor();
  const asked = page.waitForEvent("dialog");
  const closing = page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await closing;
  // Locked, it waits on: it is sealed to others.
  await back(page);
  await page.keyboard.press("L");
  await page.locator("[data-locked=asked]").waitFor();
  const left = page.waitForResponse(
    (response) => response.url().endsWith("/mailbox/write") && response.status() === 201,
  );
  await page.locator(".letters button").click();
  await left;
  await page.locator(".letters").waitFor({ state: "detached" });
  expect((await left).request().headers()["authorization"]).toBeUndefined();
  let dialogs = 0;
  page.on("dialog", () => dialogs++);
  const closed = page.waitForEvent("close");
  await page.close({ runBeforeUnload: true });
  await closed;
  expect(dialogs).toBe(0);
});

test("a server that takes events back, changes one or hides the newest is named on screen, event by event", async () => {
  await using visitor = await opened();
  const { page } = visitor;
  const { db } = server.gate.store.store;
  const door_hash = hashDoor(trucksDoor);
  await openReport(page, trucks);
  await page.locator(".event").nth(2).waitFor();
  expect(await problems(page)).toEqual([]);
  const events = await db
    .selectFrom("case_event")
    .selectAll()
    .where("door_hash", "=", door_hash)
    .orderBy("seq")
    .execute();
  const newest = events.at(-1)!;
  /** Opened again, the case shows this to be wrong with it. */
  const shows = async (...wrong: readonly string[]): Promise<void> => {
    await back(page);
    await openReport(page, trucks);
    await expect.poll(() => problems(page), { timeout: 30_000 }).toEqual(wrong);
  };
  const head = async (hash: Uint8Array): Promise<void> => {
    await db
      .updateTable("case")
      .set({ head: hash as CaseEventHash })
      .where("door_hash", "=", door_hash)
      .execute();
  };
  const spoil = async (seq: number, sealed: Uint8Array): Promise<void> => {
    await db
      .updateTable("case_event")
      .set({ sealed })
      .where("door_hash", "=", door_hash)
      .where("seq", "=", seq)
      .execute();
  };

  await db.deleteFrom("case_event").where("door_hash", "=", door_hash).where("seq", "=", newest.seq).execute();
  await shows(problem(newest.seq, "head"), problem(newest.seq, "rolledBack"));
  await head(events.at(-2)!.hash);
  await shows(problem(newest.seq, "rolledBack"));

  await db.insertInto("case_event").values(newest).execute();
  await head(newest.hash);
  const bent = Uint8Array.from(events[1]!.sealed);
  bent[bent.length - 1]! ^= 1;
  await spoil(2, bent);
  await shows(problem(2, "unopenable"));
  await spoil(2, events[2]!.sealed);
  await shows(problem(2, "chain"), problem(3, "chain"));
  await spoil(2, events[1]!.sealed);
  await shows();
});

test("numbers that were exchanged: once is said, twice is warned of, since somebody else may be writing", async () => {
  const [first, second, third] = [newMailbox(), newMailbox(), newMailbox()];
  const report = "Le pont de Labbézanga est gardé par des gens en moto";
  await plant({ text: report, mailbox: first }, addDays(today, -2));
  await plant({ text: "", thread: first.id, mailbox: second, channel: "web" }, addDays(today, -1));
  await using visitor = await opened();
  const { page } = visitor;
  await openReport(page, report);
  await action(page, "answer");
  await page.getByText(englishCase.exchanged).waitFor();
  expect(await page.locator("[data-warning=exchanges]").count()).toBe(0);
  await page.locator("[data-action=answer]").click();
  await plant({ text: "", thread: first.id, mailbox: third, channel: "web" });
  // What the watch would ask in ten seconds, now.
  await page.clock.fastForward(11_000);
  await page.locator(".thread .message").nth(2).waitFor();
  await action(page, "answer");
  expect(await page.locator("[data-warning=exchanges]").innerText()).toBe(englishCase.exchangedTwice);
});

test("by state and by what is due: each filter shows its own, and all together nothing", async () => {
  const texts: Readonly<Record<Exclude<CaseState, "waiting">, string>> = {
    open: "Celui qui est ouvert",
    answered: "Celui qui a sa réponse",
    closed: "Celui qui est classé",
  };
  const { db } = server.gate.store.store;
  for (const [state, text] of Object.entries(texts)) {
    const door_hash = hashDoor(await plant({ text }));
    const late = state === "open";
    const head = systemChance.bytes(32) as Uint8Array as CaseEventHash;
    const days = { acknowledge_day: today - 1, answer_day: late ? today - 1 : addDays(today, 60) };
    const ends_day = state === "closed" ? addDays(today, 60) : null;
    const row = { door_hash, desk: "all", state: state as CaseState, head, seq: 1, touched: false, ends_day, ...days };
    await db.insertInto("case").values(row).execute();
  }
  await using visitor = await opened();
  const { page } = visitor;
  const shown = async (): Promise<readonly string[]> => page.locator(".begins").allInnerTexts();
  const own = Object.values(texts);
  for (const [state, text] of Object.entries(texts)) {
    await page.locator("#filter-state").selectOption(state);
    await expect.poll(shown).toContain(text);
    expect((await shown()).filter((one) => own.includes(one))).toEqual([text]);
  }
  await page.locator("#filter-state").selectOption("waiting");
  await expect.poll(shown).toContain(unlike);
  expect((await shown()).filter((one) => own.includes(one))).toEqual([]);
  await page.locator("#filter-state").selectOption("");
  await page.locator("#filter-deadline").selectOption("late");
  await expect.poll(shown).toContain(texts.open);
  expect(await shown()).not.toContain(texts.closed);
  await page.locator("#filter-state").selectOption("closed");
  await page.locator(".empty").waitFor();
});

test("renewed keys: made under the same name, in force with the board's roster; the old ones are out, the new ones read on", async () => {
  const { gate } = server;
  const before = { note: gate.note, roster: gate.roster };
  await using visitor = await opened();
  const { page } = visitor;
  await page.locator("footer button:not([data-action])").click();
  await page.locator("#repeated").waitFor();
  const passphrase = "sept mots pour une seule clef";
  expect(await page.locator("#id").inputValue()).toBe("r1");
  await page.locator("#new").fill(passphrase);
  await page.locator("#repeated").fill(passphrase);
  await page.locator("button[type=submit]").click();
  await page.locator("#key-digits").waitFor();
  const save = async (index: number): Promise<string> => {
    const saved = page.waitForEvent("download");
    await page.locator("button.go").nth(index).click();
    const path = join(gate.store.home, `renewed-${index}`);
    await (await saved).saveAs(path);
    return path;
  };
  const [identityFile, request] = [await save(0), await save(1)];
  const { recipient, verifier } = parseEnrolment(new Uint8Array(await readFile(request)));
  const reviewers = gate.roster.reviewers.map((one) => (one.id === "r1" ? { ...one, recipient, verifier } : one));
  publish(gate, { reviewers });
  await page.locator("[data-locked=removed]").waitFor();
  await unlock(page, server);
  await page.locator("[data-refusal=notOnRoster]").waitFor();
  const text = "Scellé aux nouvelles clefs";
  await plant({ text });
  await unlock(page, { ...server, identityFile, passphrase });
  await page.locator("#search").waitFor();
  await page.locator(".row", { hasText: text }).waitFor();
  // What was sealed before the change is for the old keys alone: colleagues seal it anew.
  expect(await page.locator(".begins").allInnerTexts()).toEqual([text]);
  Object.assign(gate, before);
});
