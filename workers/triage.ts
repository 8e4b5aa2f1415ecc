import { parseReportId } from "../src/base/brand.ts";
import type { Clock } from "../src/base/clock.ts";
import { Fault } from "../src/base/fault.ts";
import type { Queues } from "../src/queue/queue.ts";
import type { Store } from "../src/store/open.ts";
import { offerReport } from "../src/triage/offer.ts";

/** Sets deadlines and offers each mixed report to its desk (triage.md, triage). */
export function startTriage(queues: Queues, store: Store, clock: Clock): void {
  queues.work("triage", async (id) => {
    const report = parseReportId(id ?? "");
    if (report === null) throw new Fault("bug");
    await offerReport(store, report, clock);
  });
}
