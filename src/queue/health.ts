import type { Emit } from "../base/events.ts";

/** Turns the many errors of one outage into one event, and its end into another. Says nothing of the errors themselves. */
export class Health {
  readonly #emit: Emit;
  #away = false;
  #ended = false;

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  failed(): void {
    if (this.#away || this.#ended) return;
    this.#away = true;
    this.#emit({ event: "failed", part: "queue", code: "queue.unavailable" });
  }

  worked(): void {
    if (!this.#away) return;
    this.#away = false;
    this.#emit({ event: "recovered", part: "queue" });
  }

  /** From now on connections that break are no news: they are being closed. */
  end(): void {
    this.#ended = true;
  }
}
