import { Hono } from "hono";
import { problem } from "./problem.ts";

/** `GET /healthz` while the process lives, `GET /readyz` while it can accept; neither says how much it holds. */
export function healthRoutes(ready: () => Promise<boolean>): Hono {
  return new Hono()
    .get("/healthz", () => new Response("ok\n"))
    .get("/readyz", async () => ((await ready()) ? new Response("ready\n") : problem("store.unavailable")));
}
