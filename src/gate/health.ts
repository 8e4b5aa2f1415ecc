import { Hono } from "hono";
import { problem } from "./problem.ts";

/** What must answer for this process to be ready. */
export interface Readiness {
  /** Whether a report could be accepted now. */
  readonly ready: () => Promise<boolean>;
  /** Whether jobs could be added now; null or absent where no worker runs. */
  readonly queues?: { ready(): Promise<boolean> } | null;
}

/** `GET /healthz` while the process lives, `GET /readyz` while it can accept; neither says how much it holds. */
export function healthRoutes({ ready, queues }: Readiness): Hono {
  return new Hono()
    .get("/healthz", () => new Response("ok\n"))
    .get("/readyz", async () => {
      if (!(await ready())) return problem("store.unavailable");
      if (queues && !(await queues.ready())) return problem("queue.unavailable");
      return new Response("ready\n");
    });
}
