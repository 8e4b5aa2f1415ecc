import { Hono } from "hono";
import { requireSession } from "../session.ts";
import type { ReleaseDesk } from "./accept.ts";
import type { Known } from "./asked.ts";
import { labelRoutes } from "./labels.ts";
import { noteRoutes } from "./notes.ts";
import { parcelRoutes } from "./parcels.ts";
import { quarterKeyRoutes } from "./quarter-key.ts";

/** Labels, the quarter's key, what officers hand each other, and the notes of releases (trends.md). */
export function releaseRoutes(desk: ReleaseDesk): Hono<Known> {
  const routes = new Hono<Known>();
  for (const path of ["labels", "labels/*", "quarter-key", "quarter-key/*", "parcel"])
    routes.use(`/api/releases/${path}`, requireSession(desk));
  return routes
    .route("/", labelRoutes(desk))
    .route("/", quarterKeyRoutes(desk))
    .route("/", parcelRoutes(desk))
    .route("/", noteRoutes(desk));
}
