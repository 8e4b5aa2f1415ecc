import { Hono, type Context } from "hono";
import { z } from "zod";
import { base64url } from "../../base/bytes.ts";
import { Fault } from "../../base/fault.ts";
import { strictBytes } from "../../base/strict.ts";
import { findReviewer, mayReview } from "../../roster/roster.ts";
import { firstLead } from "../../roster/readers.ts";
import { findQuarterKey, putQuarterKey, quarterKeyHolders } from "../../store/quarter-key.ts";
import { periodOf, sourceDays, type Period } from "../../trends/period.ts";
import { addDays } from "../../base/clock.ts";

import { problem } from "../problem.ts";
import type { Sessions } from "../session.ts";
import { asked, periodQuery, periodText, requireReviewer, sealedBody, todayOf, type Known } from "./asked.ts";

export const quarterKeyQuery = z.strictObject({ period: periodText, reviewer: z.string().max(32) });

/** The reviewers' token key of a quarter, made by the first lead of the roster who serves (trends.md, Labels). */
export function quarterKeyRoutes(sessions: Sessions): Hono<Known> {
  return new Hono<Known>()
    .post("/api/releases/quarter-key", (context) => takeKey(sessions, context))
    .get("/api/releases/quarter-key", async (context) => {
      const { id } = requireReviewer(sessions, context.var);
      const sealed = await findQuarterKey(sessions.store.db, asked(periodQuery, context).period, id);
      if (sealed === null) return problem("release.absent");
      return new Response(new Uint8Array(sealed), { headers: { "content-type": "application/age" } });
    })
    .get("/api/releases/quarter-key/holders", async (context) => {
      requireReviewer(sessions, context.var);
      const held = await quarterKeyHolders(sessions.store.db, asked(periodQuery, context).period);
      return Response.json({ keyHash: held && base64url(held.keyHash), reviewers: held?.reviewers ?? [] });
    });
}

async function takeKey(sessions: Sessions, context: Context<Known>): Promise<Response> {
  const { id } = requireReviewer(sessions, context.var);
  const today = todayOf(sessions);
  if (firstLead(sessions.roster(), today)?.id !== id) throw new Fault("forbidden");
  const { period, reviewer } = asked(quarterKeyQuery, context);
  const keyHash = strictBytes(context.req.header("gundo-key-hash"), 32);
  const holder = findReviewer(sessions.roster(), reviewer);
  if (keyHash === null || holder === null || !mayReview(holder, today)) throw new Fault("request.malformed");
  const sealed = await sealedBody(context, 1, [8192]);
  if (!isUnderWay(period, sessions)) throw new Fault("release.notNow");
  const kept = await putQuarterKey(sessions.store.db, { period, reviewer, keyHash, sealed });
  return kept === "stored" ? new Response(null, { status: 201 }) : problem("release.otherKey");
}

/** This quarter, or the one before as long as its labels may live. */
function isUnderWay(period: Period, sessions: Sessions): boolean {
  const today = todayOf(sessions);
  return period >= periodOf(addDays(today, 1 - sourceDays)) && period <= periodOf(today);
}
