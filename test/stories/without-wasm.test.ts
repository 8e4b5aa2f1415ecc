import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import { systemChance } from "../../src/base/chance.ts";
import { answerReleases, releaseRule } from "../../src/triage/mailbox.ts";
import { startBrowser, visit, type Visit } from "../support/browser.ts";
import { plantSealed, serveConsole, unlock } from "../support/console.ts";
import { answerOn, conversationOn, dialOn, numbersIn, readOn, reportsFor } from "../support/conversation.ts";
import { arrivals, readBy, servePage, type PageServer } from "../support/page.ts";

const words = "Deux camions sans plaque derrière le marché de Kouroufing-Marena";
const answered = "Merci. À quelle heure passent-ils ?";
const nobodyAnswers = "personne ne pourra vous répondre";

let browser: Browser;
let server: PageServer;
beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), servePage()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Nothing is compiled, in page or worker, as under Tor Browser at "safer". */
async function withoutWasm(page: Page, address: string): Promise<void> {
  await page.route(address, async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    const policy = headers["content-security-policy"]!.replace(" 'wasm-unsafe-eval'", "");
    await route.fulfill({ response, headers: { ...headers, "content-security-policy": policy } });
  });
  await page.goto(address);
  expect(await page.evaluate(compiles)).toBe(false);
}

function compiles(): boolean {
  try {
    const empty = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    return empty instanceof WebAssembly.Module;
  } catch {
    return false;
  }
}

async function opened(): Promise<Visit> {
  const visitor = await visit(browser, { nowMs: server.gate.clock.nowMs() });
  await withoutWasm(visitor.page, `${server.url}/`);
  await visitor.page.locator("[data-sealing=sealed]").waitFor();
  return visitor;
}

test("that nobody will be able to answer is said before the press, and the report goes, sealed on the phone", async () => {
  await using visitor = await opened();
  const { page } = visitor;
  expect(await page.locator("#sealing .warn:visible").innerText()).toContain(nobodyAnswers);
  await page.fill("#text", words);
  await page.locator("#form button").click();
  await page.locator("#thanks").waitFor();
  expect(await page.locator("#no-numbers").innerText()).toContain(nobodyAnswers);
  const [sealed] = await arrivals(server);
  expect(readBy(server, sealed!)[0]).toMatchObject({ channel: "web", text: words });
  expect(server.wire.some(({ body }) => Buffer.from(body).toString("utf8").includes(words))).toBe(false);
});

test("answers are read by the server, which the page says before the press", async () => {
  const { gate } = server;
  const numbers = numbersIn(await dialOn(gate, "+22370004272" as E164, "no-wasm", ["1", "1", "par téléphone", "0"]));
  const report = (await reportsFor(gate)).find(({ channel }) => channel === "ussd")!;
  expect(await answerOn(gate, report, answered)).toBe(201);
  await answerReleases({ store: gate.store.store, rule: releaseRule, clock: gate.clock, chance: systemChance })();
  await using visitor = await opened();
  const { page } = visitor;
  await page.locator("details:has(#reading) summary").click();
  await page.locator("#first").pressSequentially("1");
  await page.locator("#read-plain:visible").waitFor();
  await page.locator("details:has(#reading) summary").click();
  await readOn(page, numbers);
  expect(await conversationOn(page)).toContain(answered);
});

test("a reviewer opens what was written all the same", async () => {
  const desk = await serveConsole();
  try {
    await plantSealed(desk.gate, { text: words });
    await using visitor = await visit(browser, { widthPx: 1280 });
    const { page } = visitor;
    await withoutWasm(page, `${desk.url}/console`);
    await unlock(page, desk);
    await page.locator(".row", { hasText: words }).waitFor();
  } finally {
    await desk.stop();
  }
});
