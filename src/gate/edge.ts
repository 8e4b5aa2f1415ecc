import { Hono } from "hono";
import type { Emit } from "../base/events.ts";
import { codeOf } from "../base/fault.ts";
import type { Secret } from "../base/secret.ts";
import type { PhoneEdge } from "../intake/ussd.ts";
import { gatewayRoutes } from "./gateway.ts";
import { guardHeaders } from "./headers.ts";
import { healthRoutes } from "./health.ts";
import { keyRoutes, type PublicKeys } from "./keys.ts";
import { problem, problemOf } from "./problem.ts";
import { reportRoutes, type ReportWays } from "./reports.ts";

/** What an edge answers from, whether or not a core is in the same process. */
export interface EdgeGate {
  readonly edge: PhoneEdge;
  readonly keys: PublicKeys;
  /** Path secrets of the callbacks; a process that no gateway calls has none, and then every callback is 404. */
  readonly gatewaySecrets: readonly Secret<string>[];
  /** Who may post sealed reports; anybody, by the edge's own way, unless told. */
  readonly reports?: ReportWays;
  /** Whether a report could be accepted now. */
  readonly ready: () => Promise<boolean>;
  readonly emit: Emit;
}

/**
 * The routes of an edge: health, public keys, callbacks, sealed posts. Nothing here, however far its imports go, knows
 * of store, queue, triage or relay, so the same code runs on Node and in workerd (house.md).
 */
export function openEdgeGate(gate: EdgeGate): Hono {
  const app = new Hono();
  app.use(guardHeaders);
  app.notFound(() => problem("route.unknown"));
  app.onError((error) => {
    gate.emit({ event: "failed", part: "gate", code: codeOf(error) });
    return problemOf(error);
  });
  return app
    .route("/", healthRoutes(gate.ready))
    .route("/", keyRoutes(gate.keys))
    .route("/", gatewayRoutes(gate.edge, gate.gatewaySecrets, gate.emit))
    .route("/", reportRoutes(gate.reports ?? { open: gate.edge.core, edges: null }));
}
