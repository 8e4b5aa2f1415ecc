import { Hono, type Context } from "hono";
import { z } from "zod";
import type { CaseEventHash, Door, Sealed } from "../base/brand.ts";
import { base64, base64url } from "../base/bytes.ts";
import { isoDay } from "../base/clock.ts";
import { parseJsonBytes, strictBytes } from "../base/strict.ts";
import { caseStates } from "../envelope/case-act.ts";
import type { Reviewer } from "../roster/roster.ts";
import { listCaseEvents, type StoredCase } from "../store/case.ts";
import { appendCaseEvent, caseBehind, casesBehind, type CaseAtDesk, type NewCaseEvent } from "../triage/case.ts";
import { readBody } from "./body.ts";
import { problem } from "./problem.ts";
import { mostSealedBytes } from "./reports.ts";
import { requireSession, type Sessions } from "./session.ts";

type Known = { Variables: { reviewer: Reviewer } };

const mostDoors = 500;
const mostStatesBytes = 16_384;
const doorText = z.string().transform((text, context) => {
  const door = strictBytes(text, 16);
  if (door !== null) return door as Door;
  context.addIssue({ code: "custom" });
  return z.NEVER;
});
export const statesBody = z.strictObject({ doors: z.array(doorText).max(mostDoors) });
export const eventsQuery = z.strictObject({
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(0),
  limit: z.coerce.number().int().min(1).max(50).default(50),
});

/**
 * The case routes (triage.md, The case). Each wants a session and the door, which only who opened the report has;
 * whatever is wrong about the door is one and the same 404.
 */
export function caseRoutes(sessions: Sessions): Hono<Known> {
  const routes = new Hono<Known>();
  routes.use("/api/case/*", requireSession(sessions));
  return routes
    .post("/api/case/states", (context) => giveStates(sessions, context))
    .get("/api/case", async (context) => {
      const found = await foundCase(sessions, context);
      if (found === null || found.stored === null) return problem("case.unknown");
      return Response.json(stateJson(found.stored), { headers: { etag: etagOf(found.stored.head) } });
    })
    .get("/api/case/events", (context) => giveEvents(sessions, context))
    .post("/api/case/events", (context) => takeEvent(sessions, context));
}

async function giveStates(sessions: Sessions, context: Context<Known>): Promise<Response> {
  const bytes = await readBody(context.req.raw, mostStatesBytes);
  const body = statesBody.safeParse(parseJsonBytes(bytes));
  if (!body.success) return problem("request.malformed");
  const cases = await casesBehind(sessions, context.get("reviewer"), body.data.doors);
  return Response.json({ cases: cases.map((one) => one && stateJson(one)) });
}

async function giveEvents(sessions: Sessions, context: Context<Known>): Promise<Response> {
  const query = eventsQuery.safeParse(context.req.query());
  if (!query.success) return problem("request.malformed");
  const found = await foundCase(sessions, context);
  if (found === null || found.stored === null) return problem("case.unknown");
  const { after, limit } = query.data;
  const listed = await listCaseEvents(sessions.store.db, { doorHash: found.doorHash, after, limit });
  // What was posted since the head was read comes with the next request: list and head belong together.
  const events = listed.filter(({ seq }) => seq <= found.stored!.seq);
  const last = events.at(-1)?.seq ?? found.stored.seq;
  return Response.json(
    {
      events: events.map(({ seq, sealed }) => ({ seq, sealed: base64(sealed) })),
      next: last < found.stored.seq ? last : null,
    },
    { headers: { etag: etagOf(found.stored.head) } },
  );
}

async function takeEvent(sessions: Sessions, context: Context<Known>): Promise<Response> {
  const found = await foundCase(sessions, context);
  if (found === null) return problem("case.unknown");
  if (context.req.header("content-type") !== "application/age") return problem("request.unsupported");
  const after = precondition(context);
  if (after === undefined) return problem("request.precondition");
  const said = eventHeaders(context);
  if (after === "malformed" || said === null) return problem("request.malformed");
  const sealed = await readBody(context.req.raw, mostSealedBytes);
  if (sealed === null) return problem("request.tooLarge");
  const event = { ...said, after, sealed: sealed as Uint8Array as Sealed };
  return store(sessions, context.get("reviewer"), found, event);
}

async function store(
  sessions: Sessions,
  reviewer: Reviewer,
  found: CaseAtDesk,
  event: NewCaseEvent,
): Promise<Response> {
  const posted = await appendCaseEvent(sessions, reviewer, found, event);
  if (posted.outcome === "conflict") {
    const refusal = problem("case.conflict");
    if (posted.head !== null) refusal.headers.set("etag", etagOf(posted.head));
    return refusal;
  }
  const status = posted.outcome === "stored" ? 201 : 200;
  return new Response(null, { status, headers: { etag: etagOf(event.hash) } });
}

async function foundCase(sessions: Sessions, context: Context<Known>): Promise<CaseAtDesk | null> {
  const door = strictBytes(context.req.header("gundo-door"), 16);
  return door === null ? null : caseBehind(sessions, context.get("reviewer"), door as Door);
}

/** `If-None-Match: *` is null, an `If-Match` its hash; undefined when there is neither, or both. */
function precondition(context: Context): CaseEventHash | null | "malformed" | undefined {
  const match = context.req.header("if-match");
  const none = context.req.header("if-none-match");
  if ((match === undefined) === (none === undefined)) return undefined;
  if (match === undefined) return none === "*" ? null : "malformed";
  const quoted = /^"([A-Za-z0-9_-]{43})"$/.exec(match)?.[1];
  return (strictBytes(quoted, 32) as CaseEventHash | null) ?? "malformed";
}

function eventHeaders(context: Context): Omit<NewCaseEvent, "after" | "sealed"> | null {
  const hash = strictBytes(context.req.header("gundo-event-hash"), 32) as CaseEventHash | null;
  const auditSignature = strictBytes(context.req.header("gundo-audit-signature"), 64);
  const state = caseStates.find((known) => known === context.req.header("gundo-case-state"));
  const aside = context.req.header("gundo-aside");
  if (hash === null || auditSignature === null || state === undefined) return null;
  return aside === undefined || aside === "1" ? { hash, auditSignature, state, stepsAside: aside === "1" } : null;
}

function stateJson({ state, seq, acknowledgeDay, answerDay }: StoredCase): object {
  return { state, seq, acknowledgeDay: isoDay(acknowledgeDay), answerDay: isoDay(answerDay) };
}

function etagOf(head: CaseEventHash): string {
  return `"${base64url(head)}"`;
}
