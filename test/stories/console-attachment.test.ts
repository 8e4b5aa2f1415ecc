import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { utf8 } from "../../src/base/bytes.ts";
import { englishAttachments } from "../../src/console/attachments/en.ts";
import { frenchAttachments } from "../../src/console/attachments/fr.ts";
import { axeOn, startBrowser, visit } from "../support/browser.ts";
import { canary } from "../support/canary.ts";
import { as, databaseOf } from "../support/desk.ts";
import { startInstance, type Instance } from "../support/instance.ts";
import { photoFrom } from "../support/photo.ts";
import { until } from "../support/store.ts";
import { action, atConsole, done, openReport, type AtConsole } from "../support/reviewer.ts";

const place = "Tin-Hama-Labbézanga";
/** Each says what it did if any of it ran. */
const hostile = `<script>parent.postMessage("ran","*");fetch("/ran")</script><img src=x onerror="top.location='/ran'">`;
const page = `<!doctype html><title>${place}</title>${hostile}`;
const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>fetch("/ran")</script></svg>`;
const pdf = "%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj";

const words = { fr: frenchAttachments, en: englishAttachments };

let browser: Browser;
let instance: Instance;
beforeAll(async () => {
  [browser, instance] = await Promise.all([startBrowser(), startInstance()]);
});
afterAll(async () => {
  await browser.close();
  await instance.kill("SIGINT");
});

type Chosen = readonly [name: string, mimeType: string, bytes: (page: Page) => Promise<Uint8Array> | Uint8Array];
const files: Readonly<Record<string, Chosen>> = {
  photographie: ["a.png", "image/png", (at) => photoFrom(at, 400, 300)],
  notes: ["b.txt", "text/plain", () => utf8(page)],
  hypertexte: ["c.html", "text/html", () => utf8(page)],
  dessin: ["d.bin", "application/svg", () => utf8(svg)],
  imprimé: ["e.pdf", "application/pdf", () => utf8(pdf)],
};

/** A report with this file, from the informant's page. */
async function report(text: string, [name, mimeType, bytes]: Chosen): Promise<void> {
  await using visitor = await visit(browser);
  const { page: informant } = visitor;
  await informant.goto(instance.url);
  await informant.locator("[data-sealing=sealed]").waitFor();
  await informant.setInputFiles("#file", { name, mimeType, buffer: Buffer.from(await bytes(informant)) });
  await informant.locator("#file-says", { hasText: /tel quel|nettoyée/ }).waitFor();
  await informant.fill("#text", text);
  await informant.locator("#form button").click();
  await informant.locator("#thanks").waitFor();
}

const part = (at: Page, step: string) => at.locator(`[data-attachment="${step}"]`);

async function openAttachment(at: Page, text: string): Promise<void> {
  await openReport(at, text);
  await at.locator("[data-open]").click();
  await part(at, "open").waitFor();
}

/** What the browser said, but for a case that nobody took yet. */
const heard = ({ said }: AtConsole): readonly string[] =>
  said.filter((line) => !/^Failed to load resource: .* status of 404 /.test(line));

async function backToList(at: Page): Promise<void> {
  await at.locator("article.case button").first().click();
  await at.locator("#search").waitFor();
}

test("a picture and a text are shown in a frame that may do nothing; whatever else came is only saved; none of it runs", async () => {
  for (const [text, file] of Object.entries(files)) await report(text, file);
  await using awa = await atConsole(browser, instance, "awa");
  const { page: at } = awa;
  await openAttachment(at, "photographie");
  const frame = at.locator("iframe.shown");
  expect([await frame.getAttribute("sandbox"), await frame.getAttribute("srcdoc")]).toEqual(["", null]);
  const picture = await frame
    .contentFrame()
    .locator("img")
    .evaluate((image: HTMLImageElement) => image.naturalWidth);
  expect(picture).toBe(400);
  // Axe cannot look into a frame in which nothing runs, and waits for it: of the frame itself it would ask for a title.
  expect(await frame.getAttribute("title")).toBe(
    words[(await at.locator("html").getAttribute("lang")) as "fr" | "en"].frame,
  );
  await part(at, "open").locator(".buttons button").first().click();
  expect(await frame.count()).toBe(0);
  // The page that the browser itself makes around a picture has a style and, under a test, a script: neither is let in.
  const aroundPicture = /^(Applying inline style violates|Blocked script execution in 'blob:)/;
  expect(heard(awa).filter((line) => !aroundPicture.test(line))).toEqual([]);
  awa.said.length = 0;

  await backToList(at);
  await openAttachment(at, "notes");
  expect(await frame.contentFrame().locator("body").innerText()).toBe(page);
  expect(await frame.contentFrame().locator("script").count()).toBe(0);

  for (const text of ["hypertexte", "dessin", "imprimé"]) {
    await backToList(at);
    await openAttachment(at, text);
    expect([text, await frame.count(), await part(at, "open").locator(".notice").count()]).toEqual([text, 0, 1]);
  }
  expect((await axeOn(at).analyze()).violations).toEqual([]);
  const saving = at.waitForEvent("download");
  await at.locator("[data-save]").click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toMatch(/^[0-9a-f]{16}\.pdf$/);
  expect(await readFile(await saved.path(), "utf8")).toBe(pdf);

  expect(awa.asked.filter((address) => address.includes("ran"))).toEqual([]);
  expect(at.url()).toBe(`${instance.url}/console`);
  expect([heard(awa), await awa.broken()]).toEqual([[], []]);
});

test("deleting asks twice, needs a case that was taken, and takes the file from every reader", async () => {
  await using awa = await atConsole(browser, instance, "awa");
  const { page: at } = awa;
  const erase = async (): Promise<void> => {
    await at.locator('[data-erase="ask"]').click();
    await at.locator('[data-erase="sure"]').click();
  };
  await openReport(at, "notes");
  await erase();
  await part(at, "refused").locator("text=/Prenez d’abord|Take the case/").waitFor();
  await action(at, "take");
  await done(at, "take");
  await at.locator("[data-erase]").first().click();
  await part(at, "erased").waitFor();
  await backToList(at);
  await openReport(at, "notes");
  await at.locator("[data-open]").click();
  await part(at, "refused").locator("text=/180/").waitFor();
});

test(
  "sealed anew, a report takes what came with it along, from browser and terminal; deleted, it is gone from every copy",
  { timeout: 400_000 },
  async () => {
    const database = await databaseOf(instance);
    const ids = async (): Promise<readonly string[]> =>
      (await database.query<{ id: string }>("select encode(id, 'hex') as id from part")).rows.map(({ id }) => id);
    const age = async (): Promise<void> => {
      await database.query("update report set received_day = received_day - 160");
      await database.query("update part set day = day - 160");
    };
    const dropAll = async (old: readonly string[]): Promise<void> => {
      await database.query("delete from part where encode(id, 'hex') = any($1)", [old]);
    };
    await using awa = await atConsole(browser, instance, "awa");
    await openReport(awa.page, "photographie");
    await action(awa.page, "take");
    await done(awa.page, "take");
    const first = await ids();
    await age();
    await using later = await atConsole(browser, instance, "awa");
    await action(later.page, "reseal");
    await later.page.locator("[data-resealed]").waitFor();
    // The other open case's file was deleted before: its words go on without it.
    await until(async () => (await ids()).length === first.length + 1);
    await dropAll(first);
    await until(async () => (await database.query("select 1 from arrival")).rowCount === 0);
    const second = await ids();
    expect(second).toHaveLength(1);
    await using shown = await atConsole(browser, instance, "awa");
    await openAttachment(shown.page, "photographie");
    await shown.page.locator("iframe.shown").waitFor();

    const person = instance.demo.reviewers.find(({ id }) => id === "boubacar")!;
    await age();
    const said = await as(instance, person, "reseal", "--desk", "all", "--json");
    expect([said.code, said.err]).toEqual([0, ""]);
    await until(
      async () => (await ids()).length === 2 && (await database.query("select 1 from arrival")).rowCount === 0,
    );
    await using last = await atConsole(browser, instance, "awa");
    await openReport(last.page, "photographie");
    await last.page.locator("[data-erase]").first().click();
    await last.page.locator("[data-erase]").first().click();
    await part(last.page, "erased").waitFor();
    expect(await ids()).toEqual([]);
    await database.end();
  },
);

test("the canary: nothing of a file lies on the server's disk or was printed", async () => {
  const contents = [{ where: "printed", content: instance.printed() }];
  const scan = canary({ places: [place], texts: [page, pdf] });
  expect(await scan.scan({ directories: [instance.home], contents })).toEqual([]);
});
