import { createRedisBackend, type KeyPrefixOptions, type QueueBaseOptions } from "bullmq";
import type { Emit } from "../base/events.ts";
import { Fault } from "../base/fault.ts";
import type { Secret } from "../base/secret.ts";
import { deadLetterDays, type Backend, type QueueSettings } from "./backend.ts";
import { BullQueues } from "./bullmq.ts";
import { Health } from "./health.ts";
import { jobKinds, type JobKind, type Queues } from "./queue.ts";
import { RedisClients, serversOf, type RedisClient, type RedisConnection } from "./redis-client.ts";
import { forgetOnDisk, refuseEviction } from "./redis-disk.ts";

export interface RedisQueueSettings extends QueueSettings {
  readonly connection: Secret<RedisConnection>;
}

/**
 * Queues in Redis, or in a Redis Cluster when the server says that it is of one.
 *
 * @throws Fault `queue.unavailable` when it cannot be reached or refuses; `queue.evicts` when it may drop keys.
 */
export async function openRedisQueues(settings: RedisQueueSettings): Promise<Queues> {
  const health = new Health(settings.emit);
  const clients = new RedisClients(settings.connection, health);
  const backend = await backendOn(clients, health, settings.emit);
  return await BullQueues.open(backend, settings);
}

async function backendOn(clients: RedisClients, health: Health, emit: Emit): Promise<Backend> {
  try {
    const { caller, worker } = await clients.connect();
    await Promise.all(serversOf(caller).map(refuseEviction));
    return backendOf(clients, caller, worker, health, emit);
  } catch (thrown) {
    clients.close();
    // ioredis's own errors name hosts and quote commands.
    throw thrown instanceof Fault ? thrown : new Fault("queue.unavailable");
  }
}

function backendOf(
  clients: RedisClients,
  caller: RedisClient,
  worker: RedisClient,
  health: Health,
  emit: Emit,
): Backend {
  const tellOnce = once(() => emit({ event: "failed", part: "queue", code: "queue.remembers" }));
  return {
    health,
    factory: (name, options, extra) => {
      // A worker's commands wait for a server that is away, or what it did would have to be done again.
      const connection = extra?.withBlockingConnection === true ? worker : caller;
      const prefixed: QueueBaseOptions & KeyPrefixOptions = { ...options, connection, prefix: prefixOf(name) };
      return createRedisBackend(name, prefixed, extra);
    },
    ping: async () => void (await Promise.all(jobKinds.map((kind) => caller.set(readyKeyOf(kind), "1")))),
    sweepEvents: async () => {
      const swept = await Promise.all(jobKinds.map((kind) => sweep(caller, kind)));
      const forgot = await Promise.all(serversOf(caller).map(forgetOnDisk));
      if (forgot.includes(false)) tellOnce();
      return swept.reduce((sum, events) => sum + events, 0);
    },
    letGo: () => clients.letGo(),
    close: async () => clients.close(),
  };
}

function once(tell: () => void): () => void {
  let told = false;
  return () => {
    if (!told) tell();
    told = true;
  };
}

/** Braces keep the keys of one queue in one slot of a cluster, as its scripts need; the queues spread over the nodes. */
export function prefixOf(kind: string): string {
  return `gundo:{${kind}}`;
}

/** Written to see whether jobs can be added: a full, read-only or ailing server answers a mere PING all the same. */
function readyKeyOf(kind: JobKind): string {
  return `${prefixOf(kind)}:ready`;
}

async function sweep(client: RedisClient, kind: JobKind): Promise<number> {
  const start = `${prefixOf(kind)}:${kind}:`;
  const keys = ["events", "id", "failed"].map((name) => start + name);
  return Number(await client.eval(sweepScript, keys.length, ...keys, start, deadLetterDays));
}

/**
 * The stream of events goes whole, with the time of the last one, and so does the count of all jobs there ever were.
 * Dead letters keep no time finer than a day, and those past their days die. KEYS: events, id, failed; ARGV: the start
 * of a job's key, days.
 */
const sweepScript = `
  local day = 86400000
  local oldest = redis.call('TIME')[1] * 1000 - ARGV[2] * day
  local events = redis.call('XLEN', KEYS[1])
  redis.call('DEL', KEYS[1], KEYS[2])
  local failed = redis.call('ZRANGE', KEYS[3], 0, -1, 'WITHSCORES')
  local function floored(ms) return string.format('%.0f', ms - ms % day) end
  for at = 1, #failed, 2 do
    local job, ended = ARGV[1] .. failed[at], tonumber(failed[at + 1])
    if ended < oldest then
      redis.call('ZREM', KEYS[3], failed[at])
      redis.call('DEL', job, job .. ':logs')
    else
      redis.call('ZADD', KEYS[3], 'XX', floored(ended), failed[at])
      for _, field in ipairs({'timestamp', 'processedOn', 'finishedOn'}) do
        local ms = tonumber(redis.call('HGET', job, field) or nil)
        if ms then redis.call('HSET', job, field, floored(ms)) end
      end
    end
  end
  return events`;
