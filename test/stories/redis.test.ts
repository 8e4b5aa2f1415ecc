import { createRedisBackend, Queue } from "bullmq";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import { systemChance } from "../../src/base/chance.ts";
import { openRedisQueues, prefixOf } from "../../src/queue/redis.ts";
import { reachEmbedded } from "../../src/store/embedded/reach.ts";
import { canary } from "../support/canary.ts";
import { inboxOf, inboxWith, postSms, startInstance, type Instance } from "../support/instance.ts";
import { redisAt, redisIsHere, withRedis, type TestRedis } from "../support/redis.ts";
import { until } from "../support/store.ts";
import { runGundoIn } from "../support/terminal.ts";

const number = "+22370004343" as E164;
const place = "Tassiga-Labbézanga";
const texts = ["premier", "deuxième", "troisième"].map(
  (word) => `Le ${word} camion d'armes dort à ${place} chez le chef`,
);

describe.runIf(redisIsHere)("a whole instance with its queues on Redis", () => {
  let redis: TestRedis;
  let instance: Instance;
  beforeAll(async () => {
    redis = await withRedis();
    instance = await startInstance({ REDIS_URL: redis.path });
  });
  afterAll(async () => {
    await instance?.kill("SIGINT");
    await redis?.stop();
  });
  const ready = async (): Promise<number> => (await fetch(`${instance.url}/readyz`)).status;
  const say = (index: number): Promise<number> =>
    postSms(instance, { from: number, id: `redis-${index}`, text: texts[index]! });

  async function offers(): Promise<number> {
    const client = new pg.Client(await reachEmbedded(instance.home));
    await client.connect();
    const { rows } = await client.query<{ count: string }>("select count(distinct report_id) from offer");
    await client.end();
    return Number(rows[0]!.count);
  }

  test("a report arrives, and gundo queue reads the Redis that the instance uses", async () => {
    expect(await say(0)).toBe(200);
    await inboxWith(instance, instance.demo.reviewers[0]!, 1);
    await until(async () => (await offers()) === 1);
    const said = await runGundoIn({ GUNDO_HOME: instance.home, REDIS_URL: redis.path }, "queue", "health", "--json");
    expect(JSON.parse(said.out)).toMatchObject({ ready: true });
  });

  test("all of Redis is flushed: ticks come back, and the sweep adds the job that was lost", async () => {
    const client = redis.client();
    const triage = new Queue("triage", { connection: client, prefix: prefixOf("triage") }, createRedisBackend);
    await triage.pause();
    expect(await say(1)).toBe(200);
    await inboxWith(instance, instance.demo.reviewers[0]!, 2);
    await until(async () => (await triage.getWaitingCount()) + (await triage.getPrioritizedCount()) > 0);
    await client.flushall();
    await triage.close();
    expect(await say(2)).toBe(200);
    await inboxWith(instance, instance.demo.reviewers[0]!, 3);
    await until(async () => (await offers()) === 2);
    const queues = await openRedisQueues({
      connection: redisAt(redis.path),
      chance: systemChance,
      emit: () => undefined,
    });
    await queues.add("sweep", null);
    await until(async () => (await offers()) === 3);
    await queues.close();
  });

  test("Redis is killed: not ready, and reports are taken all the same; back again, they come out", async () => {
    await redis.kill();
    await until(async () => (await ready()) === 503);
    const answer = await fetch(`${instance.url}/readyz`);
    expect(await answer.json()).toMatchObject({ code: "queue.unavailable" });
    expect(await postSms(instance, { from: number, id: "away", text: texts[0]! + " encore" })).toBe(200);
    await redis.start();
    await until(async () => (await ready()) === 200);
    await inboxWith(instance, instance.demo.reviewers[0]!, 4);
    expect((await inboxOf(instance, instance.demo.reviewers[1]!)).length).toBe(4);
  });

  test("the canary: not in Redis's memory, append-only file or snapshot, nor anywhere else", async () => {
    const scan = canary({ numbers: [number], places: [place], texts });
    const haystack = {
      directories: [instance.home],
      contents: [{ where: "printed", content: instance.printed() }],
      processes: await instance.processes(),
      redis: [redis],
    };
    expect(await scan.scan(haystack)).toEqual([]);
    // The scan reads what Redis keeps.
    await redis.client().set("planted", texts[0]!);
    expect(new Set((await scan.scan({ redis: [redis] })).map(({ needle }) => needle))).toContain(texts[0]);
  });
});
