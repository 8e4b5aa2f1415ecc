import { readFileSync } from "node:fs";
import type { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import { hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { msPerDay } from "../../src/base/clock.ts";
import type { Event } from "../../src/base/events.ts";
import { Fault } from "../../src/base/fault.ts";
import { jobKinds, type Queues } from "../../src/queue/queue.ts";
import { openRedisQueues } from "../../src/queue/redis.ts";
import { canary } from "../support/canary.ts";
import { redisAt, redisIsHere, withRedis } from "../support/redis.ts";
import { contentsOf, settledOnDisk } from "../support/redis-contents.ts";
import { withRedisQueues, type RedisBench } from "../support/redis-queue.ts";

const newId = (): string => hex(systemChance.bytes(16));
const patience = { timeout: 30_000, interval: 20 };
const letterKey = (job: string): string => `gundo:{triage}:triage:${job}`;
const giveUp = (): Promise<void> => Promise.reject(new Fault("report.malformed", { cause: new Error("Fanta said") }));

describe.runIf(redisIsHere)("what Redis keeps of a job (src/queue/README.md)", () => {
  let bench: RedisBench;
  let client: Redis;
  let queues: Queues;

  beforeAll(async () => {
    bench = await withRedisQueues();
    client = bench.server.client();
  });
  async function open(): Promise<void> {
    queues = await bench.open({ chance: systemChance, emit: () => undefined, backoff_ms: 1 });
  }
  afterEach(async () => {
    await queues.close();
    await bench.clear();
  });
  afterAll(() => bench.stop());

  async function run(ids: readonly string[], handler: () => Promise<void>): Promise<void> {
    const worker = queues.work("triage", handler);
    await queues.addMany("triage", ids);
    await expect.poll(async () => await queues.unfinished("triage"), patience).toBe(0);
    await worker.close();
  }

  test("of a job that ended well, no id once swept, in memory or on disk; nor how many there were", async () => {
    await open();
    const ids = Array.from({ length: 20 }, newId);
    await run(ids, async () => undefined);
    expect(await client.get("gundo:{triage}:triage:id")).toBe("20");
    await queues.sweepEvents();
    const kept = await contentsOf(client);
    expect([...kept.keys()].filter((key) => !/:(meta|ready|stalled-check|marker)$/.test(key))).toEqual([]);
    await settledOnDisk(client);
    const disk = canary({ texts: ids });
    expect(await disk.scan({ directories: [bench.server.home] })).toEqual([]);
    // The scan reads what Redis writes.
    await queues.add("triage", ids[0]!);
    expect(await disk.scan({ directories: [bench.server.home] })).not.toEqual([]);
  });

  test("of a dead letter, its payload and a code, and no time finer than the day once swept", async () => {
    await open();
    const id = newId();
    await run([id], giveUp);
    const [letter] = await queues.deadLetters("triage").list();
    await queues.sweepEvents();
    const job = await client.hgetall(letterKey(letter!.job));
    expect(JSON.parse(job["data"]!)).toEqual({ v: 1, kind: "triage", id });
    expect(job["failedReason"]).toBe("report.malformed");
    expect(job["stacktrace"]).toBe("[]");
    expect(job["returnvalue"]).toBeUndefined();
    for (const field of ["timestamp", "processedOn", "finishedOn"])
      expect(Number(job[field]) % msPerDay, field).toBe(0);
    expect(Number(await client.zscore("gundo:{triage}:triage:failed", letter!.job)) % msPerDay).toBe(0);
    expect(await queues.deadLetters("triage").list()).toEqual([letter]);
  });

  test("a dead letter dies after 14 days, not before", async () => {
    await open();
    await run([newId(), newId()], giveUp);
    const [old, young] = await queues.deadLetters("triage").list();
    for (const [letter, days] of [
      [old!, 16],
      [young!, 12],
    ] as const)
      await client.zincrby("gundo:{triage}:triage:failed", -days * msPerDay, letter.job);
    await queues.sweepEvents();
    expect((await queues.deadLetters("triage").list()).map(({ job }) => job)).toEqual([young!.job]);
    expect(await client.exists(letterKey(old!.job))).toBe(0);
  });

  test("every key and value that work, ticks, retries, delays and dead letters leave is of a form that holds no content", async () => {
    await open();
    const ids = Array.from({ length: 3 }, newId);
    queues.work("mix", async () => undefined);
    await queues.every("mix", 60_000);
    await run([ids[0]!], giveUp);
    await queues.add("triage", ids[1]!, { delay_ms: 60_000, dedupe: "a.key" });
    let tries = 0;
    const retried = queues.work("triage", () =>
      Promise.reject(new Fault((tries += 1) < 3 ? "store.unavailable" : "bug")),
    );
    await queues.add("triage", ids[2]!);
    await expect.poll(() => tries, patience).toBeGreaterThan(3);
    await retried.close();
    const told = readFileSync("src/queue/README.md", "utf8");
    const kept = await contentsOf(client);
    expect(kept.size).toBeGreaterThan(8);
    for (const [key, words] of kept) {
      const name = /^gundo:\{[a-z]+\}:(?:[a-z]+:)?([a-z-]+|[0-9a-f]{32})(:lock|:[a-z.]+)?$/.exec(key)?.[1];
      expect(name, key).toBeDefined();
      expect(told).toContain(`\`${name!.length === 32 ? "<job>" : name!}\``);
      for (const word of words) expect(isContentFree(word), `${key}: ${word}`).toBe(true);
    }
  });

  test("nothing that a handler throws is in memory, append-only file or snapshot", async () => {
    await open();
    const [number, name] = ["+22370006172" as E164, "Fanta Keïta"];
    const bird = canary({ numbers: [number], names: [name] });
    await run([newId()], () => Promise.reject(new TypeError(`${name} called ${number}`)));
    const haystack = { redis: [bench.server] };
    expect(await bird.scan(haystack)).toEqual([]);
    // The scan reads what Redis keeps: the same words in a job that is not ours are found, in memory and in both files.
    await bench.addForeign("sweep", { text: `${name} called ${number}` });
    const found = await bird.scan(haystack);
    expect(new Set(found.map(({ needle }) => needle))).toEqual(new Set([number, name]));
    for (const where of [/^memory of Redis/, /\.rdb$/, /\.aof$/])
      expect(
        found.some((hit) => where.test(hit.where)),
        String(where),
      ).toBe(true);
  });
});

test.runIf(redisIsHere)("a server that does not let its files be rewritten is told of once", async () => {
  const server = await withRedis({ user: ["default", "on", "nopass", "~*", "&*", "+@all", "-bgrewriteaof"] });
  const events: Event[] = [];
  const queues = await openRedisQueues({
    connection: redisAt(server.path),
    chance: systemChance,
    emit: (event) => events.push(event),
  });
  for (let times = 0; times < 2; times++) {
    await queues.sweepEvents();
    await settledOnDisk(server.client());
  }
  expect(events).toEqual([{ event: "failed", part: "queue", code: "queue.remembers" }]);
  await queues.close();
  await server.stop();
});

/** Our ids, codes and names, BullMQ's options and tokens, and numbers. */
function isContentFree(word: string): boolean {
  const forms = [
    /^[0-9a-f]{32}$/,
    /^\d{1,16}(\.\d+)?$/,
    new RegExp(`^(tick\\.)?(${jobKinds.join("|")})$`),
    /^(report\.malformed|store\.unavailable|bug|a\.key)$/,
    /^\{"v":1,"kind":"[a-z]+","id":(null|"[0-9a-f]{32}")\}$/,
    /^bullmq:\d+\.\d+\.\d+$/,
    /^\[\]$/,
    /^\{"(attempts|backoff|jobId|removeOnComplete|removeOnFail|stackTraceLimit|delay|de|deduplication)":[a-z0-9":{},.]*\}$/i,
    /^(data|name|opts|timestamp|delay|priority|processedOn|finishedOn|failedReason|stacktrace|ats|atm|stc|deid|defa|version|opts\.maxLenEvents)$/,
    /^(event|jobId|prev|added|waiting|active|completed|returnvalue|null|delayed|failed|drained|retries-exhausted|deduplicated|debounced|attemptsMade)$/,
    /^[0-9a-f-]{36}:\d+$/,
  ];
  return forms.some((form) => form.test(word));
}
