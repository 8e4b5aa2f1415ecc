import { Hono } from "hono";
import { equal, fromUtf8, utf8 } from "../base/bytes.ts";
import type { Emit } from "../base/events.ts";
import { codeOf } from "../base/fault.ts";
import type { Secret } from "../base/secret.ts";
import { sha256 } from "../envelope/hash.ts";
import { parseCallback } from "../gateway/africastalking/in.ts";
import type { CallbackKind, Inbound } from "../gateway/inbound.ts";
import type { Edge } from "../intake/edge.ts";
import { takeSms } from "../intake/sms.ts";
import { readBody } from "./body.ts";
import { problem } from "./problem.ts";

/** A form with one SMS of a few thousand letters, each percent-encoded; longer is junk. */
const mostFormBytes = 65_536;

const drivers: Readonly<Record<string, (kind: CallbackKind, form: URLSearchParams) => Inbound | null>> = {
  africastalking: parseCallback,
};
const kinds: readonly string[] = ["sms", "delivery", "optout"] satisfies CallbackKind[];

/**
 * `POST /gateway/<driver>/<secret>/<kind>` (phones.md, Gateways). Persist first, then exactly 200; junk gets 200 and is
 * dropped, since an error makes providers repeat for hours; only when nothing could be kept, 503, so that they do.
 */
export function gatewayRoutes(edge: Edge, pathSecrets: readonly Secret<string>[], emit: Emit): Hono {
  return new Hono().post("/gateway/:driver/:secret/:kind", async (context) => {
    const { driver, secret, kind } = context.req.param();
    const parse = drivers[driver];
    if (parse === undefined || !kinds.includes(kind) || !isPathSecret(secret, pathSecrets))
      return problem("route.unknown");
    const body = await readBody(context.req.raw, mostFormBytes);
    const text = body && fromUtf8(body);
    const inbound = text ? parse(kind as CallbackKind, new URLSearchParams(text)) : null;
    try {
      if (inbound?.kind === "sms" && (await takeSms(edge, inbound)) === "limited") emit({ event: "limit.reached" });
    } catch (error) {
      return refusedOrDropped(error, emit);
    }
    return new Response("", { status: 200 });
  });
}

/** Words too long for any envelope will never fit: 200, or the provider repeats them all day. */
function refusedOrDropped(error: unknown, emit: Emit): Response {
  const code = codeOf(error);
  if (code === "envelope.tooLarge") return new Response("", { status: 200 });
  emit({ event: "failed", part: "gateway", code });
  return problem(code === "core.unavailable" ? code : "store.unavailable");
}

/** In constant time, length included: the digests are compared, and every live secret is tried. */
function isPathSecret(candidate: string, pathSecrets: readonly Secret<string>[]): boolean {
  const digest = sha256(utf8(candidate));
  return pathSecrets.reduce((found, secret) => equal(digest, sha256(utf8(secret.reveal()))) || found, false);
}
