import type { E164, Sealed } from "../base/brand.ts";
import { dayOf } from "../base/clock.ts";
import { sealCapsule } from "../envelope/capsule.ts";
import type { GatewayName } from "../gateway/inbound.ts";
import type { Edge } from "./edge.ts";

/**
 * The reply capsule of who asked for an answer by SMS, or null when no key of the relay is in force: then the report goes
 * without one and nothing of it is lost (envelope.md, Reply capsules). The number is in clear in this call only.
 */
export function capsuleFor(edge: Edge, from: E164, gateway: GatewayName): Sealed | null {
  const today = dayOf(edge.clock.nowMs());
  const relay = edge.relayKeys?.()?.recipientFor(today) ?? null;
  return relay === null ? null : sealCapsule({ gateway, number: from }, today, relay, edge.chance);
}
