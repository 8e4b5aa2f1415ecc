import type { BackendFactory, IQueueBackend } from "bullmq";
import type { Chance } from "../base/chance.ts";
import type { Emit } from "../base/events.ts";
import type { Health } from "./health.ts";

/** What differs between the stores that BullMQ can stand on. */
export interface Backend {
  /** Ignores the connection in its options: it has its own. */
  readonly factory: BackendFactory<IQueueBackend, object>;
  readonly health: Health;
  /** As `Queues.sweepEvents`. */
  sweepEvents(): Promise<number>;
  /** Resolves when the backend answers, rejects when not. */
  ping(): Promise<void>;
  /** From now on nobody waits for a backend that is away: what was under way is given to another process later. */
  letGo(): void;
  close(): Promise<void>;
}

/** What every backend is opened with. */
export interface QueueSettings {
  readonly chance: Chance;
  readonly emit: Emit;
  /** How many workers this process may start; each holds a connection. Default: one a kind. */
  readonly maxWorkers?: number;
  /** A job whose process died is given to another after one to two of these. Default 30 000. */
  readonly lock_ms?: number;
  /** The first pause before another try; each is about twice the one before. Default 1 000. */
  readonly backoff_ms?: number;
}

export const deadLetterCount = 1_000;
export const deadLetterDays = 14;
