import type { JobKind } from "./queue.ts";

/** Adds one tick, unless one was added a moment ago or waits still, by whatever process. */
export type AddTick = (kind: JobKind, quiet_ms: number) => Promise<void>;

/**
 * This process's share in the ticks: each process asks at every interval, and the backend takes one of them. BullMQ's own
 * schedulers hang the next tick on the last one's end, so that one lost by a crash or a race ends them for good, without
 * a word; asked for anew each time, the next one always comes.
 */
export class Ticks {
  readonly #add: AddTick;
  readonly #timers = new Map<JobKind, ReturnType<typeof setInterval>>();

  constructor(add: AddTick) {
    this.#add = add;
  }

  /** Rejects when the first cannot be added; later ones that cannot are told by the queue's health. */
  async every(kind: JobKind, interval_ms: number): Promise<void> {
    // A little under the interval, so that a timer that is early by a hair does not skip a turn.
    const quiet_ms = Math.floor(0.9 * interval_ms);
    await this.#add(kind, quiet_ms);
    clearInterval(this.#timers.get(kind));
    this.#timers.set(
      kind,
      setInterval(() => void this.#add(kind, quiet_ms).catch(() => undefined), interval_ms),
    );
  }

  close(): void {
    for (const timer of this.#timers.values()) clearInterval(timer);
    this.#timers.clear();
  }
}
