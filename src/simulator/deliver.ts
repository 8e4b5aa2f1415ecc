import type { Post } from "./post.ts";

/** A gateway's answer; status 0 when none came in time. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Africa's Talking gives up on a turn after this (phones.md, Limits). */
const patienceMs = 10_000;

/** Posts as Africa's Talking does. Resolves whatever happens: a provider always comes to some end. */
export async function deliver(gatewaySecret: string, { kind, fields }: Post): Promise<Answer> {
  try {
    const response = await fetch(`/gateway/africastalking/${encodeURIComponent(gatewaySecret)}/${kind}`, {
      method: "POST",
      body: new URLSearchParams(fields),
      credentials: "omit",
      // A page that is closed during a call is a phone that drops out: its end event must still leave.
      keepalive: kind === "events",
      signal: AbortSignal.timeout(patienceMs),
    });
    return { status: response.status, body: await response.text() };
  } catch {
    return { status: 0, body: "" };
  }
}
