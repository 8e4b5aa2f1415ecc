import { AxeBuilder } from "@axe-core/playwright";
import chromiumFiles from "@sparticuz/chromium";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

// The package's own `args` hold --single-process and --disable-web-security: a test under them would prove nothing.
const args = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--no-pings",
];

const axeTags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * Axe on this page. It runs where the page is, not half of it in another page that it opens for that: none of our pages has a
 * frame that it could look into.
 */
export function axeOn(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode();
}

/** What axe finds wrong with what is shown: the rule, and what breaks it. */
export async function axeFinds(page: Page): Promise<readonly (readonly [string, readonly string[]])[]> {
  const { violations } = await axeOn(page).withTags(axeTags).analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

/**
 * Fields that a browser would write to its disk with what is in them, so that a crash loses nothing: Firefox all but what
 * says "off" in a form that says so, a text or a choice itself, Chromium what is in no such form. Taste may be kept.
 */
export function keptFields(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const fields = [...document.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, textarea, select")];
    const named = fields.filter((field) => !field.matches("header *, [type=password], [type=hidden]"));
    return named
      .filter(
        (field) => field.form?.autocomplete !== "off" || (!field.matches("input") && field.autocomplete !== "off"),
      )
      .map(({ outerHTML }) => outerHTML.slice(0, 90));
  });
}

/** CSS pixels by which the page is wider than its window. */
export async function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** A real browser without anything of this machine in it. The caller closes it. */
export async function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await chromiumFiles.executablePath(), args });
}

/** How slow a phone and its network are. */
export interface Slowness {
  readonly bytesPerSecond: number;
  readonly latencyMs: number;
  /** The main thread's speed divided by this; workers keep theirs. */
  readonly mainThread: number;
}

export interface VisitOptions {
  readonly script?: boolean;
  /** Milliseconds since 1970 that the page's clock shows. */
  readonly nowMs?: number;
  readonly widthPx?: number;
  readonly userAgent?: string;
  readonly dark?: boolean;
  readonly slow?: Slowness;
}

/** One visitor with a profile of their own. */
export interface Visit extends AsyncDisposable {
  readonly page: Page;
  /** Every address that was asked for, the worker's too. */
  readonly asked: string[];
  /** Whatever the page said or threw; a policy that was broken is said here. */
  readonly said: string[];
}

/** A fresh visitor; nothing is opened yet. */
export async function visit(browser: Browser, options: VisitOptions = {}): Promise<Visit> {
  const context = await browser.newContext({
    javaScriptEnabled: options.script ?? true,
    viewport: { width: options.widthPx ?? 360, height: 740 },
    colorScheme: options.dark === true ? "dark" : "light",
    ...(options.userAgent !== undefined && { userAgent: options.userAgent }),
  });
  const asked: string[] = [];
  const said: string[] = [];
  context.on("request", (request) => void asked.push(request.url()));
  context.on("console", (message) => void said.push(message.text()));
  // A minute is for a machine that is busy; nothing waits so long that comes at all.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  page.on("pageerror", (error) => void said.push(error.message));
  if (options.nowMs !== undefined) await context.clock.setFixedTime(options.nowMs);
  if (options.slow !== undefined) await slowDown(context, page, options.slow);
  return { page, asked, said, [Symbol.asyncDispose]: () => context.close() };
}

async function slowDown(context: BrowserContext, page: Page, slow: Slowness): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: slow.latencyMs,
    downloadThroughput: slow.bytesPerSecond,
    uploadThroughput: slow.bytesPerSecond,
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: slow.mainThread });
}
