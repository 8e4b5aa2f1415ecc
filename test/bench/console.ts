import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { addDays, dayOf } from "../../src/base/clock.ts";
import { startBrowser, visit } from "../support/browser.ts";
import { sealedRow, serveConsole, unlock, type ConsoleServer } from "../support/console.ts";

const reports = 1_000;
const rowsAtOnce = 100;
/** web.md: 1 000 in under 5 s on two cores; an answer to a search within 50 ms. */
const openingMs = 5_000;
const searchMs = 50;
/** Each finds another number of reports than the one before, so that the list is drawn anew. */
const searches = ["17", "puits 5", "mot qui n'y est pas", "kounari 12", "999"];

/** Opening a thousand reports of five readers in the browser, a search among them, and what the page then holds. */
export async function consoleBench(): Promise<readonly string[]> {
  const [browser, server] = await Promise.all([startBrowser(), serveConsole()]);
  try {
    await fill(server);
    await using visitor = await visit(browser, { widthPx: 1280 });
    const { page } = visitor;
    await page.goto(`${server.url}/console`);
    await noteProgress(page);
    const locked = await residentMiB(browser);
    await unlock(page, server);
    await page.locator("progress").waitFor();
    await page.locator("progress").waitFor({ state: "detached", timeout: 120_000 });
    const { opened, steps } = await progressSeen(page);
    const answers = await searchTimes(page);
    return [
      `${reports} reports opened: ${Math.round(opened)} ms (${(opened / openingMs).toFixed(2)} of what is allowed), ${steps} steps of progress`,
      `search, slowest of ${answers.length}: ${answers.at(-1)!.toFixed(1)} ms (${(answers.at(-1)! / searchMs).toFixed(2)} of what is allowed)`,
      `the page's heap then: ${((await heapBytes(page)) / 2 ** 20).toFixed(0)} MiB`,
      `its process, workers and WebAssembly in it: ${await residentMiB(browser)} MiB resident, ${locked} MiB while it was locked`,
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function fill({ gate }: ConsoleServer): Promise<void> {
  const today = dayOf(gate.clock.nowMs());
  const { db } = gate.store.store;
  for (let start = 0; start < reports; start += rowsAtOnce) {
    const rows = Array.from({ length: rowsAtOnce }, (_, index) => {
      const number = start + index;
      const text = `${number} Des caisses près du puits de Kounari, ${"des mots encore ".repeat(number % 20)}`;
      return sealedRow(gate, { text, answers: { place: "ML0702" } }, addDays(today, -(number % 150))).row;
    });
    await db.insertInto("report").values(rows).execute();
  }
}

interface Seen {
  readonly opened: number;
  readonly steps: number;
}

/** From the first to the last sight of the bar. */
function noteProgress(page: Page): Promise<void> {
  return page.evaluate(() => {
    const seen = { from: 0, to: 0, steps: new Set<string>() };
    Object.assign(globalThis, { seen });
    new MutationObserver(() => {
      const bar = document.querySelector("progress");
      if (bar === null) return;
      seen.from ||= performance.now();
      seen.to = performance.now();
      seen.steps.add(bar.getAttribute("value") ?? "");
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  });
}

function progressSeen(page: Page): Promise<Seen> {
  return page.evaluate(() => {
    const { seen } = globalThis as unknown as { seen: { from: number; to: number; steps: Set<string> } };
    return { opened: seen.to - seen.from, steps: seen.steps.size };
  });
}

/** From what was typed to the list that answers it, drawn; slowest last. */
async function searchTimes(page: Page): Promise<readonly number[]> {
  const times: number[] = [];
  for (const words of searches) times.push(await page.evaluate(searchOnce, words));
  return times.toSorted((a, b) => a - b);
}

function searchOnce(words: string): Promise<number> {
  const field = document.querySelector<HTMLInputElement>("#search")!;
  const count = document.querySelector(".count")!;
  return new Promise((resolve) => {
    const from = performance.now();
    const drawn = new MutationObserver(() => {
      drawn.disconnect();
      resolve(performance.now() - from);
    });
    drawn.observe(count.parentElement!, { subtree: true, childList: true, characterData: true, attributes: true });
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  return (await session.send("Runtime.getHeapUsage")).usedSize;
}

/** The largest of the browser's page processes, as the kernel counts it. */
async function residentMiB(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const pages = processInfo.filter(({ type }) => type === "renderer");
  const sizes = pages.map(async ({ id }) => {
    const status = await readFile(`/proc/${id}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
  });
  return Math.round(Math.max(...(await Promise.all(sizes))) / 1024);
}
