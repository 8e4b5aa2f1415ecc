import { setTimeout as pause } from "node:timers/promises";
import type { IQueueBackend, Worker as BullWorker } from "bullmq";
import type { Payload } from "./jobs.ts";
import type { JobKind, Worker } from "./queue.ts";

export type Taker = BullWorker<Payload, void, JobKind, IQueueBackend, object>;

// BullMQ's own 15 s would leave a worker idle long after the database is back.
export const reconnect_ms = 1_000;

/**
 * A BullMQ worker with two of its edges taken off: one that could not connect when it was made never works again, so it
 * is made anew until it can; and one closed before it is ready takes a connection afterwards that nobody gives back, so
 * closing waits for it to be ready.
 */
export function keepWorking(make: () => Taker): Worker {
  const closing = new AbortController();
  let taker = make();

  async function connected(): Promise<boolean> {
    try {
      await taker.waitUntilReady();
      return true;
    } catch {
      // Told by its "error" listener.
      return false;
    }
  }

  async function start(): Promise<void> {
    while (!(await connected()) && !closing.signal.aborted) {
      await taker.close();
      await pause(reconnect_ms);
      taker = make();
    }
  }

  const started = start();
  return {
    close: async () => {
      closing.abort();
      // At once: one that is not quite ready may have a job in hand, and would take the next one meanwhile.
      await taker.pause(true);
      await started;
      await taker.close();
    },
  };
}
