import { Hono } from "hono";
import { parseDeskId, type DoorHash, type Sealed } from "../base/brand.ts";
import { fromBase64url } from "../base/bytes.ts";
import type { Core } from "../intake/core.ts";
import { readBody } from "./body.ts";
import { problem } from "./problem.ts";

/** The largest class sealed to the largest desk Gundo is meant for, and some room. */
const mostSealedBytes = 524_288;

/** `POST /reports/<desk>`: an age file enters (triage.md, One way in). 201 stored, 200 seen before. */
export function reportRoutes(core: Core): Hono {
  return new Hono().post("/reports/:desk", async (context) => {
    const desk = parseDeskId(context.req.param("desk"));
    if (desk === null) return problem("desk.unknown");
    if (context.req.header("content-type") !== "application/age") return problem("request.unsupported");
    const doorHash = fromBase64url(context.req.header("gundo-door-hash") ?? "");
    if (doorHash?.length !== 32) return problem("request.malformed");
    const sealed = await readBody(context.req.raw, mostSealedBytes);
    if (sealed === null) return problem("request.tooLarge");
    await core.accept({ desk, sealed: sealed as Uint8Array as Sealed, doorHash: doorHash as Uint8Array as DoorHash });
    return new Response("", { status: 201 });
  });
}
