import { Hono, type Context } from "hono";
import { z } from "zod";
import { equal } from "../../base/bytes.ts";
import { Fault } from "../../base/fault.ts";
import { findServing } from "../../roster/roster.ts";
import { everyNote, findParcel, parcelKinds, putParcel, withReleases, type ParcelKind } from "../../store/release.ts";
import { attemptName } from "../../trends/note.ts";
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

/** One's own seed is kept for oneself, of each attempt; everything else goes to the other. */
const seedAttempts: Readonly<Partial<Record<ParcelKind, number>>> = { seed: 1, "seed-2": 2 };

async function takeParcel(sessions: Sessions, context: Context<Known>): Promise<Response> {
  const { id } = requireOfficer(context.var);
  const place = asked(parcelToQuery, context);
  const to = findServing(sessions.roster(), place.officer, todayOf(sessions));
  const attempt = seedAttempts[place.kind];
  const fits = to?.roles.includes("release") === true && (attempt !== undefined) === (place.officer === id);
  if (!fits) throw new Fault("request.malformed");
  const sealed = await sealedBody(context, 1, [8192, 32_768, 131_072]);
  await withReleases(sessions.store.db, async (trx) => {
    const names = (await everyNote(trx)).filter(({ period }) => period === place.period).map(({ name }) => name);
    // What was destroyed with the release does not come back.
    if (names.includes("release")) throw new Fault("release.order");
    const isPromised = attempt !== undefined && names.includes(attemptName(`commit-${id}`, attempt));
    const there = isPromised ? await findParcel(trx, place) : null;
    // A request that was long under way must not take away the seed that was promised meanwhile.
    if (there !== null && !equal(there, sealed)) throw new Fault("release.held");
    await putParcel(trx, place, sealed);
  });
  return new Response(null, { status: 201 });
}
