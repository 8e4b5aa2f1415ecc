import { systemChance } from "../../src/base/chance.ts";
import { openPostgresQueues, type PostgresConnection } from "../../src/queue/postgres.ts";

/** What the parent sends: where the queues are, and the lock to take jobs under. */
export interface Start {
  readonly connection: PostgresConnection;
  readonly lock_ms: number;
}

/** Takes one triage job, tells its parent, and never ends it: the parent ends this process instead. */
async function takeOne({ connection, lock_ms }: Start): Promise<void> {
  const queues = await openPostgresQueues({ connection, lock_ms, chance: systemChance, emit: () => undefined });
  queues.work("triage", async (id) => {
    process.send!(id);
    await new Promise(() => undefined);
  });
}

process.once("message", (start: Start) => void takeOne(start));
