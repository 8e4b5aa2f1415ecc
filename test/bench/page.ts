import type { Browser, Page } from "playwright-core";
import { startBrowser, visit, type Slowness } from "../support/browser.ts";
import { HandClock } from "../support/board.ts";
import { servePage, type PageServer } from "../support/page.ts";

const rounds = 5;
/** web.md, Budget: first paint under 2 s on this network, and bytes leaving at most 1 s after the press on this thread. */
const network: Slowness = { bytesPerSecond: 50_000, latencyMs: 400, mainThread: 1 };
const thread: Slowness = { bytesPerSecond: 50_000, latencyMs: 400, mainThread: 6 };

/** Weight of the informant's page as it goes over the wire, its first paint, and the time from "send" to bytes. */
export async function pageBench(): Promise<readonly string[]> {
  const [browser, server] = await Promise.all([
    startBrowser(),
    servePage({ clock: new HandClock(new Date().toISOString()) }),
  ]);
  try {
    const paints = await times(() => firstPaintMs(browser, server));
    const sends = await times(() => pressToBytesMs(browser, server));
    return [
      ...(await weights(server)),
      `first paint at 50 kB/s and 400 ms: ${spread(paints)}`,
      `from "send" to bytes, 5 readers, main thread slowed 6 times: ${spread(sends)}`,
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function weights({ gate }: PageServer): Promise<readonly string[]> {
  const weigh = async (path: string, encoding: string): Promise<number> => {
    const response = await gate.app.request(path, { headers: { "accept-encoding": encoding } });
    return (await response.arrayBuffer()).byteLength;
  };
  const rows = ["/", "/en", "/form.js", "/attach.js", "/keys/roster.note"].map(async (path) => {
    const [plain, gzip, brotli] = await Promise.all(["", "gzip", "br"].map((encoding) => weigh(path, encoding)));
    return `${path}: ${brotli} bytes brotli, ${gzip} gzip, ${plain} plain`;
  });
  return Promise.all(rows);
}

async function firstPaintMs(browser: Browser, server: PageServer): Promise<number> {
  await using visitor = await visit(browser, { slow: network });
  await visitor.page.goto(server.url);
  await visitor.page.locator("[data-sealing=sealed]").waitFor();
  return await visitor.page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]!.startTime);
}

async function pressToBytesMs(browser: Browser, server: PageServer): Promise<number> {
  await using visitor = await visit(browser, { slow: thread });
  const { page } = visitor;
  const made = page.waitForResponse("**/oprf");
  await page.goto(server.url);
  await page.locator("[data-sealing=sealed]").waitFor();
  await made;
  await page.locator("#text").pressSequentially("Ce que je sais, écrit lettre par lettre.", { delay: 30 });
  await notePress(page);
  await page.locator("#form button").click();
  await page.locator("#thanks").waitFor();
  return await page.evaluate(() => {
    const { pressed } = globalThis as unknown as { pressed: number };
    const post = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/reports/all"));
    return post!.startTime - pressed;
  });
}

function notePress(page: Page): Promise<void> {
  return page.evaluate(() => {
    addEventListener("submit", ({ timeStamp }) => Object.assign(globalThis, { pressed: timeStamp }), { capture: true });
  });
}

async function times(measure: () => Promise<number>): Promise<readonly number[]> {
  const measured: number[] = [];
  for (let round = 0; round < rounds; round++) measured.push(await measure());
  return measured.toSorted((a, b) => a - b);
}

function spread(sorted: readonly number[]): string {
  const [median, least, most] = [sorted[Math.floor(sorted.length / 2)]!, sorted[0]!, sorted.at(-1)!].map(Math.round);
  return `${median!} ms (${least!} to ${most!})`;
}
