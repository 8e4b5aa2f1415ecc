import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Browser, Page } from "playwright-core";
import { bundleOffline } from "../../workers/offline-bundle.ts";
import { visit, type Visit, type VisitOptions } from "./browser.ts";

/** The file as `npm run build` writes it, on a stick of its own. */
export async function writeOffline(path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, (await bundleOffline()).html);
}

/** Somebody who opened the file from a stick, on a machine without any network. */
export async function openOffline(browser: Browser, path: string, options: VisitOptions = {}): Promise<Visit> {
  const visitor = await visit(browser, { widthPx: 900, ...options });
  await visitor.page.context().setOffline(true);
  await visitor.page.goto(`file://${path}`);
  return visitor;
}

/** A person's hands on the page. */
export class Hands {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async lay(...paths: readonly string[]): Promise<void> {
    const before = await this.page.locator(".files li").count();
    await this.page.setInputFiles("#picker", [...paths]);
    await this.page.locator(".files li").nth(before).waitFor();
  }

  async choose(task: string): Promise<void> {
    await this.page.click(`#task-${task}`);
  }

  async unfold(step: string): Promise<void> {
    await this.page.click(`#step-${step} summary`);
  }

  async write(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [id, text] of Object.entries(fields)) await this.page.fill(`[id="${id}"]`, text);
  }

  async tick(...ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.page.check(`[id="${id}"]`);
  }

  /** Picks what has this text, or begins with it. */
  async pick(id: string, text: string): Promise<void> {
    const select = this.page.locator(`[id="${id}"]`);
    const options = await select.locator("option").allInnerTexts();
    const label = options.find((option) => option.startsWith(text));
    if (label === undefined) throw new Error(`nothing begins with ${text} among: ${options.join(" | ")}`);
    await select.selectOption({ label });
  }

  /** Presses the button of a step and waits for its end; returns what is then said. */
  async press(within = "#task > form"): Promise<string> {
    const before = await this.page.evaluateHandle(() => document.getElementById("ending"));
    await this.page.click(`${within} .act`);
    await this.page.waitForFunction((old) => {
      const ending = document.getElementById("ending");
      return ending !== null && ending !== old;
    }, before);
    return this.ending();
  }

  ending(): Promise<string> {
    return this.page.locator("#ending").innerText();
  }

  digits(): Promise<string> {
    return this.page.locator("#ending .digits").first().innerText();
  }

  /** Saves one of the files that a step made. */
  async save(name: string, path: string): Promise<void> {
    const [download] = await Promise.all([
      this.page.waitForEvent("download"),
      this.page.locator(`#ending a[download="${name}"], .files a[download="${name}"]`).last().click(),
    ]);
    if (download.suggestedFilename() !== name) throw new Error(`saved as ${download.suggestedFilename()}`);
    await download.saveAs(path);
  }
}
