import type { E164 } from "../base/brand.ts";
import { hex } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import { isoInstant, type UnixMs } from "../base/clock.ts";
import { serviceCode, shortCode, type Call } from "./call.ts";

/** A form that the provider posts to `/gateway/africastalking/<secret>/<kind>`. */
export interface Post {
  readonly kind: "ussd" | "events" | "sms";
  /** The provider's id of the session or message. */
  readonly id: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** The sandbox's network: no operator of any country. */
const networkCode = "99999";

export function newSessionId(chance: Chance): string {
  return `ATUid_${hex(chance.bytes(16))}`;
}

/** One turn: the provider repeats all answers so far with each. */
export function turnPost({ sessionId, number, text }: Call): Post {
  return { kind: "ussd", id: sessionId, fields: { sessionId, serviceCode, phoneNumber: number, networkCode, text } };
}

/** How a session ended: by a last screen, by the person, or by a gateway that gave no screen. */
export type EndStatus = "Success" | "Incomplete" | "Failed";

/** The event at the end of a session. The provider knows the whole of it, the last screen too. */
export function endPost(call: Call, status: EndStatus, nowMs: UnixMs): Post {
  const { sessionId, number, text, startedMs, hops, lastResponse } = call;
  const fields = {
    date: isoInstant(nowMs),
    sessionId,
    serviceCode,
    networkCode,
    phoneNumber: number,
    status,
    cost: "0",
    durationInMillis: String(nowMs - startedMs),
    hopsCount: String(hops),
    hopsMetadata: "",
    input: text,
    lastAppResponse: lastResponse,
    errorMessage: status === "Failed" ? "No screen from the application" : "",
  };
  return { kind: "events", id: sessionId, fields };
}

/** A text sent to the short code. */
export function smsPost(from: E164, text: string, nowMs: UnixMs, chance: Chance): Post {
  const id = hex(chance.bytes(16));
  const linkId = hex(chance.bytes(8));
  const fields = { date: isoInstant(nowMs), from, id, linkId, text, to: shortCode, cost: "0", networkCode };
  return { kind: "sms", id, fields };
}
