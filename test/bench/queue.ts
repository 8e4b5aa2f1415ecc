import { hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { systemClock } from "../../src/base/clock.ts";
import type { QueueSettings } from "../../src/queue/backend.ts";
import type { Queues } from "../../src/queue/queue.ts";
import { withPostgresQueues } from "../support/queue.ts";
import { redisIsHere } from "../support/redis.ts";
import { withRedisQueues } from "../support/redis-queue.ts";

const jobs = 2_000;
const concurrency = 10;
const settings = { chance: systemChance, emit: () => undefined };

interface Rates {
  /** Added one by one, all at once, and worked, each a second. */
  readonly one: number;
  readonly many: number;
  readonly worked: number;
}

/** Jobs a second on both backends in one run, each durable before it is acknowledged, and the second over the first. */
export async function queueBench(): Promise<readonly string[]> {
  const postgres = await ratesOf(await withPostgresQueues());
  const lines = [lineOf("PostgreSQL", postgres)];
  if (!redisIsHere) return [...lines, "no redis-server on this machine"];
  const redis = await ratesOf(await withRedisQueues());
  const ratio = (of: keyof Rates): string => (redis[of] / postgres[of]).toFixed(1);
  const ratios = `Redis over PostgreSQL: added ${ratio("one")}, in bulk ${ratio("many")}, worked ${ratio("worked")}`;
  return [...lines, lineOf("Redis", redis), ratios];
}

interface Opened {
  open(settings: QueueSettings): Promise<Queues>;
  stop(): Promise<void>;
}

async function ratesOf(bench: Opened): Promise<Rates> {
  const queues = await bench.open(settings);
  const ids = Array.from({ length: jobs }, () => hex(systemChance.bytes(16)));
  const one = await perSecond(jobs / 10, async () => {
    for (const id of ids.slice(0, jobs / 10)) await queues.add("triage", id);
  });
  const many = await perSecond(jobs, () => queues.addMany("triage", ids));
  const worked = await perSecond(jobs + jobs / 10, () => workAll(queues, jobs + jobs / 10));
  await queues.close();
  await bench.stop();
  return { one, many, worked };
}

function workAll(queues: Queues, count: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = count;
  const handler = async (): Promise<void> => {
    left -= 1;
    if (left === 0) resolve();
  };
  queues.work("triage", handler, { concurrency });
  return promise;
}

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const startedMs = systemClock.nowMs();
  await work();
  return (count * 1000) / (systemClock.nowMs() - startedMs);
}

function lineOf(name: string, { one, many, worked }: Rates): string {
  const rates = [one, many, worked].map((rate) => String(Math.round(rate)));
  return `${name}: ${rates[0]} added a second one by one, ${rates[1]} in bulk, ${rates[2]} worked ten at a time`;
}
