import { Hono, type Context } from "hono";
import { z } from "zod";
import { Fault } from "../../base/fault.ts";
import { everyNote, parcelPlaces, shownNotes, type StoredNote } from "../../store/release.ts";
import { readBody } from "../body.ts";
import { problem } from "../problem.ts";
import { requireSession } from "../session.ts";
import { acceptNote, type ReleaseDesk } from "./accept.ts";
import { asked, periodText, requireOfficer, type Known } from "./asked.ts";

const mostNoteBytes = 262_144;
const notePattern = /^[a-z][a-z0-9.-]{0,63}$/;

export const noteQuery = z.strictObject({ period: periodText, name: z.string().regex(notePattern) });

/**
 * The signed notes of releases: read by everybody, a release from its instant on, posted by officers. Its publication takes
 * no act: its instant decides, and nothing here answers with a note before it.
 */
export function noteRoutes(desk: ReleaseDesk): Hono<Known> {
  return new Hono<Known>()
    .get("/api/releases", async () => Response.json({ notes: (await shown(desk)).map(namesOf) }))
    .get("/api/releases/note", async (context) => {
      const { period, name } = asked(noteQuery, context);
      const found = (await shown(desk)).find((one) => one.period === period && one.name === name);
      if (found === undefined) return problem("release.absent");
      return new Response(new Uint8Array(found.note), { headers: { "content-type": "text/plain; charset=utf-8" } });
    })
    .get("/api/releases/held", requireSession(desk), async (context) => {
      requireOfficer(context.var);
      const { db } = desk.store;
      return Response.json({ notes: (await everyNote(db)).map(namesOf), parcels: await parcelPlaces(db) });
    })
    .post("/api/releases/note", requireSession(desk), (context) => takeNote(desk, context));
}

async function takeNote(desk: ReleaseDesk, context: Context<Known>): Promise<Response> {
  requireOfficer(context.var);
  if (context.req.header("content-type") !== "text/plain; charset=utf-8") throw new Fault("request.unsupported");
  const note = await readBody(context.req.raw, mostNoteBytes);
  if (note === null) throw new Fault("request.tooLarge");
  return new Response(null, { status: (await acceptNote(desk, note)) === "stored" ? 201 : 200 });
}

/** Each time from the table: an instant that has come needs no restart, and no copy holds what another process took. */
function shown({ store, clock }: ReleaseDesk): Promise<readonly StoredNote[]> {
  return shownNotes(store.db, clock.nowMs());
}

function namesOf({ period, name }: StoredNote): object {
  return { period, name };
}
