import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Door } from "../../src/base/brand.ts";
import { base64url, concat, fromBase64 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, dayOf, fromIsoDay, isoDay, quarterEnd, type UnixDay } from "../../src/base/clock.ts";
import { auditObject } from "../../src/envelope/audit.ts";
import { decodeFrame } from "../../src/envelope/frame.ts";
import { open } from "../../src/envelope/open.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import { newDoor, hashDoor } from "../../src/envelope/door.ts";
import type { Sealed } from "../../src/base/brand.ts";
import { listAudit } from "../../src/store/audit.ts";
import { eventsEndDay } from "../../src/triage/case.ts";
import { eventBy, hashOf, plantReport, postOf, type Post } from "../support/cases.ts";
import { json, sessionOf, withGate, type TestGate } from "../support/gate.ts";
import { testRoster, type TestPerson } from "../support/board.ts";

let gate: TestGate;
beforeAll(async () => {
  gate = await withGate();
});
afterAll(() => gate.store.stop());

const person = (id: string) => gate.board.people.find((one) => one.id === id)!;

async function post(by: TestPerson, door: Door, body: Uint8Array, rest: Post = {}): Promise<Response> {
  const init = postOf(gate, by, door, body, rest);
  const headers = new Headers(init.headers);
  headers.set("authorization", (await sessionOf(gate.app, by)).authorization);
  return gate.app.request("/api/case/events", { ...init, headers });
}

async function get(by: TestPerson, path: string, door: Door | null): Promise<Response> {
  const session = await sessionOf(gate.app, by);
  return gate.app.request(path, { headers: { ...session, ...(door && { "gundo-door": base64url(door) }) } });
}

const codeIn = async (response: Response): Promise<unknown> => ((await response.json()) as { code: string }).code;

/** A case of desk `all` that r1 took. */
async function takenCase(): Promise<{ door: Door; take: Uint8Array }> {
  const door = await plantReport(gate);
  const take = eventBy(person("r1"), door, { kind: "take" });
  expect((await post(person("r1"), door, take)).status).toBe(201);
  return { door, take };
}

const auditRows = () => listAudit(gate.store.store.db, 0, 1000);

const asked = async (by: TestPerson, door: Door | null): Promise<readonly unknown[]> => {
  const given = door ?? newDoor(systemChance);
  const body = eventBy(by, given, { kind: "note", text: "x" });
  const init = await post(by, given, body, door === null ? { without: "gundo-door" } : {});
  const answers = [init, await get(by, "/api/case", door), await get(by, "/api/case/events", door)];
  const said = answers.map(async (answer) => [answer.status, await answer.text(), JSON.stringify([...answer.headers])]);
  return Promise.all(said);
};

describe("a case over HTTP", () => {
  test("is posted, read back to the byte by another of the desk, and moves its ETag", async () => {
    const { door, take } = await takenCase();
    const note = eventBy(person("r2"), door, { kind: "note", text: "appelé" }, hashOf(take));
    const posted = await post(person("r2"), door, note, { state: "answered" });
    expect([posted.status, posted.headers.get("etag")]).toEqual([201, `"${base64url(hashOf(note))}"`]);
    const state = await get(person("r3"), "/api/case", door);
    const today = dayOf(gate.clock.nowMs());
    const stated = {
      state: "answered",
      seq: 2,
      acknowledgeDay: isoDay(addDays(today, 7)),
      answerDay: isoDay(addDays(today, 90)),
    };
    expect(await state.json()).toEqual(stated);
    expect(state.headers.get("etag")).toBe(posted.headers.get("etag"));
    const page = await get(person("r3"), "/api/case/events?after=0&limit=1", door);
    const { events, next } = (await page.json()) as { events: { seq: number; sealed: string }[]; next: number | null };
    expect([events.length, next, page.headers.get("etag")]).toEqual([1, 1, posted.headers.get("etag")]);
    const frame = decodeFrame(
      open(fromBase64(events[0]!.sealed)! as Uint8Array as Sealed, person("r3").identity, nodeDecapsulator, 2),
    );
    expect(frame).toEqual({ kind: "caseEvent", body: take });
    const rest = (await (await get(person("r3"), "/api/case/events?after=1", door)).json()) as typeof page;
    expect(rest).toMatchObject({ events: [{ seq: 2 }], next: null });
    const states = await gate.app.request(
      "/api/case/states",
      json({ doors: [newDoor(systemChance), door, door].map(base64url) }, await sessionOf(gate.app, person("r4"))),
    );
    expect(await states.json()).toEqual({ cases: [null, stated, stated] });
  });

  test("a repeat is 200, a second that follows the same event 409 with the newer one", async () => {
    const { door, take } = await takenCase();
    expect((await post(person("r1"), door, take)).status).toBe(200);
    const other = eventBy(person("r2"), door, { kind: "take" });
    const late = await post(person("r2"), door, other);
    expect([late.status, await codeIn(late), late.headers.get("etag")]).toEqual([
      409,
      "case.conflict",
      `"${base64url(hashOf(take))}"`,
    ]);
    const after = eventBy(person("r2"), door, { kind: "take" }, hashOf(other));
    expect((await post(person("r2"), door, after)).status).toBe(409);
    const first = eventBy(person("r2"), await plantReport(gate), { kind: "take" }, hashOf(other));
    const none = await post(person("r2"), await plantReport(gate), first);
    expect([none.status, none.headers.get("etag")]).toEqual([409, null]);
  });

  test("of twenty at once one is stored", async () => {
    const { door, take } = await takenCase();
    const notes = Array.from({ length: 20 }, () =>
      eventBy(person("r1"), door, { kind: "note", text: "x" }, hashOf(take)),
    );
    const codes = await Promise.all(notes.map(async (note) => (await post(person("r1"), door, note)).status));
    expect(codes.toSorted((a, b) => a - b)).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
  });

  test("each stored event has its row in the audit, signed, and a refused or repeated one has none", async () => {
    const before = (await auditRows()).filter(({ action }) => action === "caseEvent").length;
    const { door, take } = await takenCase();
    await post(person("r1"), door, take);
    await post(person("r2"), door, eventBy(person("r2"), door, { kind: "take" }));
    const forged = eventBy(person("r1"), door, { kind: "note", text: "x" }, hashOf(take));
    const refused = await post(person("r1"), door, forged, { signer: person("r2") });
    expect([refused.status, await codeIn(refused)]).toEqual([422, "case.malformed"]);
    const after = (await auditRows()).filter(({ action }) => action === "caseEvent");
    expect(after).toHaveLength(before + 1);
    expect(after.at(-1)).toMatchObject({ actor: "r1", object: auditObject(hashOf(take), door) });
  });
});

describe("nobody learns", () => {
  test("a missing door, a wrong one, another desk's, a removed report's and one stepped aside from: one 404", async () => {
    const none = await asked(person("r1"), null);
    expect(none.map((answer) => (answer as unknown[])[0])).toEqual([404, 404, 404]);
    const gao = await plantReport(gate, "gao");
    const take = eventBy(person("r4"), gao, { kind: "take" });
    expect((await post(person("r4"), gao, take, { desk: "gao" })).status).toBe(201);
    const { door, take: taken } = await takenCase();
    const aside = eventBy(person("r2"), door, { kind: "aside" }, hashOf(taken));
    expect((await post(person("r2"), door, aside, { aside: true })).status).toBe(201);
    for (const [who, which] of [
      ["r1", newDoor(systemChance)],
      ["r1", gao],
      ["r2", door],
    ] as const)
      expect(await asked(person(who), which)).toEqual(none);
    const states = await gate.app.request(
      "/api/case/states",
      json({ doors: [door, gao].map(base64url) }, await sessionOf(gate.app, person("r2"))),
    );
    expect(await states.json()).toEqual({ cases: [null, null] });
    expect((await get(person("r3"), "/api/case", door)).status).toBe(200);
    // Not even a repeat of the very event tells that it was there.
    expect((await post(person("r2"), door, aside, { aside: true })).status).toBe(404);
  });

  test("the inbox is the same byte for byte before, during and after a case", async () => {
    const door = await plantReport(gate);
    const inbox = async (): Promise<string> => (await get(person("r3"), "/api/inbox?desk=all", null)).text();
    const before = await inbox();
    const take = eventBy(person("r1"), door, { kind: "take" });
    await post(person("r1"), door, take);
    const aside = eventBy(person("r2"), door, { kind: "aside" }, hashOf(take));
    await post(person("r2"), door, aside, { aside: true });
    const close = eventBy(person("r1"), door, { kind: "close", outcome: "answered" }, hashOf(aside));
    expect((await post(person("r1"), door, close, { state: "closed" })).status).toBe(201);
    expect(await inbox()).toBe(before);
  });

  test("no table names who stepped aside", async () => {
    const { door, take } = await takenCase();
    const aside = eventBy(person("r5"), door, { kind: "aside" }, hashOf(take));
    await post(person("r5"), door, aside, { aside: true });
    const rows = await gate.store.store.db.selectFrom("case_aside").selectAll().execute();
    const marks = rows.filter(({ door_hash }) => Buffer.compare(door_hash, hashDoor(door)) === 0);
    expect(marks).toHaveLength(1);
    expect(Object.keys(marks[0]!).toSorted()).toEqual(["door_hash", "mark"]);
  });

  test("without a session, as an officer, before and after service: as any route of the reviewers", async () => {
    const { door } = await takenCase();
    const headers = { "gundo-door": base64url(door) };
    for (const path of ["/api/case", "/api/case/events"])
      expect((await gate.app.request(path, { headers })).status).toBe(401);
    expect((await gate.app.request("/api/case/states", json({ doors: [] }))).status).toBe(401);
    expect((await gate.app.request("/api/case/events", { method: "POST", headers })).status).toBe(401);
    expect((await get(person("o1"), "/api/case", door)).status).toBe(404);
  });

  test("who leaves the desk leaves its cases", async () => {
    const { door } = await takenCase();
    const kept = gate.roster;
    const { desks } = gate.board.body;
    const without = { ...gate.board.body, desks: [{ ...desks[0]!, reviewers: ["r1", "r2", "r3", "r4"] }, desks[1]!] };
    gate.roster = testRoster(gate.clock, { ...gate.board, body: without });
    expect((await get(person("r5"), "/api/case", door)).status).toBe(404);
    expect((await get(person("r4"), "/api/case", door)).status).toBe(200);
    gate.roster = kept;
  });
});

describe("a post that is not one", () => {
  test("is refused with its reason, and nothing is stored", async () => {
    const door = await plantReport(gate);
    const body = eventBy(person("r1"), door, { kind: "take" });
    const hash = `"${base64url(systemChance.bytes(32))}"`;
    const cases: readonly (readonly [Post, number, string])[] = [
      [{ without: "if-none-match" }, 428, "request.precondition"],
      [{ headers: { "if-match": hash } }, 428, "request.precondition"],
      [{ headers: { "if-none-match": hash } }, 400, "request.malformed"],
      [{ without: "if-none-match", headers: { "if-match": "*" } }, 400, "request.malformed"],
      [{ without: "if-none-match", headers: { "if-match": `W/${hash}` } }, 400, "request.malformed"],
      [{ without: "gundo-event-hash" }, 400, "request.malformed"],
      [{ headers: { "gundo-event-hash": base64url(systemChance.bytes(31)) } }, 400, "request.malformed"],
      [{ without: "gundo-case-state" }, 400, "request.malformed"],
      [{ headers: { "gundo-case-state": "lost" } }, 400, "request.malformed"],
      [{ headers: { "gundo-aside": "yes" } }, 400, "request.malformed"],
      [{ without: "gundo-audit-signature" }, 400, "request.malformed"],
      [{ headers: { "gundo-event-hash": base64url(systemChance.bytes(32)) } }, 422, "case.malformed"],
      [{ headers: { "content-type": "text/plain" } }, 415, "request.unsupported"],
      [{ desk: "gao" }, 422, "envelope.shape"],
    ];
    for (const [bent, status, code] of cases) {
      const response = await post(person("r1"), door, body, bent);
      expect([response.status, await codeIn(response)]).toEqual([status, code]);
    }
    const whole = postOf(gate, person("r1"), door, body);
    const session = await sessionOf(gate.app, person("r1"));
    const send = (bytes: Uint8Array<ArrayBuffer>) => {
      const headers = { ...Object.fromEntries(new Headers(whole.headers)), ...session };
      return gate.app.request("/api/case/events", { method: "POST", body: bytes, headers });
    };
    const sealed = whole.body as Uint8Array<ArrayBuffer>;
    expect((await send(sealed.subarray(1))).status).toBe(422);
    expect((await send(concat(sealed, sealed))).status).toBe(422);
    expect((await send(new Uint8Array(600_000))).status).toBe(413);
    expect((await get(person("r1"), "/api/case", door)).status).toBe(404);
    for (const query of ["?after=-1", "?after=x", "?limit=0", "?limit=51", "?more=1"])
      expect((await get(person("r1"), `/api/case/events${query}`, door)).status).toBe(400);
    const doors = Array.from({ length: 501 }, () => base64url(newDoor(systemChance)));
    for (const bad of [{ doors }, { doors: ["x"] }, {}, { doors: [], more: 1 }])
      expect((await gate.app.request("/api/case/states", json(bad, session))).status).toBe(400);
    const most = await gate.app.request("/api/case/states", json({ doors: doors.slice(1) }, session));
    expect(((await most.json()) as { cases: unknown[] }).cases).toEqual(doors.slice(1).map(() => null));
  });
});

const days = (iso: string): UnixDay => fromIsoDay(iso)!;

test("the events of a closed case die 30 days later, or 15 after the quarter's end if that is later", () => {
  for (const [closed, ends] of [
    ["2026-01-01", "2026-04-15"],
    ["2026-03-16", "2026-04-15"],
    ["2026-03-17", "2026-04-16"],
    ["2026-03-31", "2026-04-30"],
    ["2026-12-31", "2027-01-30"],
    ["2028-02-29", "2028-04-15"],
  ] as const)
    expect(isoDay(eventsEndDay(days(closed)))).toBe(ends);
  expect(isoDay(quarterEnd(days("2028-02-29")))).toBe("2028-03-31");
});
