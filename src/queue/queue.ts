import type { UnixDay } from "../base/clock.ts";
import type { FaultCode } from "../base/fault.ts";

/** Every kind of job (triage.md, Queues). Each has a queue of its own name. */
export const jobKinds = ["mix", "triage", "sweep", "mailbox", "outbox", "relay", "digest"] as const;
export type JobKind = (typeof jobKinds)[number];

/**
 * The queues as the rest of the core knows them. Every backend keeps these promises, and one suite
 * (test/conformance/queue.ts) holds every backend to them:
 *
 * - A job names at most one random id and carries nothing else. It is given to a handler at least once, though any
 *   process be killed at any moment; a handler that is given the same id again must find nothing left to do.
 * - A job that ends well leaves no trace but events, which `sweepEvents` deletes.
 * - A handler that throws has its job tried again later, with growing pauses, where `verdictOn` its fault says so; else,
 *   and after the last try, the job is a dead letter. Of what was thrown only the code of a `Fault` is kept.
 * - Nothing thrown here, stored here or emitted from here holds what a report says.
 *
 * Every method but `ready` and `close` rejects with Fault `queue.unavailable` when the backend cannot be reached.
 */
export interface Queues extends AsyncDisposable {
  /**
   * Adds one job. `id` is 32 lowercase hex digits or null.
   *
   * @throws Fault `bug` when `id` or `dedupe` is not of its form: then nothing was added.
   */
  add(kind: JobKind, id: string | null, options?: AddOptions): Promise<void>;

  /** Adds a job for each id, all of them or none, in this order. */
  addMany(kind: JobKind, ids: readonly string[]): Promise<void>;

  /** Starts a worker in this process. It takes jobs of `kind` until it or the queues are closed. */
  work(kind: JobKind, handler: Handler, options?: { readonly concurrency?: number }): Worker;

  /**
   * Adds a job without id now and every `interval_ms` from now on, once for all processes that ask. Such a tick is tried
   * once and never becomes a dead letter: the next one comes anyway.
   */
  every(kind: JobKind, interval_ms: number): Promise<void>;

  deadLetters(kind: JobKind): DeadLetters;

  /** How many jobs of `kind` wait, pause before another try, or run; dead letters are not counted. */
  unfinished(kind: JobKind): Promise<number>;

  /** Deletes the backend's own record of past jobs, dates dead letters to the day; the number of event rows deleted. */
  sweepEvents(): Promise<number>;

  /** Whether jobs can be added now. Never rejects. */
  ready(): Promise<boolean>;

  /** Takes no more jobs, waits for the handlers that run, lets go of the backend. Safe to call twice. */
  close(): Promise<void>;
}

export interface AddOptions {
  /** Not before this many milliseconds from now. */
  readonly delay_ms?: number;
  /** Nothing is added while an unfinished job of this kind has the same key: 1 to 64 of `a-z`, `0-9`, `.`, `-`. */
  readonly dedupe?: string;
}

export type Handler = (id: string | null) => Promise<void>;

export interface Worker {
  /** Takes no more jobs and waits for the handlers that run. */
  close(): Promise<void>;
}

/** Jobs that were given up, newest last. At most 1 000 a kind are kept, and none for longer than 14 days. */
export interface DeadLetters {
  list(): Promise<readonly DeadLetter[]>;
  /** Has the job tried again from the start; false when there is no such dead letter. */
  retry(job: string): Promise<boolean>;
  /** Forgets the job; false when there is no such dead letter. */
  discard(job: string): Promise<boolean>;
}

export interface DeadLetter {
  /** The job's own random id. */
  readonly job: string;
  readonly id: string | null;
  /** `stalled`: the processes that ran it ended before it did, again and again. */
  readonly code: FaultCode | "stalled";
  /** When it was given up. */
  readonly day: UnixDay;
}
