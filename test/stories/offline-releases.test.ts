import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anchorsText } from "../../src/roster/text.ts";
import { axeOn, startBrowser, type Visit, type VisitOptions } from "../support/browser.ts";
import { Hands, openOffline, writeOffline } from "../support/offline.ts";
import { testFolder, testQuarters } from "../support/releases.ts";
import { temporaryHome } from "../support/store.ts";

const { anchors, files } = testFolder(testQuarters(8));
let browser: Browser;
let directory: string;

const path = (...names: readonly string[]): string => join(directory, ...names);
const opened = (options: VisitOptions = {}): Promise<Visit> => openOffline(browser, path("usb/gundo.html"), options);

function writeFolder(name: string, change: Readonly<Record<string, string>> = {}): void {
  const all = new Map<string, Uint8Array | string>([...files, ...Object.entries(change)]);
  for (const [file, bytes] of all) {
    mkdirSync(dirname(path(name, file)), { recursive: true });
    writeFileSync(path(name, file), bytes);
  }
}

beforeAll(async () => {
  directory = await temporaryHome();
  [browser] = await Promise.all([startBrowser(), writeOffline(path("usb/gundo.html"))]);
  writeFileSync(path("anchors.json"), anchorsText(anchors));
});
afterAll(() => browser.close());

/** Nothing was asked for but the file itself, and the browser had nothing to say, about the policy either. */
function expectSilent({ asked, said }: Visit): void {
  expect(asked).toEqual([`file://${path("usb/gundo.html")}`]);
  expect(said).toEqual([]);
}

async function check({ page }: Visit, folder: string): Promise<string> {
  await page.setInputFiles('[id="releases.folder"]', path(folder));
  await page.locator("#task [role=status]").first().waitFor();
  return new Hands(page).press();
}

/** As a hand lets go of something that it drew from the stick's window. */
async function drop({ page }: Visit, onto: string, what: string): Promise<void> {
  await page.locator(onto).scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await page.locator(onto).boundingBox())!;
  const session = await page.context().newCDPSession(page);
  const at = { x: x + width / 2, y: y + height / 2 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await session.send("Input.dispatchDragEvent", {
      type,
      ...at,
      data: { items: [], files: [what], dragOperationsMask: 1 },
    });
}

describe("releases checked by the offline file, without any network", { timeout: 120_000 }, () => {
  test("eight quarters are accepted, and the page says what that proves, in both languages", async () => {
    await using visitor = await opened();
    const { page } = visitor;
    const hands = new Hands(page);
    writeFolder("copie");
    await hands.lay(path("anchors.json"));
    await hands.choose("releases");
    const said = await check(visitor, "copie");
    expect(said).toContain("Chaque note et chaque fichier est juste.");
    expect(said).toContain("2028-Q4 : publication le 2029-02-02, signé par officer-a et officer-b ; ε 1, en tout 8");
    expect(said).toContain("il faut qu'un des deux responsables ait été honnête");
    expect(await page.locator("#task form").innerText()).toContain(`${files.size} fichiers, 8 trimestres.`);
    await page.click("#language");
    expect(await hands.ending()).toContain("one of the two officers must have been honest");
    expectSilent(visitor);
  });

  test("an edited folder is refused, and the file named, in both languages", async () => {
    await using visitor = await opened();
    const { page } = visitor;
    const hands = new Hands(page);
    writeFolder("changée", { "2027-Q3/t1.csv": "catégorie,chiffre\n" });
    writeFolder("ajoutée", { "photos/moi.jpg": "x" });
    await hands.lay(path("anchors.json"));
    await hands.choose("releases");
    const said = await check(visitor, "changée");
    expect(said).toContain("2027-Q3/t1.csv");
    expect(said).toContain("ce fichier n'est pas fait des chiffres signés");
    expect(said).toContain("prévenez le conseil");
    await page.click("#language");
    expect(await hands.ending()).toContain("not made from the signed figures: it was changed (release.file)");
    expect(await check(visitor, "ajoutée")).toMatch(/photos\/moi\.jpg\s+this file is of no release/);
    expectSilent(visitor);
  });

  test("a folder dropped on the field is taken as it is", async () => {
    await using visitor = await opened();
    const { page } = visitor;
    writeFolder("posée");
    await new Hands(page).lay(path("anchors.json"));
    await new Hands(page).choose("releases");
    await drop(visitor, '[id="releases.folder"]', path("posée"));
    await page.locator("#task [role=status]").waitFor();
    expect(await page.locator("#task form").innerText()).toContain(`${files.size} fichiers, 8 trimestres.`);
    expect(await new Hands(page).press()).toContain("Chaque note et chaque fichier est juste.");
    expectSilent(visitor);
  });

  test("without a folder or without anchors it says what is missing", async () => {
    await using visitor = await opened();
    const hands = new Hands(visitor.page);
    await hands.choose("releases");
    expect(await visitor.page.locator("#task form").innerText()).toContain("Ajoutez d'abord anchors.json");
    await hands.lay(path("anchors.json"));
    expect(await hands.press()).toContain("(roster.missing)");
    expectSilent(visitor);
  });

  test.each([false, true])("axe finds nothing wrong with it, dark: %s", async (dark) => {
    await using visitor = await opened({ dark });
    const { page } = visitor;
    await new Hands(page).lay(path("anchors.json"));
    await new Hands(page).choose("releases");
    await check(visitor, "copie");
    expect((await axeOn(page).analyze()).violations).toEqual([]);
    await check(visitor, "changée");
    expect((await axeOn(page).analyze()).violations).toEqual([]);
    expectSilent(visitor);
  });
});
