import { Fault } from "../base/fault.ts";
import { messageHashOf } from "../envelope/order.ts";
import type { InboundDeliveryReport } from "../gateway/inbound.ts";
import { askCore, type Ask, type CoreAddress } from "./core-address.ts";

/** The final fate of a message that was sent. */
export type DeliveryState = "delivered" | "failed";

/** Where delivery reports go: the message is named by the hash of the provider's id, never by a number. */
export interface Deliveries {
  /** Rejects with `store.unavailable`, `core.unavailable`: try again. */
  report(messageHash: Uint8Array, state: DeliveryState): Promise<void>;
}

/** Passes a provider's report on; what is not final yet says nothing that is kept. */
export async function takeDelivery(
  deliveries: Deliveries,
  { providerId, state }: InboundDeliveryReport,
): Promise<void> {
  if (state !== "pending") await deliveries.report(messageHashOf(providerId), state);
}

const stateByte: Readonly<Record<DeliveryState, number>> = { failed: 0, delivered: 1 };
/** The hash, then 0 for failed or 1 for delivered. */
const reportBytes = 33;

/** The body of `POST /relay/deliveries`. */
function encodeDelivery(messageHash: Uint8Array, state: DeliveryState): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(reportBytes);
  body.set(messageHash);
  body[reportBytes - 1] = stateByte[state];
  return body;
}

/** What such a body says, or null. */
export function decodeDelivery(
  body: Uint8Array,
): { readonly messageHash: Uint8Array; readonly state: DeliveryState } | null {
  const last = body[reportBytes - 1];
  if (body.length !== reportBytes || (last !== 0 && last !== 1)) return null;
  return { messageHash: body.slice(0, -1), state: last === 1 ? "delivered" : "failed" };
}

/** An edge's way to its core. */
export function remoteDeliveries(core: CoreAddress, ask: Ask = askCore): Deliveries {
  const headers = { "content-type": "application/octet-stream", authorization: `Bearer ${core.edgeSecret.reveal()}` };
  return {
    report: async (messageHash, state) => {
      const body = encodeDelivery(messageHash, state);
      const { status } = await ask(core, "/relay/deliveries", { method: "POST", headers, body });
      if (status !== 204) throw new Fault("core.unavailable");
    },
  };
}
