import type { Chance } from "../src/base/chance.ts";
import type { Clock } from "../src/base/clock.ts";
import type { Queues } from "../src/queue/queue.ts";
import type { Store } from "../src/store/open.ts";
import { sweeps } from "../src/triage/sweep.ts";

const sweepMs = 600_000;

/** Heals what a crash left and deletes what is due (triage.md, sweep): at once after a start, then every ten minutes. */
export async function startSweep(queues: Queues, store: Store, clock: Clock, chance: Chance): Promise<void> {
  const enqueue = (ids: readonly string[]): Promise<void> => queues.addMany("triage", ids);
  queues.work("sweep", sweeps({ store, enqueue, sweepEvents: () => queues.sweepEvents(), clock, chance }));
  await queues.every("sweep", sweepMs);
  await queues.add("sweep", null);
}
