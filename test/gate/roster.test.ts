import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sha256 } from "../../src/envelope/hash.ts";
import { rosterRoutes } from "../../src/gate/roster.ts";
import { rosterMemoryIn } from "../../src/roster/memory.ts";
import type { RosterBody } from "../../src/roster/roster.ts";
import { followRoster } from "../../src/roster/source.ts";
import { Secret } from "../../src/base/secret.ts";
import { systemChance } from "../../src/base/chance.ts";
import { origin, sessionOf, withGate, type TestGate } from "../support/gate.ts";
import { signedBy } from "../support/board.ts";

let gate: TestGate;
let former: Map<number, Uint8Array>;
beforeAll(async () => {
  gate = await withGate();
});
afterAll(() => gate.store.stop());

/** The core's own way to the roster, in place of what a test puts there. */
beforeEach(() => {
  const { board } = gate;
  gate.note = signedBy(board.board, board.body);
  former = new Map();
  const disk = {
    version: () => String(former.size),
    note: () => gate.note,
    former: (one: number) => former.get(one) ?? null,
  };
  const memory = rosterMemoryIn({ read: () => null, write: () => undefined });
  const source = followRoster(board.anchors, disk, memory, gate.clock, () => undefined);
  Object.defineProperty(gate, "roster", { get: () => source.current(), configurable: true });
});

const person = (id: string) => gate.board.people.find((one) => one.id === id)!;

function publishWithout(id: string): void {
  const { body, board } = gate.board;
  former.set(body.serial, gate.note);
  const left: Partial<RosterBody> = {
    reviewers: body.reviewers.filter((one) => one.id !== id),
    desks: body.desks.map((desk) => ({ ...desk, reviewers: desk.reviewers.filter((one) => one !== id) })),
  };
  gate.note = signedBy(board, { ...body, serial: body.serial + 1, previous: sha256(gate.note), ...left });
}

test("a removed reviewer's session opens nothing a quarter of a second after the roster was published, others' do", async () => {
  const [removed, other] = [await sessionOf(gate.app, person("r1")), await sessionOf(gate.app, person("r2"))];
  const asked = async (headers: HeadersInit) => (await gate.app.request("/api/inbox?desk=all", { headers })).status;
  publishWithout("r1");
  gate.clock.advanceMs(249);
  expect(await asked(removed)).toBe(200);
  gate.clock.advanceMs(1);
  expect([await asked(removed), await asked(other)]).toEqual([401, 200]);
});

/** Routes whose waiting is the test's: each wait is told of, and turns the clock. */
function heldRoutes(onWait: (waits: number) => void, stops?: AbortSignal) {
  const { store, clock } = gate;
  const sessions = {
    store: store.store,
    roster: () => gate.roster,
    origins: () => [origin],
    challengeKey: new Secret(systemChance.bytes(32)),
    clock,
    chance: systemChance,
  };
  let waits = 0;
  const wait = (ms: number): Promise<void> => {
    clock.advanceMs(ms);
    onWait(++waits);
    return Promise.resolve();
  };
  const notes = { note: () => gate.note, ...(stops !== undefined && { stops }) };
  return { app: rosterRoutes(sessions, notes, wait), waits: () => waits };
}

test("the note, then nothing else for 25 s, then the next as soon as it is in force, and a refusal to whom it removes", async () => {
  const session = await sessionOf(gate.app, person("r1"));
  const first = await heldRoutes(() => undefined).app.request("/api/roster", { headers: session });
  expect(new Uint8Array(await first.arrayBuffer())).toEqual(gate.note);
  const headers = { ...session, "if-none-match": first.headers.get("etag")! };
  const quiet = heldRoutes(() => undefined);
  const same = await quiet.app.request("/api/roster", { headers });
  expect([same.status, same.headers.get("etag"), quiet.waits()]).toEqual([304, first.headers.get("etag"), 100]);
  const other = { ...headers, ...(await sessionOf(gate.app, person("r2"))) };
  const loud = heldRoutes((waits) => waits === 13 && publishWithout("r1"));
  const both = [headers, other].map(async (one) => loud.app.request("/api/roster", { headers: one }));
  const [removed, next] = await Promise.all(both);
  expect(new Uint8Array(await next!.arrayBuffer())).toEqual(gate.note);
  expect([removed!.status, next!.status]).toEqual([403, 200]);
  // Two wait at once here: each looks again, and once more.
  expect(loud.waits()).toBeLessThanOrEqual(13 + 4);
  // Whoever knows an older one is not kept waiting.
  const behind = heldRoutes(() => undefined);
  expect((await behind.app.request("/api/roster", { headers: other })).status).toBe(200);
  expect(behind.waits()).toBe(0);
});

test("nothing is held for who has no session, who went away, or once the process stops", async () => {
  const session = await sessionOf(gate.app, person("r2"));
  const { app } = heldRoutes(() => undefined);
  expect((await app.request("/api/roster")).status).toBe(401);
  const { headers: given } = await app.request("/api/roster", { headers: session });
  const headers = { ...session, "if-none-match": given.get("etag")! };
  const stopping = new AbortController();
  const stopped = heldRoutes((waits) => waits === 3 && stopping.abort(), stopping.signal);
  expect((await stopped.app.request("/api/roster", { headers })).status).toBe(304);
  expect(stopped.waits()).toBe(3);
  const leaving = new AbortController();
  const left = heldRoutes((waits) => waits === 5 && leaving.abort());
  await left.app.request(new Request(`${origin}/api/roster`, { headers, signal: leaving.signal }));
  expect(left.waits()).toBe(5);
});
