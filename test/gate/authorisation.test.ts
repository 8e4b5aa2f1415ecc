import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CaseEventHash, DeskId, Door, PartId } from "../../src/base/brand.ts";
import { base64url } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, dayOf } from "../../src/base/clock.ts";
import { recipientOf, type Recipient } from "../../src/envelope/recipient.ts";
import type { CaseState } from "../../src/envelope/case-act.ts";
import { encodeFrame } from "../../src/envelope/frame.ts";
import { seal } from "../../src/envelope/seal.ts";
import { newDoor } from "../../src/envelope/door.ts";
import type { ApiRoute } from "../../src/gate/api/describe.ts";
import { api } from "../../src/gate/openapi.ts";
import { openParts } from "../../src/intake/parts.ts";
import { partStore } from "../../src/store/part.ts";
import { listReportIds } from "../../src/store/report.ts";
import { checkpointTicks } from "../../src/triage/checkpoint.ts";
import { expectDescribed } from "../support/api.ts";
import { testPerson, testRoster, type TestPerson } from "../support/board.ts";
import { eventBy, hashOf, plantReport, postOf } from "../support/cases.ts";
import { someLabels } from "../support/quarter.ts";
import { partOf } from "../support/parts.ts";
import { sessionOf, withGate, type TestGate } from "../support/gate.ts";

/** Who asks. `member` and `aside` read the object's desk `gao`; `aside` stepped aside from the case where there is one. */
const roles = [
  "nobody",
  "forged",
  "ranOut",
  "signedOut",
  "removed",
  "renewed",
  "notYet",
  "served",
  "officer",
  "foreign",
  "aside",
  "member",
] as const;
type Role = (typeof roles)[number];
const signedIn: readonly Role[] = ["officer", "foreign", "aside", "member"];

/** Before anybody took the case, while it is open, and after it was closed. */
const states = ["none", "open", "closed"] as const;
type State = (typeof states)[number];

/** What door a request shows: the object's, another case's of the same desk, one of a foreign desk's, none, or no door at all. */
const doors = ["right", "other", "foreign", "wrong", "malformed", "absent"] as const;
type DoorShown = (typeof doors)[number];

let gate: TestGate;
const people = new Map<Role, TestPerson>();
const tokens = new Map<Role, string>();
beforeAll(async () => {
  gate = await withGate();
  await signEverybodyIn();
});
afterAll(() => gate.store.stop());

async function signEverybodyIn(): Promise<void> {
  const [r1, r2, r3, r4, r5, o1] = gate.board.people;
  const [r6, r7] = ["r6", "r7"].map(testPerson);
  const named = { ranOut: r1, signedOut: r1, removed: r2, notYet: r3, renewed: r6, served: r7, officer: o1 };
  for (const [role, one] of Object.entries({ ...named, foreign: r1, aside: r5, member: r4 }))
    people.set(role as Role, one!);
  gate.roster = rosterWith([r6!, r7!], {});
  tokens.set("ranOut", await tokenOf("ranOut"));
  gate.clock.advanceMs(15 * 60_000);
  for (const role of people.keys()) if (role !== "ranOut") tokens.set(role, await tokenOf(role));
  await gate.app.request("/api/session", { method: "DELETE", headers: as("signedOut") });
  tokens.set("forged", base64url(systemChance.bytes(32)));
  const today = dayOf(gate.clock.nowMs());
  gate.roster = rosterWith([r6!, r7!], {
    r2: null,
    r3: { from: addDays(today, 1) },
    r4: { roles: ["review", "lead"] },
    r6: { verifier: testPerson("r6").verifier },
    r7: { from: addDays(today, -9), until: addDays(today, -1) },
  });
}

/** The board's roster with two more of desk `all`, and changes to some of it; null leaves. */
function rosterWith(more: readonly TestPerson[], changes: Readonly<Record<string, object | null>>) {
  const { body } = gate.board;
  const added = more.map(({ id, verifier, identity }) => {
    const recipient: Recipient = recipientOf(identity);
    return { ...body.reviewers[0]!, id, verifier, recipient };
  });
  const reviewers = [...body.reviewers, ...added]
    .filter(({ id }) => changes[id] !== null)
    .map((one) => ({ ...one, ...changes[one.id] }));
  const names = reviewers.map(({ id }) => id).filter((id) => id !== "o1");
  const desks = [{ ...body.desks[0]!, reviewers: names }, body.desks[1]!];
  return testRoster(gate.clock, { ...gate.board, body: { ...body, reviewers, desks } });
}

const tokenOf = async (role: Role) => (await sessionOf(gate.app, people.get(role)!)).authorization.split(" ")[1]!;
const as = (role: Role): Record<string, string> =>
  role === "nobody" ? {} : { authorization: `Bearer ${tokens.get(role)!}` };

interface Case {
  readonly door: Door;
  readonly head: CaseEventHash | null;
}

/** A report of desk `gao` and its case, led by the member; the aside role stepped aside wherever there is a case. */
async function objectIn(state: State): Promise<Case> {
  const door = await plantReport(gate, "gao");
  if (state === "none") return { door, head: null };
  const take = eventBy(people.get("member")!, door, { kind: "take" });
  await posted("member", door, take, "open");
  const aside = eventBy(people.get("aside")!, door, { kind: "aside" }, hashOf(take));
  await posted("aside", door, aside, "open", true);
  if (state === "open") return { door, head: hashOf(aside) };
  const close = eventBy(people.get("member")!, door, { kind: "close", outcome: "answered" }, hashOf(aside));
  await posted("member", door, close, "closed");
  return { door, head: hashOf(close) };
}

async function posted(role: Role, door: Door, body: Uint8Array, state: CaseState, aside = false): Promise<void> {
  const init = postOf(gate, people.get(role)!, door, body, { desk: "gao", state, aside });
  const headers = new Headers(init.headers);
  headers.set("authorization", as(role)["authorization"]!);
  expect((await gate.app.request("/api/case/events", { ...init, headers })).status).toBe(201);
}

/** One request of the table: what it is called, how it is made, the status it must get, and what else must hold of it. */
interface Cell {
  readonly name: string;
  readonly request: () => Promise<Response>;
  readonly status: number;
  readonly holds?: (response: Response) => Promise<void>;
}

const ask = async (route: ApiRoute, role: Role, path = route.path, init: RequestInit = {}): Promise<Response> => {
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(as(role))) headers.set(name, value);
  return gate.app.request(path, { ...init, method: route.method.toUpperCase(), headers });
};
const jsonOf = (body: unknown): RequestInit => ({ body: JSON.stringify(body) });

/** A route that asks for no session answers everybody alike. */
const open =
  (status: number, body?: unknown) =>
  (route: ApiRoute): readonly Cell[] =>
    roles.map((role) => ({
      name: role,
      request: () => ask(route, role, route.path, body === undefined ? {} : jsonOf(body)),
      status,
    }));

/** A route for whoever is signed in, whatever their role. */
const forSession = (route: ApiRoute): readonly Cell[] =>
  roles.map((role) => ({
    name: role,
    request: () => ask(route, role),
    status: signedIn.includes(role) ? 200 : 401,
  }));

/** A route of a desk: the object's own, one that is not, and what names none. */
const ofDesk =
  (init: (desk: string) => { readonly query?: string; readonly body?: unknown }, holds?: Cell["holds"]) =>
  (route: ApiRoute): readonly Cell[] =>
    roles.flatMap((role) =>
      ["gao", "nowhere", "GAO/.."].map((desk) => {
        const { query, body } = init(desk);
        const path = query === undefined ? route.path : `${route.path}?${query}`;
        const request = () => ask(route, role, path, body === undefined ? {} : jsonOf(body));
        const status = deskStatus(role, desk);
        return { name: `${role} at ${desk}`, request, status, ...(status === 200 && holds && { holds }) };
      }),
    );

function deskStatus(role: Role, desk: string): number {
  if (!signedIn.includes(role)) return 401;
  if (desk === "GAO/..") return 400;
  return desk === "gao" && (role === "member" || role === "aside") ? 200 : 403;
}

const queryOf = (desk: string) => ({ query: `desk=${encodeURIComponent(desk)}` });

/** Ids of a report of the object's desk and of a foreign one. */
let ids: readonly string[] = [];
/** A part that lies in the store, and an id that none has. */
let partId: PartId;
const noPart = base64url(systemChance.bytes(16));
const onlyOwn = async (response: Response): Promise<void> => {
  const { reports } = (await response.json()) as { reports: { id: string }[] };
  expect(reports.map(({ id }) => id)).toEqual(ids.slice(0, 1));
};

const cases = new Map<State, Case>();
let foreignDoor: Door;
let otherDoor: Door;
const doorHeaders = (shown: DoorShown, right: Door): Record<string, string> => {
  const given: Record<DoorShown, string | null> = {
    right: base64url(right),
    other: base64url(otherDoor),
    foreign: base64url(foreignDoor),
    wrong: base64url(newDoor(systemChance)),
    malformed: base64url(right).slice(1),
    absent: null,
  };
  return given[shown] === null ? {} : { "gundo-door": given[shown] };
};

/** Every role × state × door: a case is for whoever has its door, reads its desk and did not step aside from it. */
const matrix = roles.flatMap((role) => states.flatMap((state) => doors.map((shown) => ({ role, state, shown }))));
type Place = (typeof matrix)[number];
const named = ({ role, state, shown }: Place): string => `${role}, case ${state}, door ${shown}`;

const readCase = (route: ApiRoute): readonly Cell[] =>
  matrix.map((place) => ({
    name: named(place),
    request: () =>
      ask(route, place.role, route.path, { headers: doorHeaders(place.shown, cases.get(place.state)!.door) }),
    status: isOpenTo(place, (state) => state !== "none"),
  }));

/** Each event that is to pass is posted to a case of its own. */
const postCase = (route: ApiRoute): readonly Cell[] =>
  matrix.map((place) => {
    const { role, state, shown } = place;
    const may = isOpenTo(place, () => true);
    // With another door than the one it was signed for, an event is not what its author meant.
    const status = may === 200 ? (shown === "right" ? 201 : 422) : may;
    const request = async (): Promise<Response> => {
      const { door, head } = status === 201 ? await objectIn(state) : cases.get(state)!;
      const author = people.get(role) ?? people.get("member")!;
      const body = eventBy(author, door, { kind: "note", text: "x" }, head ?? undefined);
      const init = postOf(gate, author, door, body, { desk: "gao", without: "gundo-door" });
      const headers = new Headers(init.headers);
      for (const [name, value] of Object.entries(doorHeaders(shown, door))) headers.set(name, value);
      return ask(route, role, route.path, { ...init, headers });
    };
    return { name: named(place), request, status };
  });

/** All doors at once: null wherever the case itself would be 404. */
const readStates = (route: ApiRoute): readonly Cell[] =>
  roles.flatMap((role) =>
    states.map((state) => {
      const shown: readonly DoorShown[] = ["right", "other", "foreign", "wrong"];
      const request = () => {
        const given = shown.map((one) => doorHeaders(one, cases.get(state)!.door)["gundo-door"]);
        return ask(route, role, route.path, jsonOf({ doors: given }));
      };
      const holds = async (response: Response): Promise<void> => {
        const { cases: told } = (await response.json()) as { cases: readonly ({ state: State } | null)[] };
        const seen = role === "member" && state !== "none" ? state : null;
        expect(told.map((one) => one?.state ?? null)).toEqual([seen, null, null, null]);
      };
      const status = signedIn.includes(role) ? 200 : 401;
      return { name: `${role}, case ${state}`, request, status, ...(status === 200 && { holds }) };
    }),
  );

function isOpenTo({ role, state, shown }: Place, holdsCase: (state: State) => boolean): number {
  if (!signedIn.includes(role)) return 401;
  const readers: readonly Role[] = shown === "foreign" ? ["foreign", "member", "aside"] : ["member", "aside"];
  // Nobody took the other reports.
  const object: Partial<Record<DoorShown, State>> = { right: state, other: "none", foreign: "none" };
  const found = object[shown];
  const stepped = shown === "right" && role === "aside" && state !== "none";
  return found !== undefined && holdsCase(found) && readers.includes(role) && !stepped ? 200 : 404;
}

/** A part is sealed bytes, tied to no desk: whoever is signed in and knows its id. */
const fetchPart = (route: ApiRoute): readonly Cell[] =>
  roles.flatMap((role) => {
    const may = signedIn.includes(role);
    const there = {
      name: role,
      request: () => ask(route, role, route.path, jsonOf({ id: partId })),
      status: may ? 200 : 401,
    };
    const gone = {
      ...there,
      request: () => ask(route, role, route.path, jsonOf({ id: noPart })),
      status: may ? 404 : 401,
    };
    const malformed = {
      ...there,
      request: () => ask(route, role, route.path, jsonOf({ id: "1" })),
      status: may ? 400 : 401,
    };
    return [there, gone, malformed];
  });

/** Of parts that are not there, since what is asked is whether the case lets one. */
const deletePart = (route: ApiRoute): readonly Cell[] =>
  matrix.map((place) => ({
    name: named(place),
    request: () => {
      const headers = doorHeaders(place.shown, cases.get(place.state)!.door);
      return ask(route, place.role, route.path, { ...jsonOf({ ids: [noPart] }), headers });
    },
    status: isOpenTo(place, (state) => state !== "none") === 200 ? 204 : isOpenTo(place, (state) => state !== "none"),
  }));

/** Who of those signed in may ask a route of a release, and what they then get; anybody else is forbidden. */
const ofRelease =
  (may: Partial<Record<Role, number>>, query: string, init: () => RequestInit = () => ({})) =>
  (route: ApiRoute): readonly Cell[] =>
    roles.map((role) => ({
      name: role,
      request: () => ask(route, role, route.path + query, init()),
      status: signedIn.includes(role) ? (may[role] ?? 403) : 401,
    }));
const byReviewers = (status: number): Partial<Record<Role, number>> => ({
  foreign: status,
  aside: status,
  member: status,
});
const inQuarter = "?period=2026-Q4";
const ageOf = (sealed: Uint8Array, more: Readonly<Record<string, string>> = {}): RequestInit => ({
  body: new Uint8Array(sealed),
  headers: { "content-type": "application/age", ...more },
});
const toOfficer = (): RequestInit => {
  const frame = encodeFrame({ kind: "seed", body: new Uint8Array(32) });
  const sealed = seal([recipientOf(people.get("officer")!.identity)], frame, systemChance);
  return ageOf(sealed, { "gundo-key-hash": base64url(new Uint8Array(32)) });
};

/** Every route of `/api`. Signing out comes last: it ends the sessions of the roles. */
const table: Readonly<Record<string, (route: ApiRoute) => readonly Cell[]>> = {
  "get /api/openapi.json": open(200),
  "post /api/challenge": open(200, { reviewer: "r1" }),
  "post /api/session": open(400, {}),
  "get /api/roster": forSession,
  "get /api/inbox": ofDesk(queryOf, onlyOwn),
  "get /api/inbox/ids": ofDesk(queryOf, onlyOwn),
  "post /api/inbox/sealed": ofDesk((desk) => ({ body: { desk, ids } }), onlyOwn),
  "get /api/releases": open(200),
  "get /api/releases/note": (route) =>
    roles.map((role) => ({
      name: role,
      request: () => ask(route, role, `${route.path}${inQuarter}&name=plan`),
      status: 404,
    })),
  "get /api/releases/held": ofRelease({ officer: 200 }, ""),
  "post /api/releases/note": ofRelease({ officer: 422 }, "", () => ({
    body: "no note",
    headers: { "content-type": "text/plain; charset=utf-8" },
  })),
  // Nothing is planned yet, so that whoever may is told that it is not their turn.
  "post /api/releases/labels": ofRelease(byReviewers(409), inQuarter, () =>
    ageOf(someLabels([people.get("officer")!, people.get("member")!])),
  ),
  "get /api/releases/labels": ofRelease({ officer: 200 }, inQuarter),
  "get /api/releases/labels/sealed": ofRelease({ officer: 404 }, `${inQuarter}&id=${base64url(new Uint8Array(32))}`),
  // The member is the first lead who serves.
  "post /api/releases/quarter-key": ofRelease({ member: 201 }, `${inQuarter}&reviewer=r4`, toOfficer),
  "get /api/releases/quarter-key": ofRelease({ foreign: 404, aside: 404, member: 200 }, inQuarter),
  "get /api/releases/quarter-key/holders": ofRelease(byReviewers(200), inQuarter),
  "post /api/releases/parcel": ofRelease({ officer: 201 }, `${inQuarter}&kind=seed&officer=o1`, toOfficer),
  "get /api/releases/parcel": ofRelease({ officer: 200 }, `${inQuarter}&kind=seed`),
  "get /api/audit": forSession,
  "get /api/audit/checkpoint": forSession,
  "post /api/case/states": readStates,
  "get /api/case": readCase,
  "get /api/case/events": readCase,
  "post /api/case/events": postCase,
  "post /api/parts/sealed": fetchPart,
  "post /api/parts/delete": deletePart,
  "delete /api/session": open(204),
};

const key = ({ method, path }: ApiRoute): string => `${method} ${path}`;

describe("route × role × state × object", () => {
  beforeAll(async () => {
    const { store } = gate.store;
    const tick = checkpointTicks({
      store,
      roster: () => gate.roster,
      key: gate.board.server.signing,
      rule: "atOnce",
      clock: gate.clock,
    });
    await tick();
    await plantReport(gate, "gao");
    foreignDoor = await plantReport(gate, "all");
    partId = await openParts(partStore(store.db), gate.clock, systemChance).put(partOf(new Uint8Array(7)));
    const listed = async (desk: string) => (await listReportIds(store.db, { desk: desk as DeskId, limit: 9 })).reports;
    ids = [...(await listed("gao")), ...(await listed("all"))].map(({ id }) => id);
  });

  test("the table has every route of the interface, and no other", () => {
    expect(Object.keys(table).toSorted()).toEqual(api.map(key).toSorted());
  });

  for (const [name, cells] of Object.entries(table))
    test(name, async () => {
      const route = api.find((one) => key(one) === name)!;
      if (/\/api\/(case|parts)/.test(name) && cases.size === 0) await makeCases();
      for (const { name: cell, request, status, holds } of cells(route)) {
        const response = await request();
        expect([cell, response.status]).toEqual([cell, status]);
        await expectDescribed(route, response);
        await holds?.(response.clone());
      }
    });

  test("a reviewer who stepped aside, a foreign door, a wrong one and none are told the same, to the byte", async () => {
    await signEverybodyIn();
    const route = api.find(({ path, method }) => path === "/api/case" && method === "get")!;
    const { door } = cases.get("open")!;
    const answers = [
      await ask(route, "aside", route.path, { headers: doorHeaders("right", door) }),
      await ask(route, "foreign", route.path, { headers: doorHeaders("right", door) }),
      await ask(route, "officer", route.path, { headers: doorHeaders("right", door) }),
      await ask(route, "member", route.path, { headers: doorHeaders("wrong", door) }),
      await ask(route, "member"),
    ];
    const told = await Promise.all(answers.map(async (one) => [one.status, [...one.headers], await one.text()]));
    for (const one of told) expect(one).toEqual(told[0]);
  });
});

async function makeCases(): Promise<void> {
  otherDoor = await plantReport(gate, "gao");
  for (const state of states) cases.set(state, await objectIn(state));
}
