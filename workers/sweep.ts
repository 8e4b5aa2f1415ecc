import type { Queues } from "../src/queue/queue.ts";
import type { Store } from "../src/store/open.ts";
import { sweeps } from "../src/triage/sweep.ts";
import type { Machine } from "./phone-means.ts";

const sweepMs = 600_000;

/** Heals what a crash left and deletes what is due (triage.md, sweep): at once after a start, then every ten minutes. */
export async function startSweep(queues: Queues, store: Store, machine: Machine): Promise<void> {
  const enqueue = (ids: readonly string[]): Promise<void> => queues.addMany("triage", ids);
  queues.work("sweep", sweeps({ store, enqueue, sweepEvents: () => queues.sweepEvents(), ...machine }));
  await queues.every("sweep", sweepMs);
  await queues.add("sweep", null);
}
