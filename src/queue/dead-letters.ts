import type { BullQueue } from "./bullmq.ts";
import { dayOf, type UnixMs } from "../base/clock.ts";
import { deadLetterCount } from "./backend.ts";
import { parsePayload } from "./jobs.ts";
import type { DeadLetter, DeadLetters } from "./queue.ts";
import { parseFaultCode } from "./retry.ts";

interface FailedJob {
  readonly id?: string | undefined;
  readonly data: unknown;
  readonly failedReason: string;
  readonly finishedOn?: number | undefined;
}

type Reach = <T>(answer: Promise<T>) => Promise<T>;

/** The failed jobs of one BullMQ queue. */
export function deadLettersOf(queue: BullQueue, reach: Reach): DeadLetters {
  async function failed(job: string) {
    const found = await reach(queue.getJob(job));
    return found !== undefined && (await reach(found.isFailed())) ? found : null;
  }
  return {
    async list() {
      const jobs = await reach(queue.getFailed(0, deadLetterCount));
      return jobs.map((job) => letterOf(job)).toReversed();
    },
    async retry(job) {
      const found = await failed(job);
      if (found !== null) await reach(found.retry("failed", { resetAttemptsMade: true }));
      return found !== null;
    },
    async discard(job) {
      const found = await failed(job);
      if (found !== null) await reach(found.remove());
      return found !== null;
    },
  };
}

function letterOf({ id, data, failedReason, finishedOn }: FailedJob): DeadLetter {
  const day = dayOf((finishedOn ?? 0) as UnixMs);
  return { job: id ?? "", id: shownId(data), code: parseFaultCode(failedReason) ?? "stalled", day };
}

/** Null also for a payload that is not ours, so that nothing strange is shown. */
function shownId(data: unknown): string | null {
  try {
    return parsePayload(data).id;
  } catch {
    return null;
  }
}
