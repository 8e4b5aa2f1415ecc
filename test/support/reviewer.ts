import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { visit, type Visit, type VisitOptions } from "./browser.ts";
import type { Instance } from "./instance.ts";

/** A reviewer of the demo in a window of their own, and every policy the page broke. */
export interface AtConsole extends Visit {
  /** Directives that were violated. */
  broken(): Promise<readonly string[]>;
}

/** Unlocked, signed in, with the list before them. */
export async function atConsole(
  browser: Browser,
  instance: Instance,
  id: string,
  options: VisitOptions = {},
): Promise<AtConsole> {
  const visitor = await visit(browser, { widthPx: 1280, ...options });
  const { page } = visitor;
  await page.addInitScript(() => {
    const broken: string[] = [];
    Object.assign(globalThis, { broken });
    document.addEventListener("securitypolicyviolation", (event) => void broken.push(event.violatedDirective));
  });
  await page.goto(`${instance.url}/console`);
  await unlockAs(page, instance, id);
  const broken = (): Promise<readonly string[]> =>
    page.evaluate(() => (globalThis as unknown as { broken: string[] }).broken);
  return Object.assign(visitor, { broken });
}

export async function unlockAs(page: Page, { home, demo }: Instance, id: string): Promise<void> {
  const { identityFile, passphrase } = demo.reviewers.find((one) => one.id === id)!;
  await page.locator("#identity").setInputFiles(identityFile);
  await page.locator("#anchors").setInputFiles(join(home, "demo/keys/anchors.json"));
  await page.locator("#passphrase").fill(passphrase);
  await page.locator("form button[type=submit]").click();
  await page.locator("#search").waitFor();
}

/** The case of the report that begins with this, once it is on the list and its case was read. */
export async function openReport(page: Page, text: string): Promise<void> {
  await page.locator("ol.list > li > .row", { hasText: text }).first().click();
  await page.locator("[data-state]").waitFor();
}

/** Waits until what was asked for is done. */
export const done = (page: Page, kind: string): Promise<void> => page.locator(`[data-done="${kind}"]`).waitFor();

export const action = (page: Page, name: string): Promise<void> => page.locator(`[data-action="${name}"]`).click();

/** Fills the text of the form that is open and sends it. */
export async function send(page: Page, text: string): Promise<void> {
  await page.locator("#panel-text").fill(text);
  await page.locator("form.panel button[type=submit]").click();
}
