import type { E164 } from "../base/brand.ts";

/** Which provider brought a message: drivers share one conformance suite (phones.md, Gateways). */
export type GatewayName = "africastalking" | "kannel" | "android" | "simulator";

interface FromProvider {
  readonly gateway: GatewayName;
  /** The provider's own id of this message or session: hashed under a short-lived key, never kept. */
  readonly providerId: string;
}

export interface InboundSms extends FromProvider {
  readonly kind: "sms";
  readonly from: E164;
  readonly text: string;
}

export interface InboundUssdTurn extends FromProvider {
  readonly kind: "ussdTurn";
  readonly from: E164;
  /** All answers of the session so far, joined by `*`; empty on the first turn. */
  readonly text: string;
}

export interface InboundUssdEnd extends FromProvider {
  readonly kind: "ussdEnd";
  readonly from: E164;
  readonly text: string;
  /** Whether the dialogue came to its own end. */
  readonly complete: boolean;
}

/** The coarse fate of a message we sent; the provider's finer words stay with the provider. */
export interface InboundDeliveryReport extends FromProvider {
  readonly kind: "deliveryReport";
  readonly state: "pending" | "delivered" | "failed";
}

interface InboundOptOut {
  readonly kind: "optOut";
  readonly gateway: GatewayName;
  readonly from: E164;
}

/** What a provider's form can mean. A driver returns null for junk: it gets 200 and is dropped. */
export type Inbound = InboundSms | InboundUssdTurn | InboundUssdEnd | InboundDeliveryReport | InboundOptOut;

/** The routes a provider is given, one URL a kind (operations.md, Contract for scripts). */
export type CallbackKind = "sms" | "ussd" | "events" | "delivery" | "optout";
