import type { Chance } from "../../base/chance.ts";
import type { Clock, UnixMs } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { waitMs, type Letter } from "./letters.ts";

/** What waits to leave. Sealed to others, it outlives the lock; only the tab's end loses it, and the page asks before that. */
export interface Leaving {
  add(letter: Letter): void;
  /** Sends everything now: the reviewer has to go. */
  sendNow(): void;
  /** How many wait. */
  count(): number;
}

/** Between two tries where the server does not answer. */
const againMs = 60_000;
const lookEveryMs = 1000;

interface Waiting {
  readonly letter: Letter;
  dueMs: UnixMs;
}

/** `post` sends one letter, without a session; `changed` is told after each change. */
export function openLeaving(
  { clock, chance }: { readonly clock: Clock; readonly chance: Chance },
  post: (letter: Letter) => Promise<void>,
  changed: (count: number) => void,
): Leaving {
  const waiting = new Set<Waiting>();
  let isSending = false;
  const sendDue = async (): Promise<void> => {
    if (isSending) return;
    isSending = true;
    try {
      for (const one of waiting) if (one.dueMs <= clock.nowMs()) await send(one);
    } finally {
      isSending = false;
    }
  };
  const send = async (one: Waiting): Promise<void> => {
    try {
      await post(one.letter);
      waiting.delete(one);
      changed(waiting.size);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      one.dueMs = (clock.nowMs() + againMs) as UnixMs;
    }
  };
  const look = (): void => {
    void sendDue();
    if (waiting.size > 0) setTimeout(look, lookEveryMs);
  };
  return {
    add: (letter) => {
      waiting.add({ letter, dueMs: (clock.nowMs() + waitMs(chance)) as UnixMs });
      changed(waiting.size);
      if (waiting.size === 1) look();
    },
    sendNow: () => {
      for (const one of waiting) one.dueMs = clock.nowMs();
      void sendDue();
    },
    count: () => waiting.size,
  };
}
