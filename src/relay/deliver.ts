import type { OrderId, Sealed } from "../base/brand.ts";
import { concat, utf8 } from "../base/bytes.ts";
import { dayOf, type Clock, type UnixDay } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { decodeCapsule, type Capsule } from "../envelope/capsule.ts";
import { decodeFrame } from "../envelope/frame.ts";
import { hmacSha256 } from "../envelope/hash.ts";
import { decodeOrder, messageHashOf, type RelayOrder } from "../envelope/order.ts";
import type { Outbound, SendOutcome } from "../gateway/outbound.ts";
import { capsuleHashOf, isApproved } from "../roster/answer.ts";
import type { Roster } from "../roster/roster.ts";
import type { Store } from "../store/open.ts";
import { beginSending, discardOrder, endOrder, findOrder, waitAgain } from "../store/outbox.ts";
import type { DayKeys, RelayDayKey } from "./day-keys.ts";
import { openWithAny } from "./open.ts";

export interface Relay {
  readonly store: Store;
  readonly dayKeys: DayKeys;
  readonly outbound: Outbound;
  readonly roster: () => Roster;
  readonly clock: Clock;
  /** 32 bytes of the relay's own: what goes out once is known by a hash that nobody else can test. */
  readonly onceKey: Uint8Array;
}

/** `unknown`: it may have been sent. `held`: a person must mend something first. The rest needs nobody. */
export type Delivery = "sent" | "refused" | "held" | "unknown" | "nothing";

/**
 * Sends one order, at most once whatever dies in between: that it is being sent is committed before the gateway is asked,
 * and an order found in that state is never sent again (triage.md, relay). Whatever the end, its sealed bytes are wiped.
 *
 * Rejects with `gateway.unavailable` when it was surely not sent and should be tried again; `store.unavailable`,
 * `roster.expired`.
 */
export async function deliverOrder(relay: Relay, id: OrderId): Promise<Delivery> {
  const { db } = relay.store;
  const stored = await findOrder(db, id);
  if (stored?.state === "sending") {
    await endOrder(db, id, { state: "maybe" });
    return "unknown";
  }
  if (stored?.state !== "waiting" || stored.sealed === null) return "nothing";
  const today = dayOf(relay.clock.nowMs());
  const keys = relay.dayKeys.live(today);
  const order = orderIn(stored.sealed, keys);
  if (order === null) {
    await discardOrder(db, id);
    return "nothing";
  }
  const capsule = mayBeSent(relay, order, today) ? capsuleIn(order.capsule, keys) : null;
  const fits = capsule !== null && capsule.expires >= today && capsule.gateway === relay.outbound.gateway;
  const begun = fits ? await beginSending(db, id, onceHashOf(relay, order)) : "repeated";
  if (begun === "gone") return "nothing";
  if (capsule === null || begun === "repeated") {
    await endOrder(db, id, { state: "refused" });
    return "refused";
  }
  return settle(relay, id, await relay.outbound.send({ to: capsule.number, text: order.text }));
}

async function settle({ store: { db } }: Relay, id: OrderId, outcome: SendOutcome): Promise<Delivery> {
  if (outcome.kind === "accepted") {
    const messageHash = outcome.providerId === null ? null : messageHashOf(outcome.providerId);
    await endOrder(db, id, { state: "sent", messageHash });
    return "sent";
  }
  if (outcome.kind === "notSent" || outcome.kind === "held") await waitAgain(db, id);
  else await endOrder(db, id, { state: outcome.kind === "refused" ? "refused" : "maybe" });
  if (outcome.kind === "notSent") throw new Fault("gateway.unavailable");
  return outcome.kind;
}

/** Enough distinct reviewers of the desk, by today's roster, approved this text to this capsule. */
function mayBeSent({ roster }: Relay, { desk, text, capsule, signatures }: RelayOrder, today: UnixDay): boolean {
  return isApproved(roster(), { desk, text, capsuleHash: capsuleHashOf(capsule) }, signatures, today);
}

function onceHashOf({ onceKey }: Relay, { capsule, text }: RelayOrder): Uint8Array {
  return hmacSha256(onceKey, concat(capsuleHashOf(capsule), utf8(text)));
}

/** Null for whatever anybody else posted. */
function orderIn(sealed: Sealed, keys: readonly RelayDayKey[]): RelayOrder | null {
  return orNull(() => {
    const plain = openWithAny(sealed, keys);
    const frame = plain === null ? null : decodeFrame(plain);
    return frame?.kind === "relayOrder" ? decodeOrder(frame.body) : null;
  });
}

/** Null when the key of its day is gone, or never was ours. */
function capsuleIn(sealed: Sealed, keys: readonly RelayDayKey[]): Capsule | null {
  return orNull(() => {
    const plain = openWithAny(sealed, keys);
    return plain === null ? null : decodeCapsule(plain);
  });
}

function orNull<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}
