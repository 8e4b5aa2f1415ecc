import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dayOf, msPerDay, type UnixMs } from "../../src/base/clock.ts";
import type { FaultCode } from "../../src/base/fault.ts";
import { demoInstance } from "../../src/config/instance.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { recipientOf } from "../../src/envelope/recipient.ts";
import { fingerprint } from "../../src/roster/fingerprint.ts";
import type { Reviewer, RosterBody } from "../../src/roster/roster.ts";
import { anchorsText } from "../../src/roster/text.ts";
import { signedBy, testPerson, type TestPerson } from "../support/board.ts";
import { axeFinds, overflowOf, startBrowser, visit } from "../support/browser.ts";
import { emptyCore, pathSecret, reportBy, sealedIn, withCore, type TestCore } from "../support/core.ts";
import { nodeEdge, type NodeTestEdge } from "../support/edge.ts";
import { answerTo, json, smsForm } from "../support/gate.ts";
import { quickIdentity } from "../support/identity.ts";
import { until } from "../support/store.ts";
import { runGundo } from "../support/terminal.ts";

/** Whom a dishonest server would like to have among the readers. */
const eve = testPerson("eve");
const passphrase = "quatre mots et un fleuve";

let core: TestCore;
let edge: NodeTestEdge;
let browser: Browser;
let folder: string;
/** The roster in force before the walk, and the one before it. */
let good: Uint8Array;
let older: Uint8Array;
let body: RosterBody;

beforeAll(async () => {
  [core, browser] = await Promise.all([withCore(), startBrowser()]);
  older = core.keys.note();
  body = { ...core.board.body, serial: 2, previous: sha256(older) };
  good = signed(body);
  core.publish(good);
  edge = await nodeEdge(core);
  folder = mkdtempSync(join(tmpdir(), "gundo-refusals-"));
  const [reader] = core.board.people;
  writeFileSync(join(folder, "anchors.json"), anchorsText(core.board.anchors));
  writeFileSync(join(folder, "passphrase"), `${passphrase}\n`);
  writeFileSync(join(folder, "r1.age"), await quickIdentity(reader!, passphrase));
});
afterAll(async () => {
  await browser.close();
  await edge.stop();
  await core.stop();
  await rm(folder, { recursive: true });
});

function signed(of: RosterBody, members = 2): Uint8Array {
  return signedBy(core.board.board.slice(0, members), of);
}

/** The roster in force with Eve among the readers of its first desk. */
function withEve(change: Partial<RosterBody> = {}): RosterBody {
  const keys = { id: eve.id, recipient: recipientOf(eve.identity), verifier: eve.verifier };
  const reviewer: Reviewer = { ...body.reviewers[0]!, ...keys };
  const [all, ...others] = body.desks;
  const desk = { ...all!, reviewers: [...all!.reviewers, eve.id] };
  return { ...body, reviewers: [...body.reviewers, reviewer], desks: [desk, ...others], ...change };
}

interface Bad {
  readonly code: FaultCode;
  /** What a person with the page on screen reads. */
  readonly notice: RegExp;
  readonly note: () => Uint8Array;
}

const next = (): Partial<RosterBody> => ({ serial: 3, previous: sha256(good) });
const notTheBoards = /n’est pas celle que le conseil a signée/;
const fromElsewhere = /trop ancienne ou vient d’ailleurs/;

const walk: Readonly<Record<string, Bad>> = {
  edited: {
    code: "note.signature",
    notice: notTheBoards,
    note: () => Buffer.from(Buffer.from(good).toString().replace("Person r5", "Person eve")),
  },
  older: { code: "roster.serial", notice: fromElsewhere, note: () => older },
  "forked, the same number": { code: "roster.link", notice: fromElsewhere, note: () => signed(withEve()) },
  "forked, the next number": {
    code: "roster.link",
    notice: fromElsewhere,
    note: () => signed(withEve({ serial: 3, previous: sha256(signed(withEve())) })),
  },
  "far ahead, the notes between missing": {
    code: "roster.link",
    notice: fromElsewhere,
    note: () => signed(withEve({ serial: 9, previous: sha256(good) })),
  },
  "signed by too few": {
    code: "roster.signers",
    notice: notTheBoards,
    note: () => signed(withEve(next()), 1),
  },
  expired: {
    code: "roster.expired",
    notice: /n’est plus valable/,
    note: () => {
      const issuedMs = (body.issuedMs - 300 * msPerDay) as UnixMs;
      return signed(withEve({ ...next(), issuedMs, expiresMs: (issuedMs + 183 * msPerDay) as UnixMs }));
    },
  },
};

/** What the running core answers to this person's sign-in: 201, or the status and the code it says. */
async function signIn(person: TestPerson): Promise<string> {
  const asked = await fetch(`${core.url}/api/challenge`, json({ reviewer: person.id }));
  if (asked.status !== 200) return said(asked);
  const given = (await asked.json()) as { instance: string; nonce: string };
  return said(await fetch(`${core.url}/api/session`, json(answerTo(given, person, { origin: core.url }))));
}

async function said(response: Response): Promise<string> {
  const answer = (await response.json()) as { code?: string };
  return `${response.status} ${answer.code ?? ""}`.trim();
}

/** The reviewer's terminal: "" when it reads, else what it says. */
async function inbox(): Promise<string> {
  const files = ["--identity", join(folder, "r1.age"), "--passphrase-file", join(folder, "passphrase")];
  const { code, err } = await runGundo("inbox", "--url", core.url, ...files, "--json");
  return code === 0 ? "" : err;
}

let messages = 0;

/** An SMS through the edge: its status, and which people the stored file opens for. */
async function sms(): Promise<{ status: number; readers: readonly number[] }> {
  await emptyCore(core);
  const form = smsForm({ id: `walk-${messages++}`, text: "Camion blanc à Tassiga" });
  const { status } = await edge.request(`/gateway/africastalking/${pathSecret}/sms`, form);
  const [sealed] = await sealedIn(core);
  const readers = sealed === undefined ? [] : [0, 1, 2, 3, 4, 5].filter((at) => reportBy(core, at, sealed) !== null);
  return { status, readers };
}

function fulfilled(bytes: Uint8Array): { body: Buffer; contentType: string } {
  return { body: Buffer.from(bytes), contentType: "text/plain" };
}

/** The page with this note in the place of the roster, the former ones as `between` has them. */
async function onScreen(note: Uint8Array, options: { nowMs?: number; between?: Uint8Array } = {}): Promise<string> {
  await using visitor = await visit(browser, { nowMs: options.nowMs ?? core.clock.nowMs() });
  const { page } = visitor;
  await page.route("**/keys/roster.note", (route) => route.fulfill(fulfilled(note)));
  const { between } = options;
  if (between !== undefined) await page.route("**/keys/roster/3.note", (route) => route.fulfill(fulfilled(between)));
  await page.goto(edge.url);
  await page.locator("[data-sealing=refused], [data-sealing=sealed]").locator("visible=true").waitFor();
  const refused = await page.locator("[data-sealing=refused]").isVisible();
  if (!refused) return `sealed ${await page.locator("#fingerprint").innerText()}`;
  await page.fill("#text", "Camion blanc");
  await page.locator("#form button").click();
  return await page.locator("#notices p:visible").innerText();
}

async function servedBy({ request }: NodeTestEdge): Promise<Uint8Array> {
  return new Uint8Array(await (await request("/keys/roster.note")).arrayBuffer());
}

const lastOf = <T>(items: readonly T[]): T | undefined => items.at(-1);

test("before the walk all four take the roster in force", async () => {
  expect(await inbox()).toBe("");
  expect(await signIn(core.board.people[0]!)).toBe("201");
  expect(await sms()).toEqual({ status: 200, readers: [0, 1, 2, 3, 4] });
  expect(await onScreen(good)).toBe(`sealed ${fingerprint("gundo/roster/v1", sha256(good))}`);
});

describe.each(Object.entries(walk))("a roster that is %s", (_name, { code, notice, note }) => {
  const event = { event: "failed", part: "roster", code } as const;
  beforeAll(() => core.publish(note()));
  // What failed is asked for again after a second.
  afterAll(async () => {
    core.publish(good);
    core.clock.advanceMs(1_000);
    edge.refresh();
    await until(() => lastOf(edge.events)?.event === "recovered");
  });

  test("is refused by the core, which names why, and nobody signs in by it", async () => {
    expect(await signIn(core.board.people[0]!)).toBe("201");
    expect(await signIn(eve)).toBe("401 session.refused");
    expect(lastOf(core.events)).toEqual(event);
    expect(core.roster().noteHash).toEqual(sha256(good));
  });

  test("is refused by an edge of its own, which names why, seals to the former and serves no other", async () => {
    core.clock.advanceMs(60_000);
    edge.refresh();
    await until(() => lastOf(edge.events)?.event === "failed");
    expect(lastOf(edge.events)).toEqual(event);
    expect(await sms()).toEqual({ status: 200, readers: [0, 1, 2, 3, 4] });
    expect(await servedBy(edge)).toEqual(good);
  });

  test("is refused at the reviewer's terminal, before anything is signed, with its sentence", async () => {
    const refusal = await inbox();
    expect(refusal).toContain(`(${code})`);
    expect(refusal).not.toContain("refused (");
  });

  test("is refused on the page's screen, and nothing is sent", async () => {
    await emptyCore(core);
    expect(await onScreen(note())).toMatch(notice);
    expect(await sealedIn(core)).toEqual([]);
  });
});

describe("what the board did sign", () => {
  let third: Uint8Array;
  let fourth: Uint8Array;

  test("a page made before takes two rosters more, over the one between; without it, it does not", async () => {
    third = signed({ ...body, ...next() });
    const without = body.desks.map((desk) => ({ ...desk, reviewers: desk.reviewers.filter((id) => id !== "r1") }));
    const reviewers = body.reviewers.filter(({ id }) => id !== "r1");
    fourth = signed({ ...body, reviewers, desks: without, serial: 4, previous: sha256(third) });
    expect(await onScreen(fourth, { between: third })).toBe(`sealed ${fingerprint("gundo/roster/v1", sha256(fourth))}`);
    expect(await onScreen(fourth, { between: good })).toMatch(fromElsewhere);
  });

  test("whoever it removed no longer signs in, and is told so", async () => {
    core.publish(third);
    core.publish(fourth);
    expect(await signIn(core.board.people[0]!)).toBe("401 session.refused");
    expect(await signIn(core.board.people[1]!)).toBe("201");
    expect(await inbox()).toContain("(session.refused)");
    core.clock.advanceMs(60_000);
    edge.refresh();
    await until(async () => sha256(await servedBy(edge)).join() === sha256(fourth).join());
  });
});

const { helpNumber } = demoInstance(dayOf(0 as UnixMs));

describe("time goes by, and the board renews nothing", () => {
  test("29 days after it expired: sealed and signed in, and everybody is warned", async () => {
    core.clock.advanceMs(body.expiresMs - core.clock.nowMs() + 29 * msPerDay);
    expect(await sms()).toEqual({ status: 200, readers: [1, 2, 3, 4] });
    expect(edge.events).toContainEqual({ event: "roster.expiring" });
    expect(await signIn(core.board.people[1]!)).toBe("201");
    expect(await onScreen(good)).toMatch(/^sealed/);
    // Left open for a day more, the page refuses by its own clock.
    const nowMs = core.clock.nowMs() + msPerDay;
    expect(await onScreen(good, { nowMs })).toMatch(/n’est plus valable/);
  });

  test("30 days after: refused by core and edge, each saying that it expired", async () => {
    core.clock.advanceMs(msPerDay);
    expect(await signIn(core.board.people[1]!)).toBe("503 roster.expired");
    expect(await sms()).toEqual({ status: 503, readers: [] });
    expect(await said(await edge.request("/keys/roster.note"))).toBe("503 roster.expired");
  });

  test.each([
    { path: "/", dark: false, says: /^Rien ne peut être envoyé maintenant/ },
    { path: "/en", dark: true, says: /^Nothing can be sent now/ },
  ])(
    "whoever opens $path then reads that nothing can be sent, and what else to do",
    async ({ path, says, ...look }) => {
      await using visitor = await visit(browser, { ...look, widthPx: 320 });
      const { page } = visitor;
      const answer = await page.goto(edge.url + path);
      expect(answer!.status()).toBe(503);
      expect(await page.locator("#closed").innerText()).toMatch(says);
      expect(await page.locator(".numbers").innerText()).toBe(helpNumber);
      expect(await page.locator("form, textarea, input, select, button").count()).toBe(0);
      expect([await overflowOf(page), await axeFinds(page)]).toEqual([0, []]);
      expect(visitor.asked.filter((address) => !address.startsWith("data:"))).toEqual([edge.url + path]);
    },
  );
});
