import { Hono, type Context, type MiddlewareHandler } from "hono";
import { z } from "zod";
import { base64url, fromBase64url, fromUtf8 } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import { dayOf, type Clock, type UnixMs } from "../base/clock.ts";
import { parseJson } from "../base/strict.ts";
import { sha256 } from "../envelope/hash.ts";
import { verify } from "../envelope/sign.ts";
import { findReviewer, type Reviewer, type Roster } from "../roster/roster.ts";
import { signInMessage } from "../roster/signin.ts";
import { insertChallenge, takeChallenge } from "../store/challenge.ts";
import type { Store } from "../store/open.ts";
import { deleteSession, findSession, insertSession } from "../store/session.ts";
import { readBody } from "./body.ts";
import { problem } from "./problem.ts";

/** What sign-in needs. The store keeps hashes of nonces and tokens, so that a stolen table opens no session. */
export interface Sessions {
  readonly store: Store;
  readonly roster: () => Roster;
  /** The origins this instance answers at; a signature names one of them. */
  readonly origins: () => readonly string[];
  readonly clock: Clock;
  readonly chance: Chance;
}

const challengeMs = 120_000;
const sessionMs = 15 * 60_000;
const mostBodyBytes = 4096;

const challengeBody = z.strictObject({ reviewer: z.string().max(32) });
const sessionBody = z.strictObject({
  reviewer: z.string().max(32),
  origin: z.string().max(256),
  nonce: z.string().length(43),
  signature: z.string().length(86),
});

/** `POST /api/challenge`, `POST /api/session`, `DELETE /api/session`: sign-in by signature, no password anywhere. */
export function sessionRoutes(sessions: Sessions): Hono {
  return new Hono()
    .post("/api/challenge", (context) => giveChallenge(sessions, context))
    .post("/api/session", (context) => openSession(sessions, context))
    .delete("/api/session", async (context) => {
      const token = bearer(context);
      if (token !== null) await deleteSession(sessions.store.db, sha256(token));
      return new Response(null, { status: 204 });
    });
}

/** Lets only live sessions of people in today's roster through, and names the reviewer to the routes behind it. */
export function requireSession(sessions: Sessions): MiddlewareHandler<{ Variables: { reviewer: Reviewer } }> {
  return async (context, next) => {
    const token = bearer(context);
    if (token === null) return problem("session.required");
    const nowMs = sessions.clock.nowMs();
    const id = await findSession(sessions.store.db, sha256(token), nowMs);
    const reviewer = id === null ? null : servingReviewer(sessions, id);
    if (reviewer === null) return problem("session.required");
    context.set("reviewer", reviewer);
    return next();
  };
}

async function giveChallenge(sessions: Sessions, context: Context): Promise<Response> {
  const body = challengeBody.safeParse(await jsonBody(context));
  if (!body.success) return problem("request.malformed");
  const nonce = sessions.chance.bytes(32);
  // An unknown name gets a nonce too, which opens nothing: the answer is the same for everybody.
  if (servingReviewer(sessions, body.data.reviewer) !== null)
    await insertChallenge(sessions.store.db, {
      reviewer: body.data.reviewer,
      nonceHash: sha256(nonce),
      expires: (sessions.clock.nowMs() + challengeMs) as UnixMs,
    });
  return Response.json({ instance: sessions.roster().instance, nonce: base64url(nonce) });
}

async function openSession(sessions: Sessions, context: Context): Promise<Response> {
  const body = sessionBody.safeParse(await jsonBody(context));
  if (!body.success) return problem("request.malformed");
  const { reviewer: id, origin } = body.data;
  const nonce = fromBase64url(body.data.nonce);
  const signature = fromBase64url(body.data.signature);
  const reviewer = servingReviewer(sessions, id);
  if (nonce === null || signature === null || reviewer === null) return problem("session.refused");
  if (!sessions.origins().includes(origin)) return problem("session.refused");
  const nowMs = sessions.clock.nowMs();
  if ((await takeChallenge(sessions.store.db, sha256(nonce), nowMs)) !== id) return problem("session.refused");
  const message = signInMessage({ instance: sessions.roster().instance, origin, reviewer: id, nonce });
  if (!verify(reviewer.verifier.publicKey, message, signature)) return problem("session.refused");
  const token = sessions.chance.bytes(32);
  const expires = (nowMs + sessionMs) as UnixMs;
  await insertSession(sessions.store.db, { tokenHash: sha256(token), reviewer: id, expires });
  return Response.json({ token: base64url(token), expires }, { status: 201 });
}

function servingReviewer(sessions: Sessions, id: string): Reviewer | null {
  const reviewer = findReviewer(sessions.roster(), id);
  const today = dayOf(sessions.clock.nowMs());
  return reviewer !== null && reviewer.from <= today && today <= reviewer.until ? reviewer : null;
}

async function jsonBody(context: Context): Promise<unknown> {
  const bytes = await readBody(context.req.raw, mostBodyBytes);
  return bytes === null ? undefined : parseJson(fromUtf8(bytes) ?? "");
}

function bearer(context: Context): Uint8Array | null {
  const token = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(context.req.header("authorization") ?? "")?.[1];
  return token === undefined ? null : fromBase64url(token);
}
