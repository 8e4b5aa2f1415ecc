import { readFileSync } from "node:fs";
import { cp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import { canary } from "../support/canary.ts";
import { freePort } from "../support/ports.ts";
import { inboxOf, inboxWith, postSms, type Demo, type Instance } from "../support/instance.ts";
import { startRole, type RoleProcess } from "../support/roles.ts";
import { postmasterOf, temporaryHome } from "../support/store.ts";
import { withTcpServer, type TcpServer } from "../support/tcpserver.ts";

const number = "+22370004242" as E164;
const text = "Le chef du village de Tassiga-Labbezanga cache des armes";
// The demo's roster names the VOPRF key that its template keeps.
const oprfKey = readFileSync(join(inject("demoTemplate"), "secrets/oprf-key")).toString("base64url");
const secrets = { EDGE_SECRET: "an-edge-secret-of-thirty-two-characters", OPRF_KEY: oprfKey };

let coreHome: string;
let edgeHome: string;
let corePort: number;
const running = new Map<string, RoleProcess>();
let demo: Demo;
let postgres: TcpServer;

const startCore = async (environment: Readonly<Record<string, string>> = {}): Promise<void> => {
  const env = { GUNDO_ROLE: "core", PORT: String(corePort), ...secrets, ...environment };
  running.set("core", await startRole(coreHome, /ready console/, env));
  demo = JSON.parse(await readFile(join(coreHome, "demo/demo.json"), "utf8")) as Demo;
};

/** An edge, as what a gateway posts to and as what a reviewer signs in at: the core, not the edge. */
const startEdge = async (): Promise<Instance> => {
  const env = { GUNDO_ROLE: "edge", CORE_URL: `http://127.0.0.1:${corePort}`, ...secrets };
  const keys = { GUNDO_KEYS: join(coreHome, "demo/keys") };
  const edge = await startRole(edgeHome, /ready gateway/, { ...env, ...keys });
  running.set("edge", edge);
  const url = /ready gateway (http:\/\/[^/]+)/.exec(edge.printed())![1]!;
  return { url, demo, home: edgeHome, pid: edge.pid } as Instance;
};
const core = (): Instance => ({ url: demo.url, demo }) as Instance;
const stop = async (name: string, signal: "SIGKILL" | "SIGINT" = "SIGINT"): Promise<void> =>
  running.get(name)?.stop(signal);

beforeAll(async () => {
  [coreHome, edgeHome, corePort, postgres] = [
    await temporaryHome(),
    await temporaryHome(),
    await freePort(),
    await withTcpServer(),
  ];
  await cp(inject("demoTemplate"), coreHome, { recursive: true });
});
afterAll(async () => {
  for (const name of ["edge", "worker", "core"]) await stop(name);
  await postgres.stop();
  for (const home of [coreHome, edgeHome]) await rm(home, { recursive: true });
});

test("two processes: the edge has no database and keeps nothing, the core is not spoken to by phones", async () => {
  await startCore();
  const edge = await startEdge();
  expect(await postSms(edge, { from: number, id: "one", text })).toBe(200);
  const lines = await inboxWith(core(), demo.reviewers[0]!, 1);
  expect(lines.map(({ channel, text: words }) => [channel, words])).toEqual([["sms", text]]);
  expect(await postSms(core(), { from: number, id: "two", text })).toBe(404);
  const bare = { method: "POST", headers: { "content-type": "application/age" }, body: new Uint8Array(9) };
  expect((await fetch(`${demo.url}/reports/all`, bare)).status).toBe(403);
  expect((await fetch(`${edge.url}/api/inbox`)).status).toBe(404);
  expect((await fetch(`${edge.url}/keys/roster.note`)).status).toBe(200);
});

test("the core goes for a while: 503 and no report lost or doubled, nothing kept at the edge meanwhile", async () => {
  const edge = await startEdgeAgain();
  await stop("core", "SIGKILL");
  expect(await postSms(edge, { from: number, id: "while-away", text: `${text} encore` })).toBe(503);
  expect((await fetch(`${edge.url}/readyz`)).status).toBe(503);
  await startCore();
  for (let times = 0; times < 2; times++)
    expect(await postSms(edge, { from: number, id: "while-away", text: `${text} encore` })).toBe(200);
  const lines = await inboxWith(core(), demo.reviewers[1]!, 2);
  expect(lines.map(({ text: words }) => words).toSorted()).toEqual([text, `${text} encore`]);

  async function startEdgeAgain(): Promise<Instance> {
    await stop("edge");
    return startEdge();
  }
});

test("an edge that restarts while its core is away starts with the roster it kept", async () => {
  await stop("edge");
  await stop("core");
  const edge = await startEdge();
  expect((await fetch(`${edge.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${edge.url}/keys/roster.note`)).status).toBe(200);
  expect(await postSms(edge, { from: number, id: "nobody-there", text })).toBe(503);
  expect(running.get("edge")!.printed()).toContain("failed roster core.unavailable");
});

test("the canary: not at the edge, not at the core, not in what either printed", async () => {
  await startCore();
  const scan = canary({ numbers: [number], texts: [text], places: ["Tassiga-Labbezanga"] });
  const contents = [...running].map(([where, one]) => ({ where, content: one.printed() }));
  const processes = [...running.values()].map(({ pid }) => pid);
  const haystack = {
    directories: [edgeHome, coreHome],
    contents,
    processes: [...processes, await postmasterOf(coreHome)],
  };
  expect(await scan.scan(haystack)).toEqual([]);
});

test("three processes and a database of your own: a core without workers, a worker without a port", async () => {
  for (const name of ["edge", "core"]) await stop(name);
  const database = { DATABASE_URL: postgres.databaseUrl.reveal() };
  await startCore(database);
  const edge = await startEdge();
  expect(await postSms(edge, { from: number, id: "three", text: "trois" })).toBe(200);
  expect(await inboxOf(core(), demo.reviewers[0]!)).toEqual([]);
  const workerHome = await temporaryHome();
  // The relay's key is the one that the roster names, and what it signs is checked against that roster.
  await cp(join(coreHome, "secrets/relay-key"), join(workerHome, "secrets/relay-key"));
  const worker = { GUNDO_ROLE: "worker", GUNDO_KEYS: join(coreHome, "demo/keys"), ...database };
  running.set("worker", await startRole(workerHome, /started queue/, worker));
  expect((await inboxWith(core(), demo.reviewers[0]!, 1)).map(({ text: words }) => words)).toEqual(["trois"]);
  await stop("worker");
  expect(running.get("worker")!.printed()).not.toContain("failed");
  await rm(workerHome, { recursive: true });
});
