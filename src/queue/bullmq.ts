import { Queue, Worker as BullWorker, type IQueueBackend, type JobsOptions } from "bullmq";
import { hex } from "../base/bytes.ts";
import { Fault, codeOf } from "../base/fault.ts";
import { deadLetterCount, deadLetterDays, type Backend, type QueueSettings } from "./backend.ts";
import { deadLettersOf } from "./dead-letters.ts";
import { processorOf } from "./handle.ts";
import { dedupeKey, payloadOf, type Payload } from "./jobs.ts";
import {
  jobKinds,
  type AddOptions,
  type DeadLetters,
  type Handler,
  type JobKind,
  type Queues,
  type Worker,
} from "./queue.ts";
import { storingCodes } from "./reasons.ts";
import { parseFaultCode } from "./retry.ts";
import { Ticks } from "./ticks.ts";
import { keepWorking, reconnect_ms, type Taker } from "./worker.ts";

export type BullQueue = Queue<Payload, void, JobKind, Payload, void, JobKind, IQueueBackend, object>;

// 1 s doubled eleven times, a random half off each pause: the last try comes 34 to 68 minutes after the first.
const tries = 13;
const jitter = 0.5;
const defaultLock_ms = 30_000;
const defaultBackoff_ms = 1_000;
const secondsPerDay = 86_400;

/** `Queues` over BullMQ 6, whatever stands under it. Connections are the backend's. */
export class BullQueues implements Queues {
  readonly #backend: Backend;
  readonly #settings: QueueSettings;
  readonly #queues: ReadonlyMap<JobKind, BullQueue>;
  readonly #workers = new Set<Worker>();
  readonly #ticks = new Ticks((kind, quiet_ms) => this.#tick(kind, quiet_ms));
  #closed: Promise<void> | null = null;

  private constructor(backend: Backend, settings: QueueSettings) {
    this.#backend = backend;
    this.#settings = settings;
    this.#queues = new Map(jobKinds.map((kind) => [kind, this.#open(kind)]));
  }

  /** @throws Fault `queue.unavailable`; then the backend is closed. */
  static async open(backend: Backend, settings: QueueSettings): Promise<Queues> {
    const queues = new BullQueues(backend, settings);
    try {
      // A queue that could not connect at first never does.
      await queues.#reach(Promise.all([...queues.#queues.values()].map((queue) => queue.waitUntilReady())));
    } catch (thrown) {
      await queues.close();
      throw thrown;
    }
    return queues;
  }

  async add(kind: JobKind, id: string | null, options: AddOptions = {}): Promise<void> {
    const payload = payloadOf(kind, id);
    const { delay_ms, dedupe } = options;
    const wanted: JobsOptions = {
      ...this.#options(),
      ...(delay_ms === undefined ? {} : { delay: delay_ms }),
      ...(dedupe === undefined ? {} : { deduplication: { id: dedupeKey(dedupe) } }),
    };
    await this.#reach(this.#queue(kind).add(kind, payload, wanted));
  }

  async addMany(kind: JobKind, ids: readonly string[]): Promise<void> {
    const jobs = ids.map((id) => ({ name: kind, data: payloadOf(kind, id), opts: this.#options() }));
    if (jobs.length > 0) await this.#reach(this.#queue(kind).addBulk(jobs));
  }

  work(kind: JobKind, handler: Handler, options: { readonly concurrency?: number } = {}): Worker {
    // One more would wait for a connection for ever, and nothing would say so.
    if (this.#workers.size >= maxWorkersOf(this.#settings)) throw new Fault("bug");
    const { concurrency = 1 } = options;
    const kept = keepWorking(() => this.#taker(kind, handler, concurrency));
    const worker: Worker = {
      close: async () => {
        await kept.close();
        this.#workers.delete(worker);
      },
    };
    this.#workers.add(worker);
    return worker;
  }

  async every(kind: JobKind, interval_ms: number): Promise<void> {
    await this.#ticks.every(kind, interval_ms);
  }

  async #tick(kind: JobKind, quiet_ms: number): Promise<void> {
    if ((await this.unfinished(kind)) > 0) return;
    const once = { attempts: 1, removeOnComplete: true, removeOnFail: true };
    const deduplication = { id: dedupeKey(`tick.${kind}`), ttl: quiet_ms };
    await this.#reach(
      this.#queue(kind).add(kind, payloadOf(kind, null), { ...this.#options(), ...once, deduplication }),
    );
  }

  deadLetters(kind: JobKind): DeadLetters {
    return deadLettersOf(this.#queue(kind), (answer) => this.#reach(answer));
  }

  async unfinished(kind: JobKind): Promise<number> {
    return await this.#reach(this.#queue(kind).getJobCountByTypes("waiting", "delayed", "active", "prioritized"));
  }

  async sweepEvents(): Promise<number> {
    return await this.#reach(this.#backend.sweepEvents());
  }

  async ready(): Promise<boolean> {
    try {
      await this.#reach(this.#backend.ping());
      return true;
    } catch (thrown) {
      if (codeOf(thrown) === "queue.unavailable") return false;
      throw thrown;
    }
  }

  async close(): Promise<void> {
    await (this.#closed ??= this.#closeAll());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #closeAll(): Promise<void> {
    this.#ticks.close();
    this.#backend.letGo();
    await Promise.all([...this.#workers].map((worker) => worker.close()));
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
    this.#backend.health.end();
    await this.#backend.close();
  }

  #open(kind: JobKind): BullQueue {
    const queue: BullQueue = new Queue(
      kind,
      { connection: {}, streams: { events: { maxLen: 0 } } },
      this.#backend.factory,
    );
    queue.on("error", () => this.#backend.health.failed());
    return queue;
  }

  #queue(kind: JobKind): BullQueue {
    return this.#queues.get(kind)!;
  }

  #options(): JobsOptions {
    return {
      jobId: hex(this.#settings.chance.bytes(16)),
      attempts: tries,
      backoff: { type: "exponential", delay: this.#settings.backoff_ms ?? defaultBackoff_ms, jitter },
      removeOnComplete: true,
      removeOnFail: { count: deadLetterCount, age: deadLetterDays * secondsPerDay },
      stackTraceLimit: 0,
    };
  }

  #taker(kind: JobKind, handler: Handler, concurrency: number): Taker {
    const lock_ms = this.#settings.lock_ms ?? defaultLock_ms;
    const taker: Taker = new BullWorker<Payload, void, JobKind, IQueueBackend, object>(
      kind,
      processorOf(kind, handler),
      {
        connection: {},
        concurrency,
        lockDuration: lock_ms,
        stalledInterval: lock_ms,
        maxStalledCount: 3,
        runRetryDelay: reconnect_ms,
      },
      (...made) => storingCodes(this.#backend.factory(...made)),
    );
    this.#listen(kind, taker);
    return taker;
  }

  #listen(kind: JobKind, taker: Taker): void {
    const { health } = this.#backend;
    taker.on("error", () => health.failed());
    taker.on("drained", () => health.worked());
    taker.on("completed", () => health.worked());
    taker.on("failed", (job, error) => {
      // Without a finishing time it is to be tried again.
      if (job?.finishedOn !== undefined)
        this.#settings.emit({ event: "failed", part: kind, code: parseFaultCode(error.message) ?? "bug" });
    });
  }

  /** What the backend answers; its own errors quote what they were asked, so none leaves. */
  async #reach<T>(answer: Promise<T>): Promise<T> {
    try {
      const value = await answer;
      this.#backend.health.worked();
      return value;
    } catch {
      this.#backend.health.failed();
      throw new Fault("queue.unavailable");
    }
  }
}

/** How many workers a process may start. */
export function maxWorkersOf(settings: QueueSettings): number {
  return settings.maxWorkers ?? jobKinds.length;
}
