import { Hono } from "hono";
import { problem } from "./problem.ts";

/** The public halves this instance serves; whoever fetches them verifies them against anchors of their own. */
export interface PublicKeys {
  anchors(): Uint8Array | null;
  note(): Uint8Array;
  /** An edge asks the core for it, which may be away: then this rejects with `core.unavailable`. */
  former(serial: number): Uint8Array | null | Promise<Uint8Array | null>;
  /** The relay's note; absent or null where nothing is answered by SMS. */
  relay?(): Uint8Array | null | Promise<Uint8Array | null>;
}

/** `GET /keys/{anchors.json,roster.note,relay.note}` and `/keys/roster/<serial>.note`. */
export function keyRoutes(keys: PublicKeys): Hono {
  return new Hono()
    .get("/keys/anchors.json", () => bytesOr404(keys.anchors(), "application/json"))
    .get("/keys/roster.note", () => bytesOr404(keys.note(), "text/plain; charset=utf-8"))
    .get("/keys/relay.note", async () => bytesOr404((await keys.relay?.()) ?? null, "text/plain; charset=utf-8"))
    .get("/keys/roster/:file", async (context) => {
      const serial = /^(\d{1,9})\.note$/.exec(context.req.param("file"))?.[1];
      const note = serial === undefined ? null : await keys.former(Number(serial));
      return bytesOr404(note, "text/plain; charset=utf-8");
    });
}

function bytesOr404(bytes: Uint8Array | null, contentType: string): Response {
  if (bytes === null) return problem("route.unknown");
  return new Response(new Uint8Array(bytes), { headers: { "content-type": contentType } });
}
