import type { Chance } from "../src/base/chance.ts";
import type { Clock } from "../src/base/clock.ts";
import type { Mode } from "../src/config/config.ts";
import type { Queues } from "../src/queue/queue.ts";
import type { Store } from "../src/store/open.ts";
import { demoMixRule, mixRule, mixTicks } from "../src/triage/mix.ts";

const tickMs: Record<Mode, number> = { production: 15_000, demo: 1_000 };

/** Moves arrivals into `report`, shuffled (triage.md, mix). */
export async function startMix(queues: Queues, store: Store, mode: Mode, clock: Clock, chance: Chance): Promise<void> {
  const rule = mode === "demo" ? demoMixRule : mixRule;
  const tick = mixTicks({ store, rule, clock, chance, enqueue: (ids) => queues.addMany("triage", ids) });
  queues.work("mix", tick);
  await queues.every("mix", tickMs[mode]);
}
