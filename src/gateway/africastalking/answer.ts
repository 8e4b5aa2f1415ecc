import * as z from "zod";
import type { SendOutcome } from "../outbound.ts";

/** Fields by allow-list: the number and the cost that stand beside them are never looked at. */
const sent = z.object({
  SMSMessageData: z.object({
    Recipients: z.array(z.object({ statusCode: z.int(), messageId: z.string().max(128).optional() })),
  }),
});

const outcomes: Readonly<Record<number, SendOutcome["kind"]>> = {
  // RiskHold and InsufficientBalance wait for a person; so does InvalidSenderId, which is a setting of ours and would
  // otherwise end every answer for good.
  401: "held",
  402: "held",
  405: "held",
  // InvalidPhoneNumber, UnsupportedNumberType, UserInBlacklist, DoNotDisturb.
  403: "refused",
  404: "refused",
  406: "refused",
  409: "refused",
  // CouldNotRoute, InternalServerError, GatewayError, RejectedByGateway.
  407: "notSent",
  500: "notSent",
  501: "notSent",
  502: "notSent",
};

/** What the body of a 201 says of its one recipient. Africa's Talking answers 201 with nobody in it when it sent nothing. */
export function outcomeOfBody(body: unknown): SendOutcome {
  const { data } = sent.safeParse(body);
  if (data === undefined) return { kind: "unknown" };
  const [recipient, ...others] = data.SMSMessageData.Recipients;
  // The message beside an empty list names a wrong sender or account more often than a wrong number.
  if (recipient === undefined) return { kind: "held" };
  const { statusCode, messageId } = recipient;
  if (others.length > 0) return { kind: "unknown" };
  if (statusCode >= 100 && statusCode <= 102) return { kind: "accepted", providerId: messageId ?? null };
  const kind = outcomes[statusCode] ?? "unknown";
  return kind === "accepted" ? { kind: "unknown" } : { kind };
}

/** Failures of the network that come before a byte of the request has left. */
const beforeSending: readonly string[] = [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
];

/**
 * What a failed request says. Of whatever was thrown two fields are read, a status and a code; the rest, which holds API
 * key, number and text, is left where it is.
 */
export function outcomeOfFailure(thrown: unknown): SendOutcome {
  const status = statusOf(thrown);
  if (status !== null) return { kind: kindOfStatus(status) };
  // The SDK's own check of the number: nothing was asked of anybody. What axios throws says so of itself.
  if (thrown instanceof Error && thrown.name === "Error" && fieldOf(thrown, "isAxiosError") !== true)
    return { kind: "refused" };
  const code = fieldOf(thrown, "code");
  return { kind: typeof code === "string" && beforeSending.includes(code) ? "notSent" : "unknown" };
}

function kindOfStatus(status: number): "refused" | "notSent" | "held" | "unknown" {
  // DoNotDisturb comes as a status too.
  if (status === 409) return "refused";
  if (status === 408 || status < 400) return "unknown";
  return status === 429 || status >= 500 ? "notSent" : "held";
}

function statusOf(thrown: unknown): number | null {
  const status = fieldOf(fieldOf(thrown, "response"), "status");
  return typeof status === "number" ? status : null;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
