import * as z from "zod";
import type { CallbackKind, Inbound, InboundDeliveryReport } from "../inbound.ts";
import { parseE164 } from "../e164.ts";

// Fields are taken by allow-list: the provider adds fields over time, and what is not named here is never looked at.
const phone = z
  .string()
  .max(32)
  .transform((text, context) => {
    const parsed = parseE164(text);
    if (parsed !== null) return parsed;
    context.addIssue({ code: "custom" });
    return z.NEVER;
  });
const id = z.string().min(1).max(128);
const words = z.string().max(65_536);

const sms = z.object({ id, from: phone, text: words });
const ussd = z.object({ sessionId: id, phoneNumber: phone, text: words });
const ussdEnd = z.object({ sessionId: id, phoneNumber: phone, status: z.string(), input: words });
const delivery = z.object({ id, status: z.string() });
const optOut = z.object({ phoneNumber: phone });

const gateway = "africastalking";

/** One callback of Africa's Talking as Gundo understands it, or null for junk. Fields and samples: the SMS and USSD facts. */
export function parseCallback(kind: CallbackKind, form: URLSearchParams): Inbound | null {
  return parsers[kind](Object.fromEntries(form));
}

const parsers: Record<CallbackKind, (fields: unknown) => Inbound | null> = {
  sms: (fields) => {
    const { data } = sms.safeParse(fields);
    return data ? { kind: "sms", gateway, providerId: data.id, from: data.from, text: data.text } : null;
  },
  ussd: (fields) => {
    const { data } = ussd.safeParse(fields);
    if (!data) return null;
    return { kind: "ussdTurn", gateway, providerId: data.sessionId, from: data.phoneNumber, text: data.text };
  },
  events: (fields) => {
    const { data } = ussdEnd.safeParse(fields);
    if (!data) return null;
    const complete = data.status === "Success";
    return { kind: "ussdEnd", gateway, providerId: data.sessionId, from: data.phoneNumber, text: data.input, complete };
  },
  delivery: (fields) => {
    const { data } = delivery.safeParse(fields);
    const state = data && stateOf(data.status);
    return data && state ? { kind: "deliveryReport", gateway, providerId: data.id, state } : null;
  },
  optout: (fields) => {
    const { data } = optOut.safeParse(fields);
    return data ? { kind: "optOut", gateway, from: data.phoneNumber } : null;
  },
};

const pending = ["Sent", "Submitted", "Buffered"];
const failed = ["Rejected", "Failed", "AbsentSubscriber", "Expired"];

function stateOf(status: string): InboundDeliveryReport["state"] | null {
  if (status === "Success") return "delivered";
  if (pending.includes(status)) return "pending";
  return failed.includes(status) ? "failed" : null;
}
