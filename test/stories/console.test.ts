import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { base64url, hex, utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, dayOf, hourOf } from "../../src/base/clock.ts";
import { formatIdentity } from "../../src/envelope/recipient.ts";
import { enrolmentFingerprint, parseEnrolment } from "../../src/roster/ceremony/enrolment.ts";
import { anchorsHash } from "../../src/roster/anchors.ts";
import { fingerprint } from "../../src/roster/fingerprint.ts";
import { decryptKeys, encryptKeys } from "../../src/roster/identity.ts";
import { anchorsText } from "../../src/roster/text.ts";
import { writeCheckpoint } from "../../src/store/checkpoint.ts";
import { testBoard } from "../support/board.ts";
import { axeOn, startBrowser, visit, type Visit, type VisitOptions } from "../support/browser.ts";
import { sessionOf } from "../support/gate.ts";
import { canary } from "../support/canary.ts";
import {
  checkpointOf,
  plantSealed,
  publish,
  serveConsole,
  unlock,
  type ConsoleServer,
  type UnlockWith,
} from "../support/console.ts";

const text = "Des caisses chez Hamidou Cissé, près du puits de Kounari, œuvre ɲɛɛrɛ";
const hostile = "<img src=x onerror=document.title='x'><script>document.title='x'</script>";
const screens = join(import.meta.dirname, "../screens");

let browser: Browser;
let server: ConsoleServer;
/** The roster in force when a test begins. */
let genuine: Pick<ConsoleServer["gate"], "note" | "roster">;
beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), serveConsole()]);
  const { gate } = server;
  genuine = { note: gate.note, roster: gate.roster };
  const note = await checkpointOf(gate);
  await writeCheckpoint(gate.store.store.db, { seq: 0, hour: hourOf(gate.clock.nowMs()), note });
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});
// Whatever the test before left, also one that failed half way.
beforeEach(async () => {
  server.instead = () => null;
  const { gate } = server;
  Object.assign(gate, genuine);
  await gate.store.store.db.deleteFrom("report").execute();
  const today = dayOf(gate.clock.nowMs());
  await plantSealed(gate, { text, answers: { category: "ARM", place: "ML0702", danger: true } });
  await plantSealed(gate, { text: hostile, channel: "web", language: "en" }, addDays(today, -1));
  await plantSealed(gate, { text: "Trois pick-up vers Tessalit", answers: { place: "ML08" } }, addDays(today, -5));
  // One that this reviewer may not read: Benkadi is r1's organisation.
  await plantSealed(gate, { text: "Pas pour Benkadi", exclude: [{ rule: "organisation", value: "Benkadi" }] });
});

async function opened(options: VisitOptions = {}): Promise<Visit> {
  const visitor = await visit(browser, { widthPx: 1280, ...options });
  await visitor.page.addInitScript(() => {
    const broken: string[] = [];
    Object.assign(globalThis, { broken });
    document.addEventListener("securitypolicyviolation", (event) => void broken.push(event.violatedDirective));
  });
  await visitor.page.goto(`${server.url}/console`);
  await visitor.page.locator("#identity").waitFor();
  return visitor;
}

async function signedIn(page: Page, unlocking: UnlockWith = {}): Promise<void> {
  await unlock(page, server, unlocking);
  await page.locator("#search").waitFor();
}

const rows = (page: Page): Promise<readonly string[]> => page.locator(".begins").allInnerTexts();
const listedRows = (page: Page, count: number): Promise<void> =>
  page
    .locator(".row")
    .nth(count - 1)
    .waitFor();
const broken = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => (globalThis as unknown as { broken: string[] }).broken);
const refusal = async (page: Page): Promise<string | null> => {
  const line = page.locator("[data-refusal]");
  await line.waitFor();
  return line.getAttribute("data-refusal");
};
const warned = (page: Page, name: string): Promise<void> => page.locator(`[data-warning=${name}]`).waitFor();

/** What the watch would ask in ten seconds, now. */
const lookAgain = (page: Page): Promise<void> => page.clock.fastForward(11_000);
/** What it asks every five minutes. */
const lookThoroughly = async (page: Page): Promise<void> => {
  // Somebody is there, or it would lock.
  await page.mouse.move(10, 10);
  await page.mouse.move(20, 20);
  await page.clock.fastForward(5 * 60_000 + 1);
};

describe("to read", () => {
  test("unlock, sign in, the list, a report, lock: and nothing of it is anywhere", async () => {
    await using visitor = await opened();
    const { page } = visitor;
    // As a reviewer's own: the other tests open a file that is quick to open.
    const identityFile = join(server.gate.store.home, "as-made.age");
    await writeFile(identityFile, await encryptKeys(server.gate.board.people[0]!, server.passphrase, systemChance));
    await unlock(page, { ...server, identityFile });
    await page.locator("#search").waitFor();
    await listedRows(page, 3);
    expect(await rows(page)).toEqual([text, hostile, "Trois pick-up vers Tessalit"]);
    await page.locator("footer", { hasText: "1 " }).waitFor();
    await page.locator(".row").first().click();
    await page.locator(".words", { hasText: text }).waitFor();
    const [r1] = server.gate.board.people;
    const secrets = [formatIdentity(r1!.identity), base64url(r1!.signing.reveal()), hex(r1!.signing.reveal())];
    const scan = canary({ texts: [server.passphrase, text, ...secrets], names: ["Hamidou Cissé"] });
    const contents = async () => [
      { where: "wire", content: Buffer.concat(server.wire.map(({ body }) => body)) },
      { where: "requests", content: server.wire.map(({ path, headers }) => path + headers).join("\n") },
      { where: "addresses", content: [...visitor.asked, page.url()].join("\n") },
      { where: "said", content: visitor.said.join("\n") },
      {
        where: "kept",
        content: await page.evaluate(() =>
          JSON.stringify([
            Object.entries(localStorage),
            Object.entries(sessionStorage),
            document.cookie,
            history.state,
            document.title,
          ]),
        ),
      },
    ];
    expect(await scan.scan({ contents: await contents(), directories: [server.gate.store.home] })).toEqual([]);
    expect(await page.evaluate(async () => (await indexedDB.databases()).length + (await caches.keys()).length)).toBe(
      0,
    );
    await page.getByRole("button", { name: /Verrouiller|Lock/ }).click();
    await page.locator("[data-locked=asked]").waitFor();
    const drawn = await page.content();
    expect([drawn.includes("Hamidou"), await page.locator("#passphrase").inputValue()]).toEqual([false, ""]);
    expect(await page.evaluate(() => history.length)).toBe(2);
    // The check can fail: what is on screen while it is open would be found.
    expect(await scan.scan({ contents: [{ where: "planted", content: text }] })).not.toEqual([]);
    // A case that nobody began is a 404, which the browser notes without an address.
    const notes = visitor.said.filter((line) => !line.endsWith("status of 404 (Not Found)"));
    expect([notes, await broken(page)]).toEqual([[], []]);
  });

  test("search and filters narrow the list and say how far; unread is first until it was read", async () => {
    await using visitor = await opened();
    const { page } = visitor;
    await signedIn(page);
    await listedRows(page, 3);
    await page.locator("#search").fill("tessalit pick");
    await page.locator(".count", { hasText: "1" }).waitFor();
    expect(await rows(page)).toEqual(["Trois pick-up vers Tessalit"]);
    await page.locator("#search").fill("aucun de ces mots");
    await page.locator(".empty").waitFor();
    await page.locator(".filters button").click();
    await page.locator("#filter-place").selectOption("ML07");
    await page.locator(".count", { hasText: "1" }).waitFor();
    expect(await rows(page)).toEqual([text]);
    await page.locator(".filters button").click();
    await page.locator("#filter-deadline").selectOption("late");
    expect(await rows(page)).toEqual(["Trois pick-up vers Tessalit"]);
    await page.locator(".filters button").click();
    await page.locator(".row").first().click();
    await page.locator(".words").waitFor();
    await page.keyboard.press("u");
    await listedRows(page, 3);
    expect((await rows(page)).at(-1)).toBe(text);
  });

  test("a report that comes in meanwhile is listed without a reload, and nothing is fetched twice", async () => {
    await using visitor = await visit(browser, { widthPx: 1280 });
    const { page } = visitor;
    await page.clock.install();
    await page.goto(`${server.url}/console`);
    await signedIn(page);
    await listedRows(page, 3);
    const before = server.wire.length;
    await plantSealed(server.gate, { text: "Venu après" });
    await lookAgain(page);
    await listedRows(page, 4);
    const asked = server.wire.slice(before).filter(({ path }) => path === "/api/inbox/sealed");
    expect(
      asked.map(({ body }) => (JSON.parse(new TextDecoder().decode(body)) as { ids: string[] }).ids.length),
    ).toEqual([1]);
    // The session ends after a quarter of an hour; the key in memory opens another.
    server.gate.clock.advanceMs(16 * 60_000);
    const sessions = (): number =>
      server.wire.filter(({ path, method }) => path === "/api/session" && method === "POST").length;
    const openedBefore = sessions();
    const answered = page.waitForResponse("**/api/session");
    await lookAgain(page);
    await answered;
    expect(sessions()).toBe(openedBefore + 1);
    expect(await page.locator(".row").count()).toBe(4);
    await page.clock.fastForward(10 * 60_000);
    await page.locator("[data-locked=idle]").waitFor();
  });

  test("by keyboard alone", async () => {
    await using visitor = await opened();
    const { page } = visitor;
    await page.locator("#identity").setInputFiles(server.identityFile);
    await page.locator("#anchors").setInputFiles(server.anchorsFile);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("href"))).toBe("#main");
    await page.keyboard.press("Enter");
    for (let tabs = 0; tabs < 12; tabs++) {
      await page.keyboard.press("Tab");
      if ((await page.evaluate(() => document.activeElement?.id)) === "passphrase") break;
    }
    await page.keyboard.type(server.passphrase);
    await page.keyboard.press("Enter");
    await listedRows(page, 3);
    const order = await rows(page);
    const focused = (): Promise<string | undefined> =>
      page.evaluate(() => document.activeElement?.querySelector<HTMLElement>(".begins")?.innerText);
    await page.keyboard.press("j");
    await expect.poll(focused).toBe(order[0]);
    await page.keyboard.press("j");
    await expect.poll(focused).toBe(order[1]);
    await page.keyboard.press("k");
    await expect.poll(focused).toBe(order[0]);
    await page.keyboard.press("Enter");
    await page.locator(".words", { hasText: order[0]! }).waitFor();
    await page.keyboard.press("u");
    await listedRows(page, 3);
    await page.keyboard.press("/");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("search");
    await page.keyboard.type("jLx?");
    expect(await page.locator("#search").inputValue()).toBe("jLx?");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    await page.locator("h1").click();
    await page.keyboard.press("x");
    await listedRows(page, 3);
    await page.keyboard.press("?");
    await page.locator("dialog[open]").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("L");
    await page.locator("[data-locked=asked]").waitFor();
  });
});

describe("keys", () => {
  test("made here: the file opens with the passphrase, the request is theirs, the digits are the request's", async () => {
    await using visitor = await opened();
    const { page } = visitor;
    await page.getByRole("button", { name: /pas encore|no keys yet/ }).click();
    await page.locator("#id").fill("awa-gao");
    await page.locator("#new").fill("trop court");
    await page.locator("#repeated").fill("trop court");
    await page.locator("button[type=submit]").click();
    expect(await refusal(page)).toBe("passphraseShort");
    const passphrase = "une phrase assez longue pour cela";
    await page.locator("#new").fill(passphrase);
    await page.locator("#repeated").fill(passphrase);
    await page.locator("button[type=submit]").click();
    const digits = await page.locator("#key-digits").innerText();
    const save = async (index: number): Promise<{ name: string; bytes: Uint8Array }> => {
      const saved = page.waitForEvent("download");
      await page.locator("button.go").nth(index).click();
      const download = await saved;
      return { name: download.suggestedFilename(), bytes: new Uint8Array(await readFile(await download.path())) };
    };
    const identity = await save(0);
    const request = await save(1);
    expect([identity.name, request.name]).toEqual(["awa-gao.age", "awa-gao.enrol.json"]);
    const keys = await decryptKeys(identity.bytes, passphrase);
    const enrolment = parseEnrolment(request.bytes);
    expect([keys.id, enrolment.id, enrolmentFingerprint(enrolment)]).toEqual(["awa-gao", "awa-gao", digits]);
    expect(server.wire.filter(({ body }) => Buffer.from(body).includes("awa-gao"))).toEqual([]);
    expect(await broken(page)).toEqual([]);
  });

  test("a wrong passphrase, another file and keys that the roster does not name are told apart", async () => {
    await using visitor = await opened();
    const { page } = visitor;
    await unlock(page, server, { passphrase: "une autre phrase de passe" });
    expect(await refusal(page)).toBe("passphrase");
    expect(await page.locator("#passphrase").inputValue()).toBe("");
    await page.locator("#identity").setInputFiles(server.anchorsFile);
    await page.locator("#passphrase").fill(server.passphrase);
    await page.locator("form button[type=submit]").click();
    await page.locator("[data-refusal=identityFile]").waitFor();
  });
});

describe("the server's word", () => {
  test("without an anchors file the digits are compared once, and then remembered", async () => {
    await using visitor = await opened();
    const { page } = visitor;
    await unlock(page, server, { anchors: false });
    const digits = await page.locator("#anchors-digits").innerText();
    expect(digits).toBe(fingerprint("gundo/anchors/v1", anchorsHash(server.gate.board.anchors)));
    await page.locator("button.go").click();
    await page.locator("#search").waitFor();
    await page.reload();
    await signedIn(page, { anchors: false });
    const others = testBoard(server.gate.clock).anchors;
    server.instead = ({ url }) => (url.endsWith("/keys/anchors.json") ? new Response(anchorsText(others)) : null);
    await page.reload();
    await unlock(page, server, { anchors: false });
    expect(await refusal(page)).toBe("anchorsOther");
    await page.reload();
    await signedIn(page);
    await warned(page, "anchorsOther");
  });

  test("a roster that is older, forked or edited stops the sign-in before anything is signed", async () => {
    const { gate } = server;
    await using visitor = await opened();
    const { page } = visitor;
    publish(gate, {});
    const second = { note: gate.note, roster: gate.roster };
    await signedIn(page);
    const refusedWith = async (note: Uint8Array): Promise<string | null> => {
      await page.reload();
      server.instead = ({ url }) => (url.endsWith("/keys/roster.note") ? new Response(new Uint8Array(note)) : null);
      const before = server.wire.length;
      await unlock(page, server);
      const told = await refusal(page);
      expect(server.wire.slice(before).filter(({ path }) => path.startsWith("/api"))).toEqual([]);
      return told;
    };
    expect(await refusedWith(genuine.note)).toBe("rosterOlder");
    Object.assign(gate, genuine);
    publish(gate, { issuedMs: gate.clock.nowMs() });
    const forked = gate.note;
    Object.assign(gate, second);
    expect(await refusedWith(forked)).toBe("rosterForked");
    const edited = utf8(new TextDecoder().decode(second.note).replace("Benkadi", "Benkadl"));
    expect(await refusedWith(edited)).toBe("rosterSigners");
  });

  test("while it is in use: roster, audit and page that are others are named, and the roster in use stays", async () => {
    const { gate } = server;
    publish(gate, {});
    // At least one act, so that there can be a shorter history.
    await sessionOf(gate.app, gate.board.people[1]!);
    await using visitor = await visit(browser, { widthPx: 1280 });
    const { page } = visitor;
    await page.clock.install();
    await page.goto(`${server.url}/console`);
    const head = await checkpointOf(gate);
    const lies = new Map<string, Uint8Array | string>([["/api/audit/checkpoint", head]]);
    server.instead = ({ url }) => {
      const lie = lies.get(new URL(url).pathname);
      return lie === undefined ? null : new Response(typeof lie === "string" ? lie : new Uint8Array(lie));
    };
    await signedIn(page);
    await listedRows(page, 3);
    const { note } = gate;
    gate.note = utf8(new TextDecoder().decode(note).replace("Benkadi", "Benkadl"));
    await warned(page, "rosterEdited");
    gate.note = gate.former.get(gate.roster.serial - 1)!;
    await warned(page, "rosterOlder");
    gate.note = note;
    lies.set("/console", "<html>another page</html>");
    lies.set("/api/audit/checkpoint", await checkpointOf(gate, { seq: 0, hash: new Uint8Array(32) }));
    await lookThoroughly(page);
    await warned(page, "pageOther");
    await warned(page, "auditOlder");
    lies.set("/api/audit/checkpoint", await checkpointOf(gate, { seq: 1_000_000, hash: new Uint8Array(32) }));
    await lookThoroughly(page);
    await warned(page, "auditRewritten");
    expect(await page.locator(".row").count()).toBe(3);
    await page.screenshot({ path: join(screens, "console-warnings.png") });
  });

  test("off the roster: out by the board's own word, before any look is due, and the words are gone", async () => {
    const { gate } = server;
    await using visitor = await visit(browser, { widthPx: 1280 });
    const { page } = visitor;
    await page.clock.install();
    await page.goto(`${server.url}/console`);
    const held = page.waitForRequest("**/api/roster");
    await signedIn(page);
    await listedRows(page, 3);
    await held;
    // No timer of the page runs any more: what ends it is the question that the server holds.
    await page.clock.pauseAt(await page.evaluate(() => Date.now() + 4_000));
    publish(gate, {
      reviewers: gate.roster.reviewers.filter(({ id }) => id !== "r1"),
      desks: gate.roster.desks.map((desk) => ({ ...desk, reviewers: desk.reviewers.filter((id) => id !== "r1") })),
    });
    await page.locator("[data-locked=removed]").waitFor();
    expect(await page.content()).not.toContain("Kounari");
    await unlock(page, server);
    expect(await refusal(page)).toBe("notOnRoster");
  });
});

describe("the page itself", () => {
  test("policy: hashes only, and no text becomes markup or script", async () => {
    const response = await fetch(`${server.url}/console`);
    const policy = response.headers.get("content-security-policy")!;
    expect(policy).toMatch(/script-src 'sha256-[^' ]+' 'wasm-unsafe-eval';.*style-src 'sha256-[^' ]+';/);
    expect(policy).not.toContain("unsafe-inline");
    expect(policy).toContain("require-trusted-types-for 'script'");
    const headers = ["cache-control", "referrer-policy", "cross-origin-opener-policy", "cross-origin-resource-policy"];
    expect(headers.map((name) => response.headers.get(name))).toEqual([
      "no-store",
      "no-referrer",
      "same-origin",
      "same-origin",
    ]);
    await using visitor = await opened();
    const { page } = visitor;
    const tried = await page.evaluate(() => {
      const holder = document.createElement("div");
      const script = document.createElement("script");
      const acts = [
        () => (holder.innerHTML = "<b>x</b>"),
        () => document.body.insertAdjacentHTML("beforeend", "<b>x</b>"),
        () => script.setAttribute("src", "data:,x"),
        () => (script.text = "0"),
      ];
      return acts.map((act) => {
        try {
          act();
          return "done";
        } catch (error) {
          return (error as Error).name;
        }
      });
    });
    expect(tried).toEqual(["TypeError", "TypeError", "TypeError", "TypeError"]);
    await page.waitForFunction(() => (globalThis as unknown as { broken: string[] }).broken.length > 0);
  });

  test("axe finds nothing in any state, in both languages, light and dark", async () => {
    for (const [dark, other] of [
      [false, false],
      [true, true],
    ] as const) {
      await using visitor = await opened({ dark });
      const { page } = visitor;
      const english = (): Promise<void> => page.locator(".tools button", { hasText: "English" }).click();
      const french = page.locator(".tools button", { hasText: "Français" });
      if ((await french.count()) > 0 && !other) await french.click();
      if ((await french.count()) === 0 && other) await english();
      const clean = async (state: string): Promise<void> => {
        const { violations, passes } = await axeOn(page).analyze();
        expect([state, violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])]).toEqual([state, []]);
        expect(passes.length).toBeGreaterThan(10);
      };
      await clean("locked");
      await unlock(page, server, { passphrase: "une autre phrase de passe" });
      await refusal(page);
      await clean("refused");
      await page.getByRole("button", { name: /pas encore|no keys yet/ }).click();
      await page.locator("#repeated").waitFor();
      await clean("enrol");
      await page.getByRole("button", { name: /^(Retour|Back)$/ }).click();
      await unlock(page, server, { anchors: false });
      await page.locator("#anchors-digits").waitFor();
      await clean("compare");
      await page.locator("button.go").click();
      await listedRows(page, 3);
      await page.locator("progress").waitFor({ state: "detached" });
      await clean("inbox");
      if (!other) await page.screenshot({ path: join(screens, "console-inbox.png") });
      await page.locator("#search").fill("aucun de ces mots");
      await page.locator(".empty").waitFor();
      await clean("none");
      await page.locator(".filters button").click();
      await page.locator(".tools button", { hasText: /Clavier|Keyboard/ }).click();
      await page.locator("dialog[open]").waitFor();
      await clean("sheet");
      await page.keyboard.press("Escape");
      await page.locator("footer button:not([data-action])").click();
      await page.locator("#repeated").waitFor();
      await clean("renew");
      expect(await page.locator("#id").inputValue()).toBe("r1");
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(other ? "en" : "fr");
    }
  });

  test("text twice as large, at 1280 by 720 and on a narrow screen: nothing is cut off sideways", async () => {
    for (const widthPx of [1280, 640, 320]) {
      await using visitor = await opened({ widthPx });
      const { page } = visitor;
      await page.evaluate(
        (size) => void (document.documentElement.style.fontSize = size),
        widthPx > 320 ? "200%" : "100%",
      );
      const overflow = (): Promise<number> =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(await overflow()).toBeLessThanOrEqual(0);
      await signedIn(page);
      await listedRows(page, 3);
      expect(await overflow()).toBeLessThanOrEqual(0);
    }
  });

  test("language and colours are chosen on the page, and remembered", async () => {
    await using visitor = await opened();
    const { page } = visitor;
    const language = (): Promise<string> => page.evaluate(() => document.documentElement.lang);
    const first = await language();
    await page.locator(".tools button").first().click();
    await page.locator(".tools select").selectOption("dark");
    await page.waitForFunction(() => document.documentElement.dataset["theme"] === "dark");
    const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    await page.reload();
    await page.locator("#identity").waitFor();
    expect([await language(), await ground()]).toEqual([first === "fr" ? "en" : "fr", dark]);
    expect(dark).toBe("rgb(20, 19, 15)");
  });
});
