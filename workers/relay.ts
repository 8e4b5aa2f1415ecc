import { parseOrderId } from "../src/base/brand.ts";
import type { Chance } from "../src/base/chance.ts";
import { dayOf, type Clock } from "../src/base/clock.ts";
import type { Emit } from "../src/base/events.ts";
import { Fault } from "../src/base/fault.ts";
import { Secret } from "../src/base/secret.ts";
import type { Mode } from "../src/config/config.ts";
import { readOrMake, type Vault } from "../src/config/vault.ts";
import type { Outbound } from "../src/gateway/outbound.ts";
import type { Queues } from "../src/queue/queue.ts";
import { destroyPastDayKeys, openDayKeys } from "../src/relay/day-keys.ts";
import { relayWork } from "../src/relay/ticks.ts";
import type { Roster } from "../src/roster/roster.ts";
import type { Store } from "../src/store/open.ts";
import { endLeftSending } from "../src/store/outbox.ts";
import { readRelayNote, writeRelayNote } from "../src/store/relay-note.ts";

export interface RelayMeans {
  readonly queues: Queues;
  readonly store: Store;
  readonly vault: Vault;
  readonly roster: () => Roster;
  readonly outbound: Outbound;
  readonly published: (note: Uint8Array) => void;
  readonly mode: Mode;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly emit: Emit;
}

const tickMs: Record<Mode, number> = { production: 15_000, demo: 1_000 };

/** Makes day keys, and sends orders one at a time (triage.md, relay). */
export async function startRelay(means: RelayMeans): Promise<void> {
  const { queues, store, vault, chance } = means;
  const { tick, deliver } = relayWork({
    ...means,
    dayKeys: openDayKeys(vault, chance),
    shelf: { read: () => readRelayNote(store.db), write: (note) => writeRelayNote(store.db, note) },
    signing: new Secret(readOrMake(vault, "relay-key", () => chance.bytes(32))),
    onceKey: readOrMake(vault, "relay-once-key", () => chance.bytes(32)),
    // A job for each, once: one that is tried again with pauses must not be joined by a second.
    enqueue: (id) => queues.add("relay", id, { dedupe: id }),
  });
  const left = await endLeftSending(store.db);
  if (left > 0) means.emit({ event: "failed", part: "relay", code: "gateway.unknown" });
  queues.work("relay", async (id) => {
    const order = parseOrderId(id ?? "");
    if (order === null) throw new Fault("bug");
    await deliver(order);
  });
  queues.work("outbox", tick);
  await queues.every("outbox", tickMs[means.mode]);
}

/** Where nothing is answered by SMS any more, what was asked for before is forgotten on time all the same. */
export function forgetDayKeys(vault: Vault, clock: Clock): void {
  destroyPastDayKeys(vault, dayOf(clock.nowMs()));
}
