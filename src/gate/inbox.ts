import { Hono, type Context } from "hono";
import { z } from "zod";
import { parseDeskId, parseReportId, type ReportId } from "../base/brand.ts";
import { base64 } from "../base/bytes.ts";
import { dayOf, fromIsoDay, isoDay } from "../base/clock.ts";
import { parseJsonBytes } from "../base/strict.ts";
import { offeredTo } from "../roster/offers.ts";
import { findDesk, mayReview, type Desk, type Reviewer } from "../roster/roster.ts";
import type { Store } from "../store/open.ts";
import { listReportIds, listReports, sealedReports, type ReportCursor, type SealedReport } from "../store/report.ts";
import { readBody } from "./body.ts";
import { problem } from "./problem.ts";
import { requireSession, type Sessions } from "./session.ts";

type Known = { Variables: { reviewer: Reviewer } };

const mostIds = 50;
const mostBodyBytes = 4096;

const page = { desk: z.string(), after: z.string().optional() };
export const inboxQuery = z.strictObject({ ...page, limit: z.coerce.number().int().min(1).max(100).default(50) });
export const idsQuery = z.strictObject({ ...page, limit: z.coerce.number().int().min(1).max(1000).default(500) });
export const sealedBody = z.strictObject({
  desk: z.string(),
  ids: z.array(z.string().regex(/^[0-9a-f]{32}$/)).max(mostIds),
});

/**
 * A desk's reports, newest day first, by cursor: whole (`GET /api/inbox`), or their ids and then those a client has not
 * got (`GET /api/inbox/ids`, `POST /api/inbox/sealed`). Each is listed byte-identical to the whole desk, whatever its
 * case does (triage.md, `report`), and so is whom it is offered to.
 */
export function inboxRoutes(sessions: Sessions, store: Store): Hono<Known> {
  const routes = new Hono<Known>();
  routes.use("/api/inbox/*", requireSession(sessions));
  return routes
    .get("/api/inbox", async (context) => {
      const asked = pageAsked(sessions, context, inboxQuery);
      if (asked instanceof Response) return asked;
      const { reports, next } = await listReports(store.db, asked.wanted);
      return Response.json({ reports: reports.map(reportJson), next: next && formatCursor(next) });
    })
    .get("/api/inbox/ids", async (context) => {
      const asked = pageAsked(sessions, context, idsQuery);
      if (asked instanceof Response) return asked;
      const { reports, next } = await listReportIds(store.db, asked.wanted);
      const today = dayOf(sessions.clock.nowMs());
      const listed = reports.map(({ id, receivedDay, sizeClass }) => {
        const offered = offeredTo(sessions.roster(), asked.desk, { id, receivedDay }, today);
        return { id, receivedDay: isoDay(receivedDay), sizeClass, offeredTo: offered };
      });
      return Response.json({ reports: listed, next: next && formatCursor(next) });
    })
    .post("/api/inbox/sealed", async (context) => {
      const bytes = await readBody(context.req.raw, mostBodyBytes);
      const body = sealedBody.safeParse(parseJsonBytes(bytes));
      if (!body.success) return problem("request.malformed");
      const desk = deskRead(sessions, context, body.data.desk);
      if (desk instanceof Response) return desk;
      const reports = await sealedReports(store.db, desk.id, body.data.ids as ReportId[]);
      return Response.json({ reports: reports.map(reportJson) });
    });
}

/** The page a reviewer asks for, or why they do not get it. */
function pageAsked(sessions: Sessions, context: Context<Known>, query: typeof inboxQuery) {
  const parsed = query.safeParse(context.req.query());
  const after = parsed.success && parsed.data.after !== undefined ? parseCursor(parsed.data.after) : undefined;
  if (!parsed.success || after === null) return problem("request.malformed");
  const desk = deskRead(sessions, context, parsed.data.desk);
  if (desk instanceof Response) return desk;
  const { limit } = parsed.data;
  return { desk, wanted: { desk: desk.id, limit, ...(after === undefined ? {} : { after }) } };
}

/** The desk, if this reviewer reads for it today. */
function deskRead(sessions: Sessions, context: Context<Known>, text: string): Desk | Response {
  const id = parseDeskId(text);
  if (id === null) return problem("request.malformed");
  const desk = findDesk(sessions.roster(), id);
  const reviewer = context.get("reviewer");
  const reads = mayReview(reviewer, dayOf(sessions.clock.nowMs())) && desk?.reviewers.includes(reviewer.id);
  return desk !== null && reads ? desk : problem("forbidden");
}

function reportJson(report: SealedReport): object {
  return { id: report.id, receivedDay: isoDay(report.receivedDay), sealed: base64(report.sealed) };
}

function formatCursor({ receivedDay, id }: ReportCursor): string {
  return `${isoDay(receivedDay)}.${id}`;
}

function parseCursor(text: string): ReportCursor | null {
  const [, day, id] = /^(\d{4}-\d{2}-\d{2})\.([0-9a-f]{32})$/.exec(text) ?? [];
  const receivedDay = day === undefined ? null : fromIsoDay(day);
  const report = parseReportId(id ?? "");
  return receivedDay === null || report === null ? null : { receivedDay, id: report };
}
