import { Hono } from "hono";
import type { Emit } from "../base/events.ts";
import { codeOf } from "../base/fault.ts";
import type { Secret } from "../base/secret.ts";
import type { Edge } from "../intake/edge.ts";
import type { Store } from "../store/open.ts";
import { gatewayRoutes } from "./gateway.ts";
import { guardHeaders } from "./headers.ts";
import { healthRoutes } from "./health.ts";
import { inboxRoutes } from "./inbox.ts";
import { keyRoutes, type PublicKeys } from "./keys.ts";
import { problem, problemOf } from "./problem.ts";
import { reportRoutes } from "./reports.ts";
import { sessionRoutes } from "./session.ts";

/** What the whole web process answers from. */
export interface Gate {
  readonly edge: Edge;
  readonly store: Store;
  readonly keys: PublicKeys;
  readonly gatewaySecrets: readonly Secret<string>[];
  /** The origins reviewers may sign in at. */
  readonly origins: () => readonly string[];
  /** Whether a report could be accepted now. */
  readonly ready: () => Promise<boolean>;
  readonly emit: Emit;
}

/** Every route of a process that is edge and core in one. */
export function openGate(gate: Gate): Hono {
  const { edge, store, emit } = gate;
  const sessions = { store, roster: edge.roster, origins: gate.origins, clock: edge.clock, chance: edge.chance };
  return guarded(emit)
    .route("/", healthRoutes(gate.ready))
    .route("/", keyRoutes(gate.keys))
    .route("/", gatewayRoutes(edge, gate.gatewaySecrets, emit))
    .route("/", reportRoutes(edge.core))
    .route("/", sessionRoutes(sessions))
    .route("/", inboxRoutes(sessions, store));
}

/** Headers on every answer, one problem for every failure, and no access log. */
function guarded(emit: Emit): Hono {
  const app = new Hono();
  app.use(guardHeaders);
  app.notFound(() => problem("route.unknown"));
  app.onError((error) => {
    emit({ event: "failed", part: "gate", code: codeOf(error) });
    return problemOf(error);
  });
  return app;
}
