import type { Clock } from "../base/clock.ts";

/** Turns at an even rate for whoever asks, whoever it is: nothing is kept of who asked (envelope.md, Receipts). */
export interface Pace {
  /** True when this many turns, one by default, have come; false at once, with none taken, when they would not in time. */
  turn(count?: number): Promise<boolean>;
  /** Milliseconds that the next one would wait. */
  queueMs(): number;
}

/** At most `perSecond` turns a second, of which nobody waits longer than `mostWaitMs`. */
export function openPace(perSecond: number, mostWaitMs: number, clock: Clock, wait = waitMs): Pace {
  const apartMs = 1000 / perSecond;
  let nextMs = Number.NEGATIVE_INFINITY;
  // A clock set back must not make everybody wait for the old time to come again.
  const turnAfter = (nowMs: number): number =>
    nextMs > nowMs + mostWaitMs + apartMs ? nowMs : Math.max(nowMs, nextMs);
  return {
    queueMs: () => turnAfter(clock.nowMs()) - clock.nowMs(),
    turn: async (count = 1) => {
      const nowMs = clock.nowMs();
      const turnMs = turnAfter(nowMs) + (count - 1) * apartMs;
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
