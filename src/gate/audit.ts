import { Hono } from "hono";
import { z } from "zod";
import { auditRowJson } from "../envelope/audit-text.ts";
import type { Reviewer } from "../roster/roster.ts";
import { listAudit } from "../store/audit.ts";
import { readCheckpoint } from "../store/checkpoint.ts";
import type { Store } from "../store/open.ts";
import { problem } from "./problem.ts";
import { requireSession, type Sessions } from "./session.ts";

export const auditQuery = z.strictObject({
  after: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
});

/**
 * `GET /api/audit?after=&limit=` and `GET /api/audit/checkpoint`: rows in order, and the note that says how far they go
 * (triage.md, Audit). To whoever is signed in, reviewer or officer, and nobody else: how often reviewers act in an hour
 * says something about what came in before it.
 */
export function auditRoutes(sessions: Sessions, store: Store): Hono<{ Variables: { reviewer: Reviewer } }> {
  const routes = new Hono<{ Variables: { reviewer: Reviewer } }>();
  routes.use("/api/audit/*", requireSession(sessions)).use("/api/audit", requireSession(sessions));
  return routes
    .get("/api/audit", async (context) => {
      const parsed = auditQuery.safeParse(context.req.query());
      if (!parsed.success) return problem("request.malformed");
      const { after, limit } = parsed.data;
      const rows = await listAudit(store.db, after, limit + 1);
      const page = rows.slice(0, limit);
      const next = rows.length > limit ? page.at(-1)!.seq : null;
      return Response.json({ rows: page.map(auditRowJson), next });
    })
    .get("/api/audit/checkpoint", async () => {
      const newest = await readCheckpoint(store.db);
      if (newest === null) return problem("audit.noCheckpoint");
      return new Response(new Uint8Array(newest.note), { headers: { "content-type": "text/plain; charset=utf-8" } });
    });
}
