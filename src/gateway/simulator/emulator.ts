import type { E164 } from "../../base/brand.ts";
import { hex } from "../../base/bytes.ts";
import type { Chance } from "../../base/chance.ts";
import { parseE164 } from "../e164.ts";
import { conductOf, type Conduct } from "./conduct.ts";
import type { Phones } from "./phones.ts";

/** What the emulated provider needs. */
export interface Emulation {
  readonly phones: Phones;
  readonly apiKey: string;
  readonly chance: Chance;
}

/**
 * `POST /version1/messaging` as Africa's Talking answers it, so that a demo and the tests send by the real SDK over real
 * HTTP. Loopback only; production never starts it. A request that hangs ends when its asker goes.
 */
export function openEmulator(emulation: Emulation): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== "POST" || new URL(request.url).pathname !== "/version1/messaging")
      return new Response("Not Found", { status: 404 });
    if (request.headers.get("apikey") !== emulation.apiKey)
      return new Response("The supplied authentication is invalid", { status: 401 });
    const form = new URLSearchParams(await request.text());
    const numbers = (form.get("to") ?? "").split(",").map(parseE164);
    const [to] = numbers;
    const text = form.get("message") ?? "";
    if (numbers.length !== 1 || to === undefined || to === null || text === "" || !form.has("username"))
      return new Response("Request is missing required form field", { status: 400 });
    return act(emulation, to, text, request);
  };
}

async function act({ phones, chance }: Emulation, to: E164, text: string, request: Request): Promise<Response> {
  const conduct = conductOf(to);
  const messageId = `ATPid_${hex(chance.bytes(16))}`;
  if (conduct.arrives) phones.deliver(to, text);
  const { does } = conduct;
  if (does.answers === "hangs") await gone(request.signal);
  if (!("statusCode" in does)) return half();
  return does.answers < 300
    ? sent(does, to, messageId)
    : new Response("Something went wrong", { status: does.answers });
}

function sent(does: Extract<Conduct["does"], { answers: number }>, to: E164, messageId: string): Response {
  const { statusCode } = does;
  const recipient = { statusCode, number: to, status: "Simulated", cost: "XOF 0.0000", messageId };
  const Recipients = statusCode === null ? [] : [recipient];
  const data = { SMSMessageData: { Message: `Sent to ${Recipients.length}/1 Total Cost: XOF 0`, Recipients } };
  return Response.json(data, { status: does.answers });
}

function gone(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** An answer of which the end is missing: whether anything was sent, it does not say. */
function half(): Response {
  return new Response('{"SMSMessageData":', { status: 201, headers: { "content-type": "application/json" } });
}
