import { Hono, type Context } from "hono";
import { z } from "zod";
import { parsePartId, type Door } from "../base/brand.ts";
import { parseJsonBytes, strictBytes } from "../base/strict.ts";
import type { Reviewer } from "../roster/roster.ts";
import { deleteParts, findPart } from "../store/part.ts";
import { caseBehind } from "../triage/case.ts";
import { readBody } from "./body.ts";
import { problem } from "./problem.ts";
import { requireSession, type Sessions } from "./session.ts";

type Known = { Variables: { reviewer: Reviewer } };

const mostIds = 128;
const mostBodyBytes = 8192;

const partId = z.string().transform((text, context) => {
  const id = parsePartId(text);
  if (id !== null) return id;
  context.addIssue({ code: "custom" });
  return z.NEVER;
});
export const partBody = z.strictObject({ id: partId });
export const partsBody = z.strictObject({ ids: z.array(partId).max(mostIds) });

/**
 * Parts of attachments, for reviewers. An id is inside a report alone, and no column ties a part to a report or a desk: who
 * knows the id may fetch it, as sealed bytes. It travels in a body, never in an address. To delete takes the door of a case
 * besides, which somebody took and whoever asks did not step aside from.
 */
export function sealedPartRoutes(sessions: Sessions): Hono<Known> {
  const routes = new Hono<Known>();
  routes.use("/api/parts/*", requireSession(sessions));
  return routes
    .post("/api/parts/sealed", async (context) => {
      const body = partBody.safeParse(await jsonOf(context));
      if (!body.success) return problem("request.malformed");
      const sealed = await findPart(sessions.store.db, body.data.id);
      if (sealed === null) return problem("attachment.gone");
      return new Response(new Uint8Array(sealed), { headers: { "content-type": "application/age" } });
    })
    .post("/api/parts/delete", async (context) => {
      const body = partsBody.safeParse(await jsonOf(context));
      if (!body.success) return problem("request.malformed");
      if (!(await isOfTakenCase(sessions, context))) return problem("case.unknown");
      await deleteParts(sessions.store.db, body.data.ids);
      return new Response(null, { status: 204 });
    });
}

async function isOfTakenCase(sessions: Sessions, context: Context<Known>): Promise<boolean> {
  const door = strictBytes(context.req.header("gundo-door"), 16);
  const found = door === null ? null : await caseBehind(sessions, context.get("reviewer"), door as Door);
  return found !== null && found.stored !== null;
}

async function jsonOf(context: Context): Promise<unknown> {
  const bytes = await readBody(context.req.raw, mostBodyBytes);
  return parseJsonBytes(bytes);
}
