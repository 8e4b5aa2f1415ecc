import type { Hono } from "hono";
import { beforeEach, describe, expect, test } from "vitest";
import { base64, utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, msPerDay, type UnixMs } from "../../src/base/clock.ts";
import type { Event } from "../../src/base/events.ts";
import { Fault } from "../../src/base/fault.ts";
import { openEdgeGate } from "../../src/gate/edge.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { oprfKeyOf } from "../../src/mailbox/oprf-key.ts";
import { holdRoster, type HeldRoster } from "../../src/roster/held.ts";
import type { RosterMemory } from "../../src/roster/verify.ts";
import { HandClock, signedBy, testBoard, testRoster, type TestBoard } from "../support/board.ts";
import { TestMailboxes } from "../support/mailboxes.ts";
import { MemoryCore, phoneEdge } from "../support/phone.ts";

const helpNumber = "70 00 00 42";
const words = "Deux motos au gué de Fanfara";
const oprfKeys = { current: oprfKeyOf(systemChance.bytes(32)), previous: null };
const empty = new Uint8Array();
const packed = { plain: empty, gzip: empty, brotli: empty };
const assets = {
  first: "0",
  script: packed,
  reading: packed,
  attaching: packed,
  pack: (plain: Uint8Array) => ({ ...packed, plain }),
};

let clock: HandClock;
let board: TestBoard;
let held: HeldRoster;
let core: MemoryCore;
let events: Event[];
let app: Hono;
beforeEach(() => {
  clock = new HandClock();
  board = testBoard(clock);
  core = new MemoryCore();
  events = [];
  held = heldRoster();
  const phones = { core, held: new TestMailboxes(), roster: testRoster(clock, board), clock, oprfKeys };
  app = openEdgeGate({
    edge: { ...phoneEdge({ ...phones, seenKey: new Uint8Array(32) }), roster: () => held.current() },
    keys: { anchors: () => null, note: () => held.note(), former: () => null },
    gatewaySecrets: [],
    parts: { put: broken },
    ready: async () => true,
    emit: (event) => void events.push(event),
    page: { assets, oprfKeys, helpNumber },
  });
});

function heldRoster(): HeldRoster {
  let memory: RosterMemory | null = null;
  const file = { read: () => memory, write: (learned: RosterMemory) => void (memory = learned) };
  return holdRoster(board.anchors, file, clock, () => undefined);
}

const note = (body = board.body): Uint8Array => signedBy(board.board.slice(0, 2), body);

const post = (fields: Readonly<Record<string, string>>): RequestInit => ({
  method: "POST",
  body: new URLSearchParams(fields),
});
const visits: readonly (readonly [string, RequestInit])[] = [
  ["a visit", {}],
  ["a report", post({ text: words })],
  ["a reading", post({ do: "read", first: "12345678", second: "12345678" })],
];

/** What a browser is answered, as text, once it is known to be a page that takes nothing. */
async function closedPage(path: string, init: RequestInit): Promise<string> {
  const response = await app.request(path, init);
  const page = await response.text();
  expect([response.status, response.headers.get("content-type")]).toEqual([503, "text/html; charset=utf-8"]);
  expect(page).not.toMatch(/<(form|textarea|input|select|button|script)|style=| on\w+=|https?:/);
  const [, style] = /<style>([^]*?)<\/style>/.exec(page)!;
  const policy = response.headers.get("content-security-policy")!.split("; ");
  expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'none'", "base-uri 'none'"]));
  expect(policy).toContain(`style-src 'sha256-${base64(sha256(utf8(style!)))}'`);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  });
  return page;
}

describe.each([
  { name: "thirty days after the roster expired", isHeld: true, code: "roster.expired" },
  { name: "without any roster", isHeld: false, code: "core.unavailable" },
] as const)("$name", ({ isHeld, code }) => {
  beforeEach(() => {
    if (!isHeld) return;
    held.offer(note());
    clock.advanceMs(board.body.expiresMs - clock.nowMs() + 30 * msPerDay);
  });

  test.each(visits)("%s is answered by a page that says so in its language, and takes no word", async (_name, init) => {
    const french = await closedPage("/", init);
    expect(french).toMatch(/<html lang="fr">[^]*<title>Gundo<\/title>/);
    for (const said of [/Rien ne peut être envoyé maintenant/, /d’une autre façon/, /Rappelez/, /est en danger/])
      expect(french).toMatch(said);
    const english = await closedPage("/en", init);
    expect(english).toContain('<html lang="en">');
    for (const said of [/Nothing can be sent now/, /another way/, /Dial the code again/, /is in danger/])
      expect(english).toMatch(said);
    for (const page of [french, english]) {
      expect(page).toContain(helpNumber);
      expect(page).toContain('href="/exit"');
      expect(page).not.toContain("Fanfara");
    }
    expect(core.postings).toEqual([]);
  });

  test("the operator is told once, however many come, and again when a roster is there", async () => {
    for (let times = 0; times < 5; times++) for (const [, init] of visits) await closedPage("/", init);
    expect(events).toEqual([{ event: "failed", part: "roster", code }]);
    const issuedMs = clock.nowMs();
    const change = { issuedMs, expiresMs: (issuedMs + 100 * msPerDay) as UnixMs };
    const link = isHeld ? { serial: 2, previous: sha256(note()) } : {};
    const reviewers = board.body.reviewers.map((one) => ({ ...one, until: addDays(one.until, 400) }));
    held.offer(note({ ...board.body, ...change, ...link, reviewers }));
    expect((await app.request("/")).status).toBe(200);
    expect(events.slice(1)).toEqual([{ event: "recovered", part: "roster" }]);
  });
});

function broken(): never {
  throw new Fault("bug");
}

test("what else keeps a roster away is no closed page: it is told", async () => {
  held = { ...held, current: broken };
  const response = await app.request("/");
  expect([response.status, response.headers.get("content-type")]).toEqual([500, "application/problem+json"]);
  expect(events).toEqual([{ event: "failed", part: "gate", code: "bug" }]);
});
