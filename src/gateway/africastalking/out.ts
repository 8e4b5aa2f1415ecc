import africasTalking from "africastalking";
import addresses from "africastalking/lib/common.js";
import { globalAgent as plainAgent } from "node:http";
import { globalAgent as tlsAgent } from "node:https";
import { Fault } from "../../base/fault.ts";
import type { Secret } from "../../base/secret.ts";
import type { Outbound, OutboundSms, SendOutcome } from "../outbound.ts";
import { outcomeOfBody, outcomeOfFailure } from "./answer.ts";

export interface AfricasTalkingAccount {
  readonly username: string;
  readonly apiKey: Secret<string>;
  /** The short code or name that messages come from; the account's own unless given. */
  readonly from?: string | undefined;
}

/** What a demo and tests set otherwise. */
export interface AfricasTalkingMeans {
  /** The messaging endpoint; the provider's unless given. */
  readonly endpoint?: string;
  readonly answerWithinMs?: number;
}

const answerWithinMs = 20_000;
let opened = false;

/**
 * Africa's Talking by its SDK 0.8.3, wrapped: it has no time limit of its own, and its errors hold API key, number and
 * text. The SDK keeps its addresses in the process and not in the client, so a process has one client for its life.
 *
 * Throws `bug` when a second account is opened at another address.
 */
export function openAfricasTalking(account: AfricasTalkingAccount, means: AfricasTalkingMeans = {}): Outbound {
  const { endpoint } = means;
  if (opened && endpoint !== undefined && endpoint !== addresses.SMS_URL) throw new Fault("bug");
  opened = true;
  const { SMS } = africasTalking({ username: account.username, apiKey: account.apiKey.reveal() });
  // A client of the account `sandbox` has just set the addresses, so ours comes after it.
  if (endpoint !== undefined) addresses.SMS_URL = endpoint;
  const limitMs = means.answerWithinMs ?? answerWithinMs;
  return {
    gateway: "africastalking",
    send: ({ to, text }: OutboundSms) => {
      const from = account.from === undefined ? {} : { from: account.from };
      // The SDK throws at once where it will not even try.
      const sending = Promise.resolve()
        .then(() => SMS.send({ to: [to], message: text, enqueue: true, ...from }))
        .then(outcomeOfBody, outcomeOfFailure);
      return within(limitMs, sending);
    },
  };
}

/** The outcome, or `unknown` after so long; then the request that hangs is cut, so that the process can end. */
async function within(ms: number, sending: Promise<SendOutcome>): Promise<SendOutcome> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<SendOutcome>((resolve) => {
    timer = setTimeout(() => {
      cutConnections();
      resolve({ kind: "unknown" });
    }, ms);
  });
  try {
    return await Promise.race([sending, late]);
  } finally {
    clearTimeout(timer);
  }
}

// The SDK hands out no request to abort; it sends through Node's global agents, which know the connections to a host.
function cutConnections(): void {
  const { protocol, hostname, port } = new URL(addresses.SMS_URL);
  const agent = protocol === "https:" ? tlsAgent : plainAgent;
  const name = `${hostname}:${port === "" ? "443" : port}:`;
  for (const [key, sockets] of Object.entries(agent.sockets))
    if (key.startsWith(name)) for (const socket of sockets ?? []) socket.destroy();
}
