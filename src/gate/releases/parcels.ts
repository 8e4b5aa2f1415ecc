import { Hono, type Context } from "hono";
import { z } from "zod";
import { Fault } from "../../base/fault.ts";
import { findServing } from "../../roster/roster.ts";
import { findParcel, parcelKinds, putParcel, withReleases } from "../../store/release.ts";
import { problem } from "../problem.ts";
import type { Sessions } from "../session.ts";
import { asked, periodText, requireOfficer, sealedBody, todayOf, type Known } from "./asked.ts";

export const parcelQuery = z.strictObject({ period: periodText, kind: z.enum(parcelKinds) });
export const parcelToQuery = z.strictObject({ ...parcelQuery.shape, officer: z.string().max(32) });

/** What the officers hand each other, sealed to one of them: a plan or a draw to be signed too, a seed (trends.md). */
export function parcelRoutes(sessions: Sessions): Hono<Known> {
  return new Hono<Known>()
    .post("/api/releases/parcel", (context) => takeParcel(sessions, context))
    .get("/api/releases/parcel", async (context) => {
      const { id } = requireOfficer(context.var);
      const sealed = await findParcel(sessions.store.db, { ...asked(parcelQuery, context), officer: id });
      if (sealed === null) return problem("release.absent");
      return new Response(new Uint8Array(sealed), { headers: { "content-type": "application/age" } });
    });
}

async function takeParcel(sessions: Sessions, context: Context<Known>): Promise<Response> {
  const { id } = requireOfficer(context.var);
  const place = asked(parcelToQuery, context);
  const to = findServing(sessions.roster(), place.officer, todayOf(sessions));
  // One's own seed is kept for oneself; everything else goes to the other.
  const fits = to?.roles.includes("release") === true && (place.kind === "seed") === (place.officer === id);
  if (!fits) throw new Fault("request.malformed");
  const sealed = await sealedBody(context, 1, [8192, 32_768, 131_072]);
  await withReleases(sessions.store.db, (trx) => putParcel(trx, place, sealed));
  return new Response(null, { status: 201 });
}
