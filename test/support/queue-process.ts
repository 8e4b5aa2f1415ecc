import { systemChance } from "../../src/base/chance.ts";
import { Secret } from "../../src/base/secret.ts";
import { parseRedisUrl } from "../../src/config/redis-address.ts";
import type { QueueSettings } from "../../src/queue/backend.ts";
import { openPostgresQueues, type PostgresConnection } from "../../src/queue/postgres.ts";
import type { Queues } from "../../src/queue/queue.ts";
import { openRedisQueues } from "../../src/queue/redis.ts";

/** What the parent sends: where the queues are, and the lock to take jobs under. */
export type Start = { readonly lock_ms: number } & (
  | { readonly connection: PostgresConnection }
  | { readonly redis: string }
);

/** Takes one triage job, tells its parent, and never ends it: the parent ends this process instead. */
async function takeOne(start: Start): Promise<void> {
  const queues = await open(start, { lock_ms: start.lock_ms, chance: systemChance, emit: () => undefined });
  queues.work("triage", async (id) => {
    process.send!(id);
    await new Promise(() => undefined);
  });
}

function open(start: Start, settings: QueueSettings): Promise<Queues> {
  if ("connection" in start) return openPostgresQueues({ ...settings, connection: start.connection });
  return openRedisQueues({ ...settings, connection: new Secret(parseRedisUrl(start.redis)!) });
}

process.once("message", (start: Start) => void takeOne(start));
