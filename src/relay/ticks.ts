import type { OrderId } from "../base/brand.ts";
import type { Clock } from "../base/clock.ts";
import type { Emit } from "../base/events.ts";
import { Fault, type FaultCode } from "../base/fault.ts";
import type { Store } from "../store/open.ts";
import { waitingOrders } from "../store/outbox.ts";
import { tidy } from "../store/tidy.ts";
import { deliverOrder, type Relay } from "./deliver.ts";
import { publishDayKeys, type Publisher } from "./note.ts";

/** What the relay does now and then, and with one order. */
export interface RelayWork {
  readonly tick: () => Promise<void>;
  readonly deliver: (id: OrderId) => Promise<void>;
}

export interface RelayParts extends Relay, Publisher {
  readonly enqueue: (id: OrderId) => Promise<void>;
  /** Told of each note that is in force. */
  readonly published: (note: Uint8Array) => void;
  readonly emit: Emit;
}

/** While only a person can mend what is wrong, the provider is left alone for so long. */
const pauseMs = 600_000;

export function relayWork(parts: RelayParts): RelayWork {
  const { store, clock, emit } = parts;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;
  let wiped = false;
  const leads = leading(parts);
  return {
    tick: async () => {
      if (wiped) await wipeTraces(store);
      wiped = false;
      if (!(await leads()) || isPaused(clock, pausedUntilMs)) return;
      for (const id of await waitingOrders(store.db)) await parts.enqueue(id);
    },
    deliver: async (id) => {
      const delivery = await deliverOrder(parts, id);
      wiped = true;
      if (delivery === "held") pausedUntilMs = clock.nowMs() + pauseMs;
      if (delivery === "held") emit({ event: "failed", part: "relay", code: "gateway.held" });
      if (delivery === "unknown") emit({ event: "failed", part: "relay", code: "gateway.unknown" });
    },
  };
}

/** A clock set back must not keep the relay silent. */
function isPaused(clock: Clock, untilMs: number): boolean {
  const leftMs = untilMs - clock.nowMs();
  return leftMs > 0 && leftMs <= pauseMs;
}

/** What was wiped is cleared from the table's file and its log too. */
async function wipeTraces({ db }: Store): Promise<void> {
  await tidy(db, ["outbox"]);
}

/** Whether this relay's day keys are the ones in force; why not is said once. */
function leading(parts: RelayParts): () => Promise<boolean> {
  let failing: FaultCode | null = null;
  return async () => {
    const code = await publish(parts);
    if (code !== null && code !== failing) parts.emit({ event: "failed", part: "relay", code });
    if (code === null && failing !== null) parts.emit({ event: "recovered", part: "relay" });
    failing = code;
    return code === null;
  };
}

async function publish(parts: RelayParts): Promise<FaultCode | null> {
  try {
    parts.published(await publishDayKeys(parts));
    return null;
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
}
