import { Hono } from "hono";
import type { OrderId, Sealed } from "../base/brand.ts";
import { hex } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import { dayOf, type Clock } from "../base/clock.ts";
import type { Secret } from "../base/secret.ts";
import { shapeOf } from "../envelope/shape.ts";
import { decodeDelivery, type Deliveries } from "../intake/deliveries.ts";
import type { Store } from "../store/open.ts";
import { insertOrder, reportDelivery } from "../store/outbox.ts";
import { readBody } from "./body.ts";
import { problem } from "./problem.ts";
import { isBearer } from "./secret.ts";
import { openWorkGuard, writeBits } from "./work.ts";

export interface RelayGate {
  readonly store: Store;
  readonly clock: Clock;
  readonly chance: Chance;
  /** What an edge must know to hand in delivery reports; null where no edge stands before this process. */
  readonly edgeSecret: Secret<string> | null;
}

/** One stanza, the first class: an order and a message for a mailbox cannot be told apart by their length. */
const orderShape = { stanzas: 1, sizeClass: 8192 } as const;
const mostOrderBytes = 16_384;

/**
 * `POST /relay/orders`: an order sealed to the relay, from anybody, without a session, so that nothing here ties a
 * reviewer to an answer; it costs work, as a write to a mailbox does. Who approved it is inside, and the relay checks it. 201 stored.
 * `POST /relay/deliveries`: an edge's delivery report. 204 taken, whether or not such a message is known.
 */
export function relayRoutes(gate: RelayGate): Hono {
  const { store, clock, chance, edgeSecret } = gate;
  const work = openWorkGuard(clock, chance);
  return new Hono()
    .post("/relay/orders", async (context) => {
      if (context.req.header("content-type") !== "application/age") return problem("request.unsupported");
      const sealed = await readBody(context.req.raw, mostOrderBytes);
      if (sealed === null) return problem("request.tooLarge");
      if (!isOrder(sealed)) return problem("envelope.shape");
      const refused = work.refusal(context, "order", writeBits);
      if (refused !== null) return refused;
      const id = hex(chance.bytes(16)) as OrderId;
      await insertOrder(store.db, { id, day: dayOf(clock.nowMs()), sealed });
      return new Response("", { status: 201 });
    })
    .post("/relay/deliveries", async (context) => {
      const authorization = context.req.header("authorization") ?? "";
      if (edgeSecret === null || !isBearer(authorization, [edgeSecret])) return problem("forbidden");
      const body = await readBody(context.req.raw, mostOrderBytes);
      const delivery = body && decodeDelivery(body);
      if (delivery === null) return problem("request.malformed");
      await storeDeliveries(store).report(delivery.messageHash, delivery.state);
      return new Response(null, { status: 204 });
    });
}

function isOrder(bytes: Uint8Array): bytes is Sealed {
  const shape = shapeOf(bytes);
  return shape?.stanzas === orderShape.stanzas && shape.sizeClass === orderShape.sizeClass;
}

/** Delivery reports of a process that has the store. */
export function storeDeliveries({ db }: Store): Deliveries {
  return { report: (messageHash, state) => reportDelivery(db, messageHash, state) };
}
