import { Hono, type Context } from "hono";
import { z } from "zod";
import { base64url } from "../../base/bytes.ts";
import { Fault } from "../../base/fault.ts";
import { strictBytes } from "../../base/strict.ts";
import { sha256 } from "../../envelope/hash.ts";
import { findLabels, insertLabels, listLabelIds } from "../../store/label.ts";
import { everyNote, withReleases } from "../../store/release.ts";
import { takesLabels } from "../../trends/calendar.ts";
import { problem } from "../problem.ts";
import type { Sessions } from "../session.ts";
import {
  asked,
  periodQuery,
  periodText,
  requireOfficer,
  requireReviewer,
  sealedBody,
  todayOf,
  type Known,
} from "./asked.ts";

/** Labels are sealed to the two officers whom the plan names. */
const officerStanzas = 2;
const labelClass = 131_072;

const labelId = z.string().transform((text, context) => {
  const id = strictBytes(text, 32);
  if (id !== null) return id;
  context.addIssue({ code: "custom" });
  return z.NEVER;
});
export const labelQuery = z.strictObject({ period: periodText, id: labelId });

/**
 * One file a console a quarter (trends.md, Labels). What is kept is the period and the sealed bytes: neither who was
 * signed in nor when.
 */
export function labelRoutes(sessions: Sessions): Hono<Known> {
  return new Hono<Known>()
    .post("/api/releases/labels", (context) => takeLabels(sessions, context))
    .get("/api/releases/labels", async (context) => {
      requireOfficer(context.var);
      const { period } = asked(periodQuery, context);
      return Response.json({ labels: (await listLabelIds(sessions.store.db, period)).map(base64url) });
    })
    .get("/api/releases/labels/sealed", async (context) => {
      requireOfficer(context.var);
      const { period, id } = asked(labelQuery, context);
      const sealed = await findLabels(sessions.store.db, period, id);
      if (sealed === null) return problem("release.absent");
      return new Response(new Uint8Array(sealed), { headers: { "content-type": "application/age" } });
    });
}

async function takeLabels(sessions: Sessions, context: Context<Known>): Promise<Response> {
  requireReviewer(sessions, context.var);
  const { period } = asked(periodQuery, context);
  const sealed = await sealedBody(context, officerStanzas, [labelClass]);
  if (!takesLabels(sessions.roster().instance, period, todayOf(sessions))) throw new Fault("release.notNow");
  const kept = await withReleases(sessions.store.db, async (trx) => {
    const names = (await everyNote(trx)).filter((one) => one.period === period).map(({ name }) => name);
    if (!names.includes("plan")) throw new Fault("release.order");
    if (names.includes("claim")) throw new Fault("release.claimed");
    return insertLabels(trx, { id: sha256(sealed), period, sealed });
  });
  return new Response(null, { status: kept === "stored" ? 201 : 200 });
}
