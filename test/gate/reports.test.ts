import { expect, test, vi } from "vitest";
import { base64url } from "../../src/base/bytes.ts";
import { Secret } from "../../src/base/secret.ts";
import { systemChance } from "../../src/base/chance.ts";
import { reportRoutes, type ReportWays } from "../../src/gate/reports.ts";
import { openWorkGuard } from "../../src/gate/work.ts";
import { HandClock } from "../support/board.ts";
import type { Hono } from "hono";
import { isBearer, isSecret } from "../../src/gate/secret.ts";
import type { Acceptance, Core, Posting } from "../../src/intake/core.ts";

const secret = new Secret("the-edge-secret");
const door = base64url(new Uint8Array(32).fill(1));
const seen = [2, 3].map((byte) => base64url(new Uint8Array(32).fill(byte)));

async function post(routes: Hono, headers: Readonly<Record<string, string>>): Promise<number> {
  const all = { "content-type": "application/age", "gundo-door-hash": door, ...headers };
  return (await routes.request("/reports/all", { method: "POST", body: new Uint8Array(4), headers: all })).status;
}

const routesOf = (ways: ReportWays): Hono => reportRoutes(ways, openWorkGuard(new HandClock(), systemChance));

function posts(answer: Acceptance = "stored") {
  const toOpen: Posting[] = [];
  const toEdges: Posting[] = [];
  const into = (list: Posting[]): Core => ({
    accept: async (posting) => {
      list.push(posting);
      return answer;
    },
  });
  const edges = { core: into(toEdges), secret };
  return { toOpen, toEdges, open: into(toOpen), edges };
}

const bearer = { authorization: `Bearer ${secret.reveal()}` };

test("an edge's post goes the edges' way with its hashes, anybody's the open way without", async () => {
  const { toOpen, toEdges, open, edges } = posts();
  const routes = routesOf({ open, edges });
  expect(await post(routes, { ...bearer, "gundo-seen": seen.join(", ") })).toBe(201);
  expect(await post(routes, bearer)).toBe(201);
  expect(await post(routes, {})).toBe(201);
  expect(toEdges.map(({ seen: hashes }) => hashes?.map((hash) => hash[0]))).toEqual([[2, 3], undefined]);
  expect(toOpen.map(({ seen: hashes }) => hashes)).toEqual([undefined]);
});

test("seen before is 200", async () => {
  const { open, edges } = posts("seen");
  expect(await post(routesOf({ open, edges }), { ...bearer, "gundo-seen": seen[0]! })).toBe(200);
});

test("a key that was used for other bytes is a problem of its own", async () => {
  const { open } = posts("other");
  const headers = { "content-type": "application/age", "gundo-door-hash": door };
  const init = { method: "POST", body: new Uint8Array(4), headers };
  const response = await routesOf({ open, edges: null }).request("/reports/all", init);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.json()).toEqual({
    type: "urn:gundo:problem:request.keyReused",
    title: "request.keyReused",
    status: 422,
    code: "request.keyReused",
  });
});

test("a wrong secret, hashes without one, and anybody at a core that only edges post to are refused", async () => {
  const { toOpen, toEdges, open, edges } = posts();
  const wrong = ["Bearer x", "Bearer ", `bearer ${secret.reveal()}`, secret.reveal(), `Basic ${secret.reveal()}`];
  for (const ways of [
    { open, edges },
    { open: null, edges },
  ]) {
    for (const authorization of wrong) expect(await post(routesOf(ways), { authorization })).toBe(403);
    expect(await post(routesOf(ways), { "gundo-seen": seen[0]! })).toBe(403);
  }
  expect(await post(routesOf({ open: null, edges }), {})).toBe(403);
  expect(await post(routesOf({ open, edges: null }), bearer)).toBe(403);
  expect([toOpen, toEdges]).toEqual([[], []]);
});

test.each(["", "x", seen[0]!.slice(1), `${seen[0]!},`, `${seen[0]!},x`, Array(5).fill(seen[0]).join(",")])(
  "hashes that are none are malformed: %j",
  async (header) => {
    const { toEdges, open, edges } = posts();
    expect(await post(routesOf({ open, edges }), { ...bearer, "gundo-seen": header })).toBe(400);
    expect(toEdges).toEqual([]);
  },
);

test("every live secret is good and nothing else is, whatever its length", () => {
  const live = [new Secret("older"), new Secret("newer-and-longer")];
  for (const good of ["older", "newer-and-longer"]) expect(isSecret(good, live)).toBe(true);
  for (const bad of ["", "olde", "older ", "newer"]) expect(isSecret(bad, live)).toBe(false);
  expect(isSecret("", [])).toBe(false);
  expect([isBearer("Bearer older", live), isBearer("older", live), isBearer("Bearer ", live)]).toEqual([
    true,
    false,
    false,
  ]);
});

test("posts that wait for their commit make the next ones work, but never an edge's", async () => {
  const held = Promise.withResolvers<Acceptance>();
  let accepting = 0;
  const accept: Core["accept"] = (): Promise<Acceptance> => {
    accepting++;
    return held.promise;
  };
  const edges = { core: { accept: async (): Promise<Acceptance> => "stored" }, secret };
  const routes = routesOf({ open: { accept }, edges });
  const waiting = Array.from({ length: 64 }, () => post(routes, {}));
  await vi.waitFor(() => expect(accepting).toBe(64));
  expect(await post(routes, {})).toBe(429);
  expect(await post(routes, bearer)).toBe(201);
  held.resolve("stored");
  expect(new Set(await Promise.all(waiting))).toEqual(new Set([201]));
  expect(await post(routes, {})).toBe(201);
});

test("a browser's repeat is known by a key of its own, of which a hash goes on; an edge's post has no such key", async () => {
  const { toOpen, open, edges } = posts();
  const routes = routesOf({ open, edges });
  const keys = [4, 5].map((byte) => base64url(new Uint8Array(16).fill(byte)));
  for (const key of [keys[0]!, `"${keys[0]!}"`, keys[1]!])
    expect(await post(routes, { "idempotency-key": key })).toBe(201);
  const hashes = toOpen.map(({ seen: given }) => given!.map(base64url));
  expect(hashes[1]).toEqual(hashes[0]);
  expect(new Set(hashes.flat()).size).toBe(4);
  for (const two of hashes) expect(two.map(({ length }) => length)).toEqual([43, 43]);
  // Other bytes, another door or another desk under the same key: the key's hash stays, the other does not.
  const bent = [{ body: new Uint8Array(5) }, { path: "/reports/gao" }, { door: base64url(new Uint8Array(32).fill(9)) }];
  for (const { body = new Uint8Array(4), path = "/reports/all", door: other = door } of bent) {
    const headers = { "content-type": "application/age", "gundo-door-hash": other, "idempotency-key": keys[0]! };
    expect((await routes.request(path, { method: "POST", body, headers })).status).toBe(201);
    const [ofKey, ofBytes] = toOpen.at(-1)!.seen!.map(base64url);
    expect([ofKey === hashes[0]![0], ofBytes === hashes[0]![1]]).toEqual([true, false]);
  }
  for (const key of ["", "AAAA", `${keys[0]!}A`, "é", `"${keys[0]!}`])
    expect(await post(routes, { "idempotency-key": key })).toBe(400);
  expect(await post(routes, { ...bearer, "gundo-seen": seen[0]!, "idempotency-key": keys[0]! })).toBe(400);
});
