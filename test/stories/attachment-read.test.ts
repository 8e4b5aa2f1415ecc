import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { utf8 } from "../../src/base/bytes.ts";
import { Client } from "../../src/cli/client.ts";
import { decryptKeys } from "../../src/roster/identity.ts";
import { parseAnchors } from "../../src/roster/parse.ts";
import { startBrowser, visit } from "../support/browser.ts";
import { canary } from "../support/canary.ts";
import { gundo, inboxWith, startInstance, type InboxLine, type Instance } from "../support/instance.ts";

const text = "Liste des passages au gué de Tassiga-Labbézanga";
const name = "Moussa Diallo-Traoré";
const place = "Tassiga-Labbézanga";
const inside = `${name}, ${place} : `.padEnd(300_000, "convoi du mardi avant l'aube, deux pick-up; ");

let instance: Instance;
let browser: Browser;
let directory: string;
beforeAll(async () => {
  [instance, browser] = await Promise.all([startInstance(), startBrowser()]);
  directory = await mkdtemp(join(tmpdir(), "gundo-read-"));
});
afterAll(async () => {
  await browser.close();
  await instance.kill("SIGINT");
  await rm(directory, { recursive: true });
});

type Line = InboxLine & { readonly attachments: readonly { readonly size: number; readonly file?: string }[] };

test("a file chosen on the page is read by a reviewer at a terminal, whole; the server never had it", async () => {
  await using visitor = await visit(browser);
  const { page } = visitor;
  await page.goto(instance.url);
  await page.locator("[data-sealing=sealed]").waitFor();
  const buffer = Buffer.from(utf8(inside));
  await page.setInputFiles("#file", { name: `${name}.txt`, mimeType: "text/plain", buffer });
  await page.locator("#file-says", { hasText: "tel quel" }).waitFor();
  await page.fill("#text", text);
  await page.locator("#form button").click();
  await page.locator("#thanks").waitFor();

  const reader = instance.demo.reviewers[0]!;
  await inboxWith(instance, reader, 1);
  const passphraseFile = join(directory, "passphrase");
  await writeFile(passphraseFile, reader.passphrase, { mode: 0o600 });
  const who = ["--url", instance.url, "--identity", reader.identityFile, "--passphrase-file", passphraseFile];
  const files = join(directory, "files");
  const ran = await gundo("inbox", ...who, "--json", "--attachments", files);
  expect([ran.code, ran.err]).toEqual([0, ""]);
  const lines = ran.out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
  const { attachments } = lines.find((line) => line.text === text)!;
  expect(attachments).toEqual([
    { size: buffer.length, type: "text/plain", file: expect.stringMatching(/[0-9a-f]{16}\.txt$/) },
  ]);
  expect(await readFile(attachments[0]!.file!, "utf8")).toBe(inside);

  // The same out of the sealed file alone, as a reviewer keeps one.
  const { id } = lines.find((line) => line.text === text)!;
  const sealedFile = join(directory, "report.age");
  await writeFile(sealedFile, await sealedOf(id, reader));
  const again = join(directory, "again");
  const opened = await gundo("open", sealedFile, ...who, "--attachments", again);
  expect([opened.code, opened.err]).toEqual([0, ""]);
  expect(opened.out).toContain(`attachment: text/plain, ${buffer.length} bytes, ${again}`);
});

async function sealedOf(id: string, { identityFile, passphrase, desk }: Instance["demo"]["reviewers"][number]) {
  const client = new Client(instance.url);
  const { instance: named } = parseAnchors(await client.bytes("/keys/anchors.json"));
  await client.signIn(named, await decryptKeys(await readFile(identityFile), passphrase));
  for await (const report of client.inbox(desk)) if (report.id === id) return report.sealed;
  throw new Error("not listed");
}

test("the canary: nothing of the file, its name or its text lies in the database, its log, what was printed or temporary files", async () => {
  const scan = canary({ names: [name], places: [place], texts: [text, inside.slice(0, 120)] });
  const contents = [{ where: "printed", content: instance.printed() }];
  const haystack = { directories: [instance.home], contents, processes: await instance.processes() };
  expect(await scan.scan(haystack)).toEqual([]);
});
