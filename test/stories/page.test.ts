import { CompiledQuery } from "kysely";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { msPerDay } from "../../src/base/clock.ts";
import { shapeOf } from "../../src/envelope/shape.ts";
import { evaluate } from "../../src/mailbox/oprf.ts";
import { fingerprint } from "../../src/roster/fingerprint.ts";
import type { RosterBody } from "../../src/roster/roster.ts";
import { signedBy, testPerson } from "../support/board.ts";
import { canary } from "../support/canary.ts";
import {
  axeFinds,
  keptFields,
  overflowOf,
  startBrowser,
  visit,
  type Visit,
  type VisitOptions,
} from "../support/browser.ts";
import { postmasterOf } from "../support/store.ts";
import { arrivals, readBy, servePage, type PageServer } from "../support/page.ts";

const town = "Kouroufing-Marena";
const words = "Rassemblement à Kouroufing-Marena, œuvre — ɲɛɛrɛ ŋ\n« deux » pick-up & <b>blancs</b>";
const screens = join(import.meta.dirname, "../screens");

let browser: Browser;
let server: PageServer;
let genuine: Uint8Array;
beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), servePage()]);
  genuine = server.gate.note;
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});
beforeEach(async () => {
  server.gate.note = genuine;
  server.instead = () => null;
  server.wire.length = 0;
  server.gate.events.length = 0;
  await server.gate.store.store.db.deleteFrom("arrival").execute();
});

async function opened(path: string, options: VisitOptions = {}): Promise<Visit> {
  const visitor = await visit(browser, { nowMs: server.gate.clock.nowMs(), ...options });
  await visitor.page.goto(server.url + path);
  return visitor;
}

const ready = (page: Page): Promise<void> => page.locator("[data-sealing=sealed]").waitFor();
const send = (page: Page): Promise<void> => page.locator("#form button").click();
const notice = (page: Page): Promise<string> => page.locator("#notices p:visible").innerText();
const thanked = (page: Page): Promise<void> => page.locator("#thanks").waitFor();

/** Looks for every piece of the words in everything that was sent, whatever the encoding of the form. */
function wireHolds(piece: string): boolean {
  const spellings = [piece, encodeURIComponent(piece), encodeURIComponent(piece).replaceAll("%20", "+")];
  return server.wire.some(({ path, headers, body }) => {
    const all = `${path}\n${headers}\n${Buffer.from(body).toString("utf8")}`;
    return spellings.some((spelling) => all.includes(spelling));
  });
}

const bodyOf = (): RosterBody => server.gate.board.body;
const board = (): PageServer["gate"]["board"]["board"] => server.gate.board.board;

describe("with script", () => {
  test("what is written reaches the store sealed on the phone, opens for each reviewer, and is in no request", async () => {
    await using visitor = await opened("/");
    const { page } = visitor;
    await ready(page);
    await page.fill("#text", words);
    await page.locator("#form summary").click();
    await page.selectOption("#category", "ARM");
    await page.selectOption("#place", "ML0703");
    await page.selectOption("#when", "week");
    await page.check("input[name=danger]");
    await send(page);
    await thanked(page);

    const [sealed, ...others] = await arrivals(server);
    expect(others).toEqual([]);
    expect(shapeOf(sealed!)).toEqual({ stanzas: 5, sizeClass: 8192 });
    const reports = readBy(server, sealed!);
    expect(reports[5]).toBeNull();
    for (const report of reports.slice(0, 5))
      expect(report).toMatchObject({
        channel: "web",
        language: "fr",
        text: words,
        exclude: [],
        attachments: [],
        answers: { category: "ARM", place: "ML0703", when: "week", danger: true },
        receivedHour: Math.floor(server.gate.clock.nowMs() / 3_600_000),
      });
    const contents = server.wire.map(({ path, headers, body }) => [
      { where: `${path} headers`, content: `${path}\n${headers}` },
      { where: `${path} body`, content: body },
    ]);
    expect(await canary({ texts: [words], places: [town] }).scan({ contents: contents.flat() })).toEqual([]);
    for (const piece of ["Kouroufing", "pick-up", "ML0703", "ARM"]) expect(wireHolds(piece)).toBe(false);
    expect(server.wire.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(
      "GET /, GET /form.js, GET /keys/roster.note, POST /oprf, POST /reports/all".split(", "),
    );
    expect(
      visitor.asked.filter((address) => !address.startsWith(server.url) && !/^(blob|data):/.test(address)),
    ).toEqual([]);
    expect(visitor.said).toEqual([]);
  });

  test("two numbers are shown once: nobody sent them, and they lead to the mailbox in the report", async () => {
    await using visitor = await opened("/en");
    const { page } = visitor;
    await ready(page);
    await page.fill("#text", words);
    await send(page);
    await thanked(page);
    const numbers = await page.locator("#numbers span").allInnerTexts();
    expect(numbers).toEqual([expect.stringMatching(/^\d{8}$/), expect.stringMatching(/^\d{8}$/)]);
    expect(numbers.some(wireHolds)).toBe(false);
    const { deriveMailbox } = await import("../../src/mailbox/mailbox.ts");
    const { parseReceipt } = await import("../../src/mailbox/receipt.ts");
    const receipt = parseReceipt(numbers.join(" "))!;
    const mailbox = await deriveMailbox(receipt, evaluate(server.gate.oprfKey, receipt));
    const [report] = readBy(server, (await arrivals(server))[0]!);
    expect(report!.mailbox).toEqual({ id: mailbox.id, recipient: mailbox.recipient });
    expect(report!.language).toBe("en");
    await page.locator("#noted").click();
    expect(await page.content()).not.toContain(numbers[0]);
    expect(await page.title()).toBe("Gundo");
    expect(page.url()).toBe(`${server.url}/en`);
    const kept = await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]);
    expect(kept).toEqual([0, 0, ""]);
  });

  test("who must not read cannot, gets a file of the same shape, and the choice is in no request", async () => {
    await using visitor = await opened("/");
    const { page } = visitor;
    await ready(page);
    await page.selectOption("#without", "ML0703");
    await page.check("input[value=Jigi]");
    await page.fill("#text", words);
    await send(page);
    await thanked(page);
    const [sealed] = await arrivals(server);
    expect(shapeOf(sealed!)).toEqual({ stanzas: 5, sizeClass: 8192 });
    expect(readBy(server, sealed!).map((report) => report !== null)).toEqual([true, false, true, false, false, false]);
    expect(readBy(server, sealed!)[0]!.exclude).toEqual([
      { rule: "place", value: "ML0703" },
      { rule: "organisation", value: "Jigi" },
    ]);
    expect(wireHolds("Jigi") || wireHolds("ML0703")).toBe(false);
  });

  test("too few readers is said as soon as it is chosen; nothing is sent until the choice is changed", async () => {
    await using visitor = await opened("/");
    const { page } = visitor;
    await ready(page);
    await page.fill("#text", words);
    await page.check("input[value=Jigi]");
    await page.check("input[value=Benkadi]");
    await page.locator("[data-notice=tooFewReaders]").waitFor();
    await send(page);
    expect(await notice(page)).toContain("moins de deux lecteurs");
    expect(await arrivals(server)).toEqual([]);
    expect(await page.inputValue("#text")).toBe(words);
    await page.uncheck("input[value=Benkadi]");
    await page.locator("#notices p:visible").waitFor({ state: "hidden" });
    await send(page);
    await thanked(page);
  });

  test("what is too long stays in the form and nothing is sent; one byte less goes", async () => {
    await using visitor = await opened("/");
    const { page } = visitor;
    await ready(page);
    await page.fill("#text", "é".repeat(2000) + "e");
    await send(page);
    expect(await notice(page)).toContain("trop long");
    await page.fill("#text", "é".repeat(2000));
    await send(page);
    await thanked(page);
    expect(shapeOf((await arrivals(server))[0]!)).toEqual({ stanzas: 5, sizeClass: 8192 });
  });

  const { parse } = JSON;
  const strangers = ["board-1", "board-2"].map(testPerson);
  test.each<[string, () => Uint8Array, RegExp]>([
    ["a byte of it changed", () => tampered(genuine), /pas celle que le conseil a signée/],
    ["one signature of two", () => signedBy(board().slice(0, 1), bodyOf()), /pas celle que le conseil a signée/],
    ["signers nobody knows", () => signedBy(strangers, bodyOf()), /pas celle que le conseil a signée/],
    ["another instance", () => signedBy(board(), { ...bodyOf(), instance: "other-line" }), /vient d’ailleurs/],
  ])("a roster is refused with its reason and nothing is sent: %s", async (_name, note, reason) => {
    server.gate.note = note();
    await using visitor = await opened("/");
    const { page } = visitor;
    await page.locator("[data-sealing=refused]").waitFor();
    expect(await notice(page)).toMatch(reason);
    await page.fill("#text", words);
    await send(page);
    expect(await notice(page)).toMatch(reason);
    expect(server.wire.filter(({ method }) => method === "POST")).toEqual([]);
    expect(await page.inputValue("#text")).toBe(words);
  });

  test("an expired roster is used with a warning for thirty days, then refused; a clock that was never set empties no desk", async () => {
    const { expiresMs } = bodyOf();
    await using stale = await opened("/", { nowMs: expiresMs + 29 * msPerDay });
    await ready(stale.page);
    expect(await notice(stale.page)).toContain("aurait dû être renouvelée");
    await stale.page.fill("#text", words);
    await send(stale.page);
    await thanked(stale.page);
    expect(readBy(server, (await arrivals(server))[0]!).filter((one) => one?.text === words)).toHaveLength(5);
    await server.gate.store.store.db.deleteFrom("arrival").execute();
    await using expired = await opened("/en", { nowMs: expiresMs + 30 * msPerDay });
    await expired.page.locator("[data-sealing=refused]").waitFor();
    expect(await notice(expired.page)).toContain("no longer valid");
    await using unset = await opened("/", { nowMs: 0 });
    await ready(unset.page);
    await unset.page.fill("#text", words);
    await send(unset.page);
    await thanked(unset.page);
    const [report] = readBy(server, (await arrivals(server))[0]!);
    expect(report!.receivedHour).toBe(Math.floor(bodyOf().issuedMs / 3_600_000));
  });

  test("without an evaluation the report goes without numbers, and the page says so", async () => {
    server.instead = (request) =>
      new URL(request.url).pathname === "/oprf" ? new Response("", { status: 503 }) : null;
    await using visitor = await opened("/");
    const { page } = visitor;
    await ready(page);
    await page.fill("#text", words);
    await send(page);
    await thanked(page);
    expect(await page.locator("#no-numbers").isVisible()).toBe(true);
    expect(await page.locator("#numbers").isVisible()).toBe(false);
    expect(readBy(server, (await arrivals(server))[0]!)[0]!.mailbox).toBeUndefined();
  });

  test("an evaluation under another key is no receipt: nobody can be given a key of their own", async () => {
    const { oprfKeyOf } = await import("../../src/mailbox/oprf-key.ts");
    const { openWebEvaluations, oprfRoutes } = await import("../../src/gate/oprf.ts");
    const { systemChance } = await import("../../src/base/chance.ts");
    const { openWorkGuard } = await import("../../src/gate/work.ts");
    const { clock } = server.gate;
    const stranger = openWebEvaluations(
      { current: oprfKeyOf(systemChance.bytes(32)), previous: null },
      clock,
      systemChance,
    );
    const other = oprfRoutes(stranger, openWorkGuard(clock, systemChance));
    const posted = Promise.withResolvers<void>();
    await using visitor = await opened("/", {});
    const { page } = visitor;
    await page.route("**/oprf", async (route) => {
      const response = await other.request("/oprf", {
        method: "POST",
        body: new Uint8Array(route.request().postDataBuffer()!),
      });
      await route.fulfill({ status: 200, body: Buffer.from(await response.arrayBuffer()) });
      posted.resolve();
    });
    await page.reload();
    await ready(page);
    await page.fill("#text", words);
    await send(page);
    await thanked(page);
    await posted.promise;
    expect(await page.locator("#no-numbers").isVisible()).toBe(true);
  });

  test("a store that refuses is said, the words stay, and the next press sends them once", async () => {
    const refused = Promise.withResolvers<void>();
    server.instead = (request) => {
      if (!request.url.endsWith("/reports/all")) return null;
      refused.resolve();
      return new Response("", { status: 503 });
    };
    await using visitor = await opened("/");
    const { page } = visitor;
    await ready(page);
    await page.fill("#text", words);
    await send(page);
    await refused.promise;
    await page.locator("[data-notice=notSent]").waitFor();
    expect(await page.inputValue("#text")).toBe(words);
    server.instead = () => null;
    await send(page);
    await thanked(page);
    expect(await arrivals(server)).toHaveLength(1);
  });

  test("a roster that does not arrive is asked for again by the next press, and only then can be sent", async () => {
    server.instead = (request) => (request.url.endsWith("/roster.note") ? new Response("", { status: 503 }) : null);
    await using visitor = await opened("/");
    const { page } = visitor;
    await page.locator("[data-notice=rosterUnreached]").waitFor();
    await page.fill("#text", words);
    server.instead = () => null;
    await send(page);
    await ready(page);
    expect(await arrivals(server)).toEqual([]);
    await send(page);
    await thanked(page);
    expect(readBy(server, (await arrivals(server))[0]!)[0]!.text).toBe(words);
  });

  test("until the sealing script is there a press on send posts nothing; when it never comes the page says what that means", async () => {
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    await using visitor = await visit(browser);
    const { page } = visitor;
    await page.route("**/form.js", async (route) => {
      asked.resolve();
      await answer.promise;
      await route.fulfill({
        status: 200,
        contentType: "text/javascript",
        body: "document.forms[0].dataset.taken='yes'",
      });
    });
    await page.goto(server.url);
    await asked.promise;
    await page.fill("#text", words);
    await send(page);
    expect(await notice(page)).toContain("Un instant");
    expect(server.wire.filter(({ method }) => method === "POST")).toEqual([]);
    answer.resolve();
    await page.locator("[data-notice=scriptUnloaded]").waitFor();
    expect(await page.locator("[data-sealing=plain]").isVisible()).toBe(true);
  });

  test("quick exit by button and by two Escapes wipes the screen and leaves nothing to go back to", async () => {
    const exit = await server.gate.app.request("/exit");
    expect([exit.status, exit.headers.get("location")]).toEqual([303, "https://www.wikipedia.org/"]);
    expect(exit.headers.get("clear-site-data")).toBe('"cache", "cookies", "storage"');
    const leaving = [(page: Page) => page.locator("#exit").click(), (page: Page) => pressTwice(page, "Escape")];
    for (const leave of leaving) {
      await using visitor = await visit(browser);
      const { page } = visitor;
      await page.goto("about:blank");
      await page.goto(server.url);
      await page.fill("#text", words);
      // An answer without content leaves the page where it is, as a network does that answers never.
      server.instead = (request) => (request.url.endsWith("/exit") ? new Response(null, { status: 204 }) : null);
      await Promise.all([page.waitForResponse("**/exit"), leave(page)]);
      expect(await page.evaluate(() => document.body.innerHTML)).toBe("");
      server.instead = (request) => (request.url.endsWith("/exit") ? new Response("elsewhere") : null);
      await page.goto(server.url);
      await Promise.all([page.waitForURL("**/exit"), leave(page)]);
      await page.goBack();
      await page.goBack();
      expect(page.url()).toBe("about:blank");
    }
  });

  function tampered(note: Uint8Array): Uint8Array {
    const text = new TextDecoder().decode(note);
    const [line] = text.split("\n").filter((one) => one.startsWith("{"));
    const body = parse(line!) as { reviewers: { organisation: string }[] };
    body.reviewers[0]!.organisation = "Someone else";
    return new TextEncoder().encode(text.replace(line!, JSON.stringify(body)));
  }
});

async function pressTwice(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await page.keyboard.press(key);
}

describe("without script", () => {
  test("the warning stands before the button, the report arrives with its exclusions, numbers are shown", async () => {
    await using visitor = await opened("/", { script: false });
    const { page } = visitor;
    expect(await page.locator("[data-sealing=plain]").isVisible()).toBe(true);
    await page.fill("#text", words);
    await page.selectOption("#without", "ML04");
    await page.check("input[value=Hakili]");
    await send(page);
    await thanked(page);
    const [sealed, ...others] = await arrivals(server);
    expect(others).toEqual([]);
    expect(shapeOf(sealed!)).toEqual({ stanzas: 5, sizeClass: 8192 });
    const reports = readBy(server, sealed!);
    expect(reports.map((report) => report !== null)).toEqual([true, false, false, true, true, false]);
    expect(reports[0]).toMatchObject({ channel: "webText", language: "fr", text: words });
    const numbers = await page.locator("#numbers span").allInnerTexts();
    const { deriveMailbox } = await import("../../src/mailbox/mailbox.ts");
    const { parseReceipt } = await import("../../src/mailbox/receipt.ts");
    const receipt = parseReceipt(numbers.join(""))!;
    const mailbox = await deriveMailbox(receipt, evaluate(server.gate.oprfKey, receipt));
    expect(reports[0]!.mailbox!.id).toEqual(mailbox.id);
    expect([await page.title(), page.url()]).toEqual(["Gundo", `${server.url}/`]);
    expect(server.wire.map(({ method, path }) => `${method} ${path}`)).toEqual(["GET /", "POST /"]);
  });

  test("a refusal loses nothing that was typed or chosen", async () => {
    await using visitor = await opened("/en", { script: false });
    const { page } = visitor;
    await page.fill("#text", `${words}</textarea><script>`);
    await page.selectOption("#without", "ML04");
    await page.check("input[value=Benkadi]");
    await page.check("input[value=Jigi]");
    await page.locator("#form summary").click();
    await page.selectOption("#when", "older");
    await send(page);
    expect(await notice(page)).toContain("Fewer than two readers");
    expect(await page.inputValue("#text")).toBe(`${words}</textarea><script>`);
    expect(await page.inputValue("#without")).toBe("ML04");
    expect(await page.inputValue("#when")).toBe("older");
    expect(await page.isChecked("input[value=Jigi]")).toBe(true);
    expect(await arrivals(server)).toEqual([]);
    await page.uncheck("input[value=Benkadi]");
    await send(page);
    await thanked(page);
    expect(readBy(server, (await arrivals(server))[0]!)[0]!.answers).toEqual({ when: "older" });
  });

  test("a browser whose pages are made elsewhere gets no script and a warning", async () => {
    const userAgent = "Opera/9.80 (Android; Opera Mini/8.0/191.249; U; fr) Presto/2.12.423";
    await using visitor = await opened("/", { userAgent });
    expect(await visitor.page.locator("#sealing .warn").innerText()).toContain("Opera Mini");
    expect(await visitor.page.locator("script").count()).toBe(0);
    expect(server.wire.map(({ path }) => path)).toEqual(["/"]);
  });
});

describe("for everybody", () => {
  const variants = ["/", "/en"].flatMap((path) =>
    [320, 900].flatMap((widthPx) => [false, true].map((dark) => ({ path, widthPx, dark }))),
  );
  test.each(variants)("axe finds nothing: $path at $widthPx px, dark $dark", async (variant) => {
    await using visitor = await opened(variant.path, variant);
    const { page } = visitor;
    await ready(page);
    await page.locator("#form summary").click();
    expect(await axeFinds(page)).toEqual([]);
    await page.locator("details:has(#reading) summary").click();
    await page.fill("#first", "12345678");
    await page.fill("#second", "12345678");
    await page.locator("#reading-says").filter({ hasText: /\p{L}/u }).waitFor();
    expect(await axeFinds(page)).toEqual([]);
    expect([await keptFields(page), await overflowOf(page)]).toEqual([[], 0]);
    await page.check("input[value=Jigi]");
    await page.check("input[value=Benkadi]");
    await page.locator("[data-notice=tooFewReaders]").waitFor();
    expect(await axeFinds(page)).toEqual([]);
    await page.uncheck("input[value=Benkadi]");
    await page.fill("#text", words);
    await send(page);
    await thanked(page);
    expect(await axeFinds(page)).toEqual([]);
  });

  test("the keyboard alone is enough, in the order of the page", async () => {
    await using visitor = await opened("/");
    const { page } = visitor;
    await ready(page);
    const order: string[] = [];
    for (let stop = 0; stop < 12 && order.at(-1) !== "BUTTON"; stop++) {
      await page.keyboard.press("Tab");
      order.push(await page.evaluate(() => document.activeElement!.id || document.activeElement!.tagName));
      if (order.at(-1) === "text") await page.keyboard.type("par le clavier");
    }
    expect(order).toEqual([
      "exit",
      "A",
      "SUMMARY",
      "without",
      "INPUT",
      "INPUT",
      "INPUT",
      "text",
      "SUMMARY",
      "file",
      "BUTTON",
    ]);
    await page.keyboard.press("Enter");
    await thanked(page);
    expect(await page.evaluate(() => document.activeElement!.id)).toBe("thanks");
    expect(readBy(server, (await arrivals(server))[0]!)[0]!.text).toBe("par le clavier");
  });

  test("the fingerprint on the page is the one of the roster in force", async () => {
    const { noteHash } = server.gate.roster;
    for (const script of [true, false]) {
      await using visitor = await opened("/", { script });
      expect(await visitor.page.locator("#fingerprint").innerText()).toBe(fingerprint("gundo/roster/v1", noteHash));
    }
  });

  test.each([
    { path: "/", picture: "page-fr.png", look: {} },
    { path: "/en", picture: "page-en-dark.png", look: { dark: true, widthPx: 320 } },
  ])("it looks as README shows it: $picture", async ({ path, picture, look }) => {
    await using visitor = await opened(path, look);
    const { page } = visitor;
    await ready(page);
    // The board's keys are new in every run, and a picture that changes by itself would hide one that changed.
    await page.locator("#fingerprint").evaluate((place) => (place.textContent = "0123 4567 8901 2345 6789 0123"));
    await page.screenshot({ path: join(screens, picture), fullPage: true });
  });
});

test("the canary: no word, place or number on disk, in an event or in arguments", async () => {
  await using visitor = await opened("/", { script: false });
  const { page } = visitor;
  await page.fill("#text", words);
  await send(page);
  await thanked(page);
  const receipt = (await page.locator("#numbers span").allInnerTexts()).join("");
  await server.gate.store.store.db.executeQuery(CompiledQuery.raw("checkpoint"));
  const scan = canary({ texts: [words, receipt], places: [town] });
  const haystack = {
    directories: [server.gate.store.home],
    contents: [{ where: "events", content: JSON.stringify(server.gate.events) }],
    processes: [process.pid, await postmasterOf(server.gate.store.home)],
  };
  expect(await scan.scan(haystack)).toEqual([]);
  const planted = { where: "planted", content: encodeURIComponent(words) };
  expect((await scan.scan({ contents: [planted] })).length).toBeGreaterThan(0);
});
