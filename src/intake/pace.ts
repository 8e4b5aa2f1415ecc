import type { Clock } from "../base/clock.ts";

/** Turns at an even rate for whoever asks, whoever it is: nothing is kept of who asked (envelope.md, Receipts). */
export interface Pace {
  /** True when the turn has come; false at once when it would not come in time. */
  turn(): Promise<boolean>;
}

/** At most `perSecond` turns a second, of which nobody waits longer than `mostWaitMs`. */
export function openPace(perSecond: number, mostWaitMs: number, clock: Clock, wait = waitMs): Pace {
  const apartMs = 1000 / perSecond;
  let nextMs = Number.NEGATIVE_INFINITY;
  return {
    turn: async () => {
      const nowMs = clock.nowMs();
      // A clock set back must not make everybody wait for the old time to come again.
      const turnMs = nextMs > nowMs + mostWaitMs + apartMs ? nowMs : Math.max(nowMs, nextMs);
      if (turnMs - nowMs > mostWaitMs) return false;
      nextMs = turnMs + apartMs;
      if (turnMs > nowMs) await wait(turnMs - nowMs);
      return true;
    },
  };
}

function waitMs(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
