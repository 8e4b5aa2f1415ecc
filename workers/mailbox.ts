import type { Chance } from "../src/base/chance.ts";
import { msPerHour, type Clock } from "../src/base/clock.ts";
import type { Mode } from "../src/config/config.ts";
import type { Queues } from "../src/queue/queue.ts";
import type { Store } from "../src/store/open.ts";
import { answerReleases, demoReleaseRule, releaseRule } from "../src/triage/mailbox.ts";

const tickMs: Record<Mode, number> = { production: msPerHour, demo: 2_000 };

/** Releases answers and acknowledgements, shuffled, with decoys (triage.md, mailbox). */
export async function startMailbox(
  queues: Queues,
  store: Store,
  mode: Mode,
  clock: Clock,
  chance: Chance,
): Promise<void> {
  const rule = mode === "demo" ? demoReleaseRule : releaseRule;
  queues.work("mailbox", answerReleases({ store, rule, clock, chance }));
  await queues.every("mailbox", tickMs[mode]);
}
