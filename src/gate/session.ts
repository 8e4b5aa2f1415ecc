import { Hono, type Context, type MiddlewareHandler } from "hono";
import { z } from "zod";
import { base64url, equal, fromBase64url } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import { dayOf, type Clock, type UnixMs } from "../base/clock.ts";
import type { Secret } from "../base/secret.ts";
import { parseJsonBytes } from "../base/strict.ts";
import { isSignedAct, type AuditAct } from "../envelope/audit.ts";
import { sha256 } from "../envelope/hash.ts";
import { verify } from "../envelope/sign.ts";
import { findServing, type Reviewer, type Roster } from "../roster/roster.ts";
import { signInMessage, signInObject } from "../roster/signin.ts";
import { spendNonce } from "../store/nonce.ts";
import type { Store } from "../store/open.ts";
import { deleteSession, findSession, insertSession, type Session } from "../store/session.ts";
import { appendAudit } from "../triage/audit.ts";
import { readBody } from "./body.ts";
import { challengeEnd, newChallenge } from "./challenge.ts";
import { problem } from "./problem.ts";

/** What sign-in needs. The store keeps hashes of spent nonces and tokens: a stolen table opens no session. */
export interface Sessions {
  readonly store: Store;
  readonly roster: () => Roster;
  /** The origins this instance answers at; a signature names one of them. */
  readonly origins: () => readonly string[];
  /** 32 bytes under which challenges are made; the same in every core of an instance. */
  readonly challengeKey: Secret<Uint8Array>;
  readonly clock: Clock;
  readonly chance: Chance;
}

const sessionMs = 15 * 60_000;
const mostBodyBytes = 4096;

export const challengeBody = z.strictObject({ reviewer: z.string().max(32) });
export const sessionBody = z.strictObject({
  reviewer: z.string().max(32),
  origin: z.string().max(256),
  nonce: z.string().length(43),
  signature: z.string().length(86),
  auditSignature: z.string().length(86),
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
    const signedIn = await findSession(sessions.store.db, sha256(token), nowMs);
    const reviewer = signedIn === null ? null : servingWith(sessions, signedIn.reviewer, signedIn.verifier);
    if (reviewer === null) return problem("session.required");
    context.set("reviewer", reviewer);
    return next();
  };
}

/** Whether the roster in force still names somebody that a session was opened for. */
export function isServing(sessions: Sessions, { id, verifier }: Reviewer): boolean {
  return servingWith(sessions, id, verifier.publicKey) !== null;
}

/** A key that was replaced may be in other hands: it ends with the roster that replaced it. */
function servingWith(sessions: Sessions, id: string, publicKey: Uint8Array): Reviewer | null {
  const reviewer = servingReviewer(sessions, id);
  return reviewer !== null && equal(reviewer.verifier.publicKey, publicKey) ? reviewer : null;
}

async function giveChallenge(sessions: Sessions, context: Context): Promise<Response> {
  const body = challengeBody.safeParse(await jsonBody(context));
  if (!body.success) return problem("request.malformed");
  const { instance } = sessions.roster();
  const { clock, chance, challengeKey } = sessions;
  // An unknown name gets a nonce too, which opens nothing: the answer is the same for everybody.
  const nonce = newChallenge(challengeKey, { instance, ...body.data }, clock.nowMs(), chance);
  return Response.json({ instance, nonce: base64url(nonce) });
}

async function openSession(sessions: Sessions, context: Context): Promise<Response> {
  const body = sessionBody.safeParse(await jsonBody(context));
  if (!body.success) return problem("request.malformed");
  const proven = proveSignIn(sessions, body.data);
  if (proven === null) return problem("session.refused");
  const token = sessions.chance.bytes(32);
  const expires = (sessions.clock.nowMs() + sessionMs) as UnixMs;
  const opened = await keepSession(sessions, proven, { tokenHash: sha256(token), expires });
  return opened ? Response.json({ token: base64url(token), expires }, { status: 201 }) : problem("session.refused");
}

/** A sign-in whose signatures hold: what is left is that its nonce serves once. */
interface Proven {
  readonly reviewer: Reviewer;
  readonly nonceHash: Uint8Array;
  readonly nonceEnds: UnixMs;
  readonly act: AuditAct;
}

/** Nothing is written before both signatures hold, so that nobody without a key can make the core write. */
function proveSignIn(sessions: Sessions, body: z.infer<typeof sessionBody>): Proven | null {
  const { reviewer: id, origin } = body;
  const { instance } = sessions.roster();
  const reviewer = servingReviewer(sessions, id);
  const [nonce, signature, auditSignature] = [body.nonce, body.signature, body.auditSignature].map(fromBase64url);
  if (!nonce || !signature || !auditSignature || reviewer === null || !sessions.origins().includes(origin)) return null;
  const nonceEnds = challengeEnd(sessions.challengeKey, { instance, reviewer: id }, nonce, sessions.clock.nowMs());
  if (nonceEnds === null) return null;
  const { publicKey } = reviewer.verifier;
  const object = signInObject({ origin, nonce });
  const act = { instance, reviewer: id, action: "signIn", object } as const;
  const message = signInMessage({ instance, origin, reviewer: id, nonce });
  if (!verify(publicKey, message, signature) || !isSignedAct(publicKey, act, auditSignature)) return null;
  const row = { actor: id, action: act.action, object, signature: auditSignature } as const;
  return { reviewer, nonceHash: sha256(nonce), nonceEnds, act: row };
}

/** Nonce, session and audit in one transaction; false when the nonce was spent before. */
function keepSession(
  { store, clock }: Sessions,
  { reviewer, nonceHash, nonceEnds, act }: Proven,
  session: Pick<Session, "tokenHash" | "expires">,
): Promise<boolean> {
  return store.db.transaction().execute(async (trx) => {
    if (!(await spendNonce(trx, nonceHash, nonceEnds))) return false;
    const { id, verifier } = reviewer;
    await insertSession(trx, { ...session, reviewer: id, verifier: verifier.publicKey });
    await appendAudit(trx, act, clock);
    return true;
  });
}

function servingReviewer(sessions: Sessions, id: string): Reviewer | null {
  return findServing(sessions.roster(), id, dayOf(sessions.clock.nowMs()));
}

async function jsonBody(context: Context): Promise<unknown> {
  const bytes = await readBody(context.req.raw, mostBodyBytes);
  return parseJsonBytes(bytes);
}

function bearer(context: Context): Uint8Array | null {
  const token = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(context.req.header("authorization") ?? "")?.[1];
  return token === undefined ? null : fromBase64url(token);
}
