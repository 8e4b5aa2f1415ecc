import type { BullQueue } from "./bullmq.ts";
import { deadLetterCount } from "./backend.ts";
import { parsePayload } from "./jobs.ts";
import type { DeadLetter, DeadLetters } from "./queue.ts";
import { parseFaultCode } from "./retry.ts";

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
      return jobs.map((job) => letterOf(job.id, job.data, job.failedReason)).toReversed();
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

function letterOf(job: string | undefined, data: unknown, reason: string): DeadLetter {
  return { job: job ?? "", id: shownId(data), code: parseFaultCode(reason) ?? "stalled" };
}

/** Null also for a payload that is not ours, so that nothing strange is shown. */
function shownId(data: unknown): string | null {
  try {
    return parsePayload(data).id;
  } catch {
    return null;
  }
}
