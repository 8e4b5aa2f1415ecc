import { Hono } from "hono";
import { z } from "zod";
import { parseDeskId, parseReportId } from "../base/brand.ts";
import { base64 } from "../base/bytes.ts";
import { dayOf, fromIsoDay, isoDay } from "../base/clock.ts";
import { findDesk, mayReview, type Reviewer } from "../roster/roster.ts";
import type { Store } from "../store/open.ts";
import { listReports, type ReportCursor, type StoredReport } from "../store/report.ts";
import { problem } from "./problem.ts";
import { requireSession, type Sessions } from "./session.ts";

const query = z.strictObject({
  desk: z.string(),
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/**
 * `GET /api/inbox?desk=&after=&limit=`: sealed reports, newest day first, with a cursor to the next page.
 * Each is listed byte-identical to the whole desk, whatever its case does (triage.md, `report`).
 */
export function inboxRoutes(sessions: Sessions, store: Store): Hono<{ Variables: { reviewer: Reviewer } }> {
  const routes = new Hono<{ Variables: { reviewer: Reviewer } }>();
  routes.use("/api/inbox", requireSession(sessions));
  return routes.get("/api/inbox", async (context) => {
    const parsed = query.safeParse(context.req.query());
    const deskId = parsed.success ? parseDeskId(parsed.data.desk) : null;
    const after = parsed.success && parsed.data.after !== undefined ? parseCursor(parsed.data.after) : undefined;
    if (!parsed.success || deskId === null || after === null) return problem("request.malformed");
    const desk = findDesk(sessions.roster(), deskId);
    const reviewer = context.get("reviewer");
    const reads = mayReview(reviewer, dayOf(sessions.clock.nowMs())) && desk?.reviewers.includes(reviewer.id);
    if (!reads) return problem("forbidden");
    const { limit } = parsed.data;
    const page = await listReports(store.db, { desk: deskId, limit, ...(after === undefined ? {} : { after }) });
    return Response.json({ reports: page.reports.map(reportJson), next: page.next && formatCursor(page.next) });
  });
}

function reportJson(report: StoredReport): object {
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
