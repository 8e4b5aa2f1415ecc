import type { Clock } from "../base/clock.ts";
import type { Emit } from "../base/events.ts";
import { codeOf, type FaultCode } from "../base/fault.ts";
import type { News } from "../dialogue/settings.ts";

/** The news that phones are shown. */
export interface HeldNews {
  /** What was verified last, or null: then phones hear what is coming. */
  readonly current: () => News | null;
  /** Reads them again unless that was done lately. Never rejects: a failure is an event, and what is held stays. */
  refresh(): Promise<void>;
}

export interface NewsParts {
  /** Verified news, or null before the first release. Rejects when they cannot be had or do not verify. */
  readonly read: () => Promise<News | null>;
  readonly clock: Clock;
  readonly emit: Emit;
}

/** Asked for every minute, a bulletin reaches every phone within two of its instant. */
const refreshEveryMs = 30_000;

export function holdNews({ read, clock, emit }: NewsParts): HeldNews {
  let held: News | null = null;
  let failing: FaultCode | null = null;
  let askedMs = Number.NEGATIVE_INFINITY;
  const tell = (code: FaultCode | null): void => {
    if (code !== null && code !== failing) emit({ event: "failed", part: "trends", code });
    if (code === null && failing !== null) emit({ event: "recovered", part: "trends" });
    failing = code;
  };
  return {
    current: () => held,
    refresh: async () => {
      // A clock set back must not keep an edge at old news.
      if (Math.abs(clock.nowMs() - askedMs) < refreshEveryMs) return;
      askedMs = clock.nowMs();
      try {
        held = alike(held, await read());
        tell(null);
      } catch (error) {
        tell(codeOf(error));
      }
    },
  };
}

/** The same object for the same words, so that nothing is made anew for them. */
function alike(held: News | null, read: News | null): News | null {
  return JSON.stringify(held) === JSON.stringify(read) ? held : read;
}
