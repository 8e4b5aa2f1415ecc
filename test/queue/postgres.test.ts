import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import { hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { msPerDay } from "../../src/base/clock.ts";
import { Fault } from "../../src/base/fault.ts";
import { openPostgresQueues } from "../../src/queue/postgres.ts";
import type { Queues } from "../../src/queue/queue.ts";
import { queueConformance } from "../conformance/queue.ts";
import { canary } from "../support/canary.ts";
import { withPostgresQueues, type PostgresBench } from "../support/queue.ts";

queueConformance("PostgreSQL", withPostgresQueues);

const newId = (): string => hex(systemChance.bytes(16));
const patience = { timeout: 30_000, interval: 20 };

describe("what PostgreSQL keeps of a job (src/queue/README.md)", () => {
  let bench: PostgresBench;
  let queues: Queues;

  beforeAll(async () => {
    bench = await withPostgresQueues();
    queues = await bench.open({ chance: systemChance, emit: () => undefined, backoff_ms: 1 });
  });
  afterEach(() => bench.clear());
  afterAll(async () => {
    await queues.close();
    await bench.stop();
  });

  async function rowsIn(table: string): Promise<Record<string, unknown>[]> {
    const { rows } = await bench.pool.query<Record<string, unknown>>(`select * from ${table}`);
    return rows;
  }

  async function run(ids: readonly string[], handler: () => Promise<void>): Promise<void> {
    const worker = queues.work("triage", handler);
    await queues.addMany("triage", ids);
    await expect.poll(async () => await queues.unfinished("triage"), patience).toBe(0);
    await worker.close();
  }

  test("of a job that ended well, events only; job ids in them are not the ids of the payload", async () => {
    const ids = [newId(), newId(), newId()];
    await run(ids, async () => undefined);
    expect(await rowsIn("job")).toEqual([]);
    const events = await rowsIn("event");
    expect(events.length).toBeGreaterThan(ids.length);
    for (const id of ids) expect(JSON.stringify(events)).not.toContain(id);
  });

  test("the sweep deletes every event row and says how many", async () => {
    await run([newId(), newId()], async () => undefined);
    const { length } = await rowsIn("event");
    expect(await queues.sweepEvents()).toBe(length);
    expect(await rowsIn("event")).toEqual([]);
  });

  test("of a dead letter, its payload and a code: no stack, no return value, no time finer than the day once swept", async () => {
    const id = newId();
    await run([id], () => Promise.reject(new Fault("report.malformed", { cause: new Error("Fanta said") })));
    const [before] = await rowsIn("job");
    expect(before).toMatchObject({
      data: { v: 1, kind: "triage", id },
      failed_reason: "report.malformed",
      stacktrace: [],
      return_value: null,
      processed_by: null,
    });
    await queues.sweepEvents();
    const [after] = await rowsIn("job");
    for (const column of Object.keys(after!).filter((one) => one.endsWith("_at_ms") && after![one] !== null))
      expect(Number(after![column]) % msPerDay, column).toBe(0);
    const options = ["attempts", "backoff", "jobId", "removeOnComplete", "removeOnFail", "stackTraceLimit"];
    expect(Object.keys(after!["opts"] as object).toSorted()).toEqual(options);
  });

  test("a dead letter dies after 14 days, not before", async () => {
    await run([newId(), newId()], () => Promise.reject(new Fault("report.malformed")));
    const [old, young] = await queues.deadLetters("triage").list();
    const age = "update job set finished_at_ms = finished_at_ms - $1::bigint where id = $2";
    await bench.pool.query(age, [16 * msPerDay, old!.job]);
    await bench.pool.query(age, [12 * msPerDay, young!.job]);
    await queues.sweepEvents();
    expect((await queues.deadLetters("triage").list()).map(({ job }) => job)).toEqual([young!.job]);
  });

  test("nothing that a handler throws is on disk: heap, indexes or log", async () => {
    const [number, name] = ["+22370006172" as E164, "Fanta Keïta"];
    const bird = canary({ numbers: [number], names: [name] });
    await run([newId()], () => Promise.reject(new TypeError(`${name} called ${number}`)));
    await bench.pool.query("checkpoint");
    expect(await bird.scan({ directories: [bench.home] })).toEqual([]);
    // The scan reads what PostgreSQL writes: the same words in a job that is not ours are found.
    await bench.addForeign("sweep", { text: `${name} called ${number}` });
    await bench.pool.query("checkpoint");
    const found = await bird.scan({ directories: [bench.home] });
    expect(new Set(found.map(({ needle }) => needle))).toEqual(new Set([number, name]));
  });

  test("the README tells of every table", async () => {
    const { rows } = await bench.pool.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'bullmq'",
    );
    const told = readFileSync("src/queue/README.md", "utf8");
    expect(rows.length).toBeGreaterThan(5);
    for (const { name } of rows) expect(told).toContain(`\`${name}\``);
  });

  test("as many workers as were provided for run side by side, and the rest of the queue still answers", async () => {
    const crowd = await bench.open({ chance: systemChance, emit: () => undefined, maxWorkers: 12 });
    let taken = 0;
    const release = Promise.withResolvers<void>();
    for (let count = 0; count < 12; count++)
      crowd.work("triage", async () => {
        taken += 1;
        await release.promise;
      });
    await crowd.addMany("triage", Array.from({ length: 12 }, newId));
    await expect.poll(() => taken, patience).toBe(12);
    expect(await crowd.unfinished("triage")).toBe(12);
    release.resolve();
    await crowd.close();
  });
});

test("a database that is not there is a refusal without words", async () => {
  const opening = openPostgresQueues({
    connection: "postgres://nobody:Fanta@127.0.0.1:1/nowhere",
    chance: systemChance,
    emit: () => undefined,
  });
  const refusal: unknown = await opening.catch((thrown: unknown) => thrown);
  expect(refusal).toEqual(new Fault("queue.unavailable"));
  expect((refusal as Fault).cause).toBeUndefined();
});
