import type { E164 } from "../base/brand.ts";
import type { GatewayName } from "./inbound.ts";

/** One message to one phone. Number and text live in this object only as long as it is being sent. */
export interface OutboundSms {
  readonly to: E164;
  readonly text: string;
}

/** What became of a message, as coarse as the relay needs it. */
export type SendOutcome =
  /** The provider has it. `providerId`: its own id of the message, which delivery reports name; null when it gave none. */
  | { readonly kind: "accepted"; readonly providerId: string | null }
  /** It was not sent and never will be: no such number, or one that wants no messages. */
  | { readonly kind: "refused" }
  /** It was surely not sent, and time may mend it. */
  | { readonly kind: "notSent" }
  /** It was surely not sent, and only a person can mend it: an account without money, a wrong key, a wrong sender. */
  | { readonly kind: "held" }
  /** Nobody knows whether it was sent: it must not be sent again by itself. */
  | { readonly kind: "unknown" };

/**
 * The way out of one provider. Every driver keeps these promises, and one suite (test/conformance/outbound.ts) holds
 * every driver to them:
 *
 * - One call sends to one phone, once: a driver never tries again by itself.
 * - It resolves within its time limit whatever the provider does, and never rejects.
 * - Nothing of number, text or credentials is in what it resolves with, nor in anything it writes, emits or throws.
 */
export interface Outbound {
  readonly gateway: GatewayName;
  send(sms: OutboundSms): Promise<SendOutcome>;
}
