import type { Chance } from "../src/base/chance.ts";
import type { Emit } from "../src/base/events.ts";
import type { Secrets } from "../src/config/config.ts";
import { openPostgresQueues, type PostgresConnection } from "../src/queue/postgres.ts";
import type { Queues } from "../src/queue/queue.ts";
import { openRedisQueues } from "../src/queue/redis.ts";
import type { Store } from "../src/store/open.ts";
import { startMailbox } from "./mailbox.ts";
import { startMix } from "./mix.ts";
import type { Machine } from "./phone-means.ts";
import { startSweep } from "./sweep.ts";
import { startTriage } from "./triage.ts";

/** The queues: on Redis when `REDIS_URL` is set, else beside the store (triage.md, Queues). Rejects as they do. */
export function openQueues(
  { redis }: Pick<Secrets, "redis">,
  connection: PostgresConnection,
  chance: Chance,
  emit: Emit,
): Promise<Queues> {
  if (redis === null) return openPostgresQueues({ connection, chance, emit });
  return openRedisQueues({ connection: redis, chance, emit });
}

/** Every worker of a process, but the one that the core keeps beside its keys. */
export async function startWorkers(queues: Queues, store: Store, machine: Machine): Promise<void> {
  const { mode, clock, chance } = machine;
  startTriage(queues, store, clock);
  await startMix(queues, store, mode, clock, chance);
  await startMailbox(queues, store, mode, clock, chance);
  await startSweep(queues, store, machine);
}
