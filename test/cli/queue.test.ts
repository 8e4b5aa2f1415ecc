import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fromHex, hex, utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { dayOf, isoDay, systemClock } from "../../src/base/clock.ts";
import { Fault } from "../../src/base/fault.ts";
import { verifyAudit } from "../../src/envelope/audit-verify.ts";
import { auditObject } from "../../src/envelope/audit.ts";
import { jobKinds, type Queues } from "../../src/queue/queue.ts";
import { listAudit } from "../../src/store/audit.ts";
import type { Connection } from "../../src/store/connection.ts";
import { reachEmbedded } from "../../src/store/embedded/reach.ts";
import { openStore } from "../../src/store/open.ts";
import { withPostgresQueues } from "../support/queue.ts";
import { redisIsHere } from "../support/redis.ts";
import { withRedisQueues } from "../support/redis-queue.ts";
import { temporaryHome, withStore } from "../support/store.ts";
import { runGundoIn, type Said } from "../support/terminal.ts";

const patience = { timeout: 30_000, interval: 20 };

interface Place {
  readonly queues: Queues;
  readonly connection: Connection;
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

async function embedded(): Promise<Place> {
  const bench = await withPostgresQueues();
  const environment = { GUNDO_HOME: bench.home };
  const connection = await reachEmbedded(bench.home);
  return { queues: await bench.open(settings), environment, connection, stop: () => bench.stop() };
}
async function redis(): Promise<Place> {
  const [bench, store] = await Promise.all([withRedisQueues(), withStore()]);
  const environment = { GUNDO_HOME: store.home, REDIS_URL: bench.server.path };
  const stop = async (): Promise<void> => {
    await bench.stop();
    await store.stop();
  };
  return { queues: await bench.open(settings), environment, connection: store.connection, stop };
}
const settings = { chance: systemChance, emit: () => undefined };

describe.each([
  { name: "the PostgreSQL of a running home", open: embedded, here: true },
  { name: "Redis", open: redis, here: redisIsHere },
])("gundo queue on $name", ({ open, here }) => {
  let place: Place;
  const run = (...words: readonly string[]): Promise<Said> => runGundoIn(place.environment, "queue", ...words);
  beforeAll(async () => {
    if (here) place = await open();
  });
  afterAll(async () => {
    await place?.queues.close();
    await place?.stop();
  });

  test.runIf(here)("shows what was given up, has it tried again or forgets it, and shows no content", async () => {
    const { queues } = place;
    const before = isoDay(dayOf(systemClock.nowMs()));
    const ids = Array.from({ length: 2 }, () => hex(systemChance.bytes(16)));
    const worker = queues.work("triage", () => Promise.reject(new Fault("report.malformed", { cause: "Fanta said" })));
    await queues.addMany("triage", ids);
    await expect.poll(async () => (await queues.deadLetters("triage").list()).length, patience).toBe(2);
    await worker.close();

    const health = JSON.parse((await run("health", "--json")).out) as unknown;
    const kinds = jobKinds.map((kind) => ({ kind, unfinished: 0, dead: kind === "triage" ? 2 : 0 }));
    expect(health).toEqual({ ready: true, kinds });
    const listed = await run("list", "--kind", "triage", "--json");
    const lines = listed.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { job: string; day: string });
    // The day may end meanwhile.
    const days = [before, isoDay(dayOf(systemClock.nowMs()))];
    for (const { day } of lines) expect(days).toContain(day);
    const letter = { kind: "triage", job: expect.stringMatching(/^[0-9a-f]{32}$/) as string };
    expect(lines).toEqual(ids.map((id, at) => ({ ...letter, id, code: "report.malformed", day: lines[at]!.day })));
    const [first, second] = lines.map(({ job }) => job);
    expect((await run("list")).out).toBe(
      [first!, second!].map((job, at) => `triage  ${job}  ${ids[at]}  report.malformed  ${lines[at]!.day}\n`).join(""),
    );
    expect((await run("list", "--kind", "mix")).out).toBe("");

    expect(await run("retry", first!)).toMatchObject({ code: 0, out: `triage ${first} is tried again\n` });
    expect(await queues.unfinished("triage")).toBe(1);
    expect(JSON.parse((await run("discard", second!, "--json")).out)).toEqual({ kind: "triage", job: second });
    expect(await run("discard", second!)).toMatchObject({ code: 1, out: "" });
    expect((await run("health")).out).toContain("triage     1 unfinished, 0 given up\n");
    expect((await run("retry", "+22370000001")).code).toBe(2);
    await using store = await openStore({ connection: place.connection, asFound: true });
    const rows = await listAudit(store.db, 0, 9);
    expect(rows.map(({ actor, action, object }) => [actor, action, object])).toEqual([
      [null, "jobRetried", auditObject(utf8("triage"), fromHex(first!)!)],
      [null, "jobDiscarded", auditObject(utf8("triage"), fromHex(second!)!)],
    ]);
    expect(verifyAudit(rows, { instance: "any", keysOf: () => [], checkpoints: [] })).toMatchObject({ ok: true });
    expect((await run("list", "--kind", "other")).code).toBe(2);
  });
});

test("a queue that is not there is refused in a sentence, and nothing is made", async () => {
  const home = await temporaryHome();
  const cases = [
    [{ GUNDO_HOME: home }, "store.unavailable"],
    [{ GUNDO_HOME: home, REDIS_URL: "/nowhere/redis.sock" }, "queue.unavailable"],
    [{ GUNDO_HOME: home, REDIS_URL: "redis://10.0.0.1" }, "config.refused"],
  ] as const;
  for (const [environment, code] of cases) {
    const said = await runGundoIn(environment, "queue", "health");
    expect([said.code, said.out]).toEqual([1, ""]);
    expect(said.err).toContain(`(${code})`);
  }
});

test.runIf(redisIsHere)(
  "what cannot be written down is not done: with Redis and no database the job stays as it was",
  async () => {
    const bench = await withRedisQueues();
    const environment = { GUNDO_HOME: await temporaryHome(), REDIS_URL: bench.server.path };
    const queues = await bench.open(settings);
    const worker = queues.work("triage", () => Promise.reject(new Fault("report.malformed")));
    await queues.addMany("triage", [hex(systemChance.bytes(16))]);
    await expect.poll(async () => (await queues.deadLetters("triage").list()).length, patience).toBe(1);
    await worker.close();
    const [letter] = await queues.deadLetters("triage").list();
    for (const act of ["retry", "discard"]) {
      const said = await runGundoIn(environment, "queue", act, letter!.job);
      expect([said.code, said.err.includes("(store.unavailable)")]).toEqual([1, true]);
    }
    expect(await queues.deadLetters("triage").list()).toEqual([letter]);
    await queues.close();
    await bench.stop();
  },
);
