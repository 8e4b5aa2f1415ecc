import { Hono } from "hono";
import { fromUtf8 } from "../base/bytes.ts";
import type { Emit } from "../base/events.ts";
import { codeOf } from "../base/fault.ts";
import type { Secret } from "../base/secret.ts";
import { parseCallback } from "../gateway/africastalking/in.ts";
import type { CallbackKind, Inbound } from "../gateway/inbound.ts";
import { takeDelivery, type Deliveries } from "../intake/deliveries.ts";
import { takeSms } from "../intake/sms.ts";
import { startAgainScreen, takeEnd, takeTurn, type PhoneEdge } from "../intake/ussd.ts";
import { readBody } from "./body.ts";
import { problem } from "./problem.ts";
import { isSecret } from "./secret.ts";

/** A form with one SMS of a few thousand letters, each percent-encoded; longer is junk. */
const mostFormBytes = 65_536;

const drivers: Readonly<Record<string, (kind: CallbackKind, form: URLSearchParams) => Inbound | null>> = {
  africastalking: parseCallback,
};
const kinds: readonly string[] = ["sms", "ussd", "events", "delivery", "optout"] satisfies CallbackKind[];

/**
 * `POST /gateway/<driver>/<secret>/<kind>` (phones.md, Gateways). Persist first, then exactly 200; junk gets 200 and is
 * dropped, since an error makes providers repeat for hours; only when nothing could be kept, 503, so that they do. A
 * USSD turn always gets a screen.
 */
export function gatewayRoutes(
  edge: PhoneEdge,
  pathSecrets: readonly Secret<string>[],
  emit: Emit,
  deliveries: Deliveries | null = null,
): Hono {
  return new Hono().post("/gateway/:driver/:secret/:kind", async (context) => {
    const { driver, secret, kind } = context.req.param();
    const parse = drivers[driver];
    if (parse === undefined || !isKind(kind) || !isSecret(secret, pathSecrets)) return problem("route.unknown");
    const body = await readBody(context.req.raw, mostFormBytes);
    const text = body && fromUtf8(body);
    const inbound = text ? parse(kind, new URLSearchParams(text)) : null;
    return kind === "ussd" ? answerTurn(edge, inbound, emit) : answerMessage(edge, inbound, emit, deliveries);
  });
}

async function answerTurn(edge: PhoneEdge, inbound: Inbound | null, emit: Emit): Promise<Response> {
  let screen = startAgainScreen();
  try {
    if (inbound?.kind === "ussdTurn") screen = await takeTurn(edge, inbound);
  } catch (error) {
    emit({ event: "failed", part: "gateway", code: codeOf(error) });
  }
  return new Response(screen, { status: 200, headers: { "content-type": "text/plain; charset=utf-8" } });
}

async function answerMessage(
  edge: PhoneEdge,
  inbound: Inbound | null,
  emit: Emit,
  deliveries: Deliveries | null,
): Promise<Response> {
  try {
    if (inbound?.kind === "sms" && (await takeSms(edge, inbound)) === "limited") emit({ event: "limit.reached" });
    if (inbound?.kind === "ussdEnd") await takeEnd(edge, inbound);
    if (inbound?.kind === "deliveryReport" && deliveries !== null) await takeDelivery(deliveries, inbound);
  } catch (error) {
    return refusedOrDropped(error, emit);
  }
  return new Response("", { status: 200 });
}

function isKind(kind: string): kind is CallbackKind {
  return kinds.includes(kind);
}

/** Words too long for any envelope will never fit: 200, or the provider repeats them all day. */
function refusedOrDropped(error: unknown, emit: Emit): Response {
  const code = codeOf(error);
  if (code === "envelope.tooLarge") return new Response("", { status: 200 });
  emit({ event: "failed", part: "gateway", code });
  return problem(code === "core.unavailable" ? code : "store.unavailable");
}
