import { Hono, type Context } from "hono";
import type { Emit } from "../base/events.ts";
import { codeOf } from "../base/fault.ts";
import type { Secret } from "../base/secret.ts";
import type { Mailboxes, Parts } from "../intake/core.ts";
import type { Deliveries } from "../intake/deliveries.ts";
import type { PhoneEdge } from "../intake/ussd.ts";
import type { OprfKeys } from "../mailbox/oprf-key.ts";
import { gatewayRoutes } from "./gateway.ts";
import { guardHeaders } from "./headers.ts";
import { healthRoutes, type Readiness } from "./health.ts";
import { keyRoutes, type PublicKeys } from "./keys.ts";
import { mailboxRoutes } from "./mailbox.ts";
import { oprfRoutes, openWebEvaluations } from "./oprf.ts";
import { pageRoutes } from "./page.ts";
import type { PageAssets } from "./page/assets.ts";
import { partRoutes } from "./parts.ts";
import { problem, problemOf } from "./problem.ts";
import { reportRoutes, type ReportWays } from "./reports.ts";
import { isBearer } from "./secret.ts";
import { openWorkGuard, writeBits, type WorkGuard, type WorkPurpose } from "./work.ts";

/** What edge and core both answer from. */
export interface CommonGate extends Readiness {
  readonly keys: PublicKeys;
  /** Who may post sealed reports, and where they go. */
  readonly reports: ReportWays;
  readonly mailboxes: Mailboxes;
  readonly parts: Parts;
  readonly emit: Emit;
}

/** What an edge answers from, whether or not a core is in the same process. */
export interface EdgeGate extends Omit<CommonGate, "reports" | "mailboxes"> {
  readonly edge: PhoneEdge;
  readonly gatewaySecrets: readonly Secret<string>[];
  /** Where delivery reports go; absent, they are dropped. */
  readonly deliveries?: Deliveries;
  /** Anybody's posts go the edge's own way unless told. */
  readonly reports?: ReportWays;
  /** The informant's page, the keys of its receipts, whom to call in danger; absent where only phones are answered. */
  readonly page?: { readonly assets: PageAssets; readonly oprfKeys: OprfKeys; readonly helpNumber: string };
}

/**
 * The routes of an edge: health, public keys, sealed posts, callbacks, the informant's page. Nothing here, however far
 * its imports go, knows of store, queue, triage or relay, so the same code runs on Node and in workerd (house.md).
 */
export function openEdgeGate(gate: EdgeGate): Hono {
  const { edge, gatewaySecrets, emit, page } = gate;
  const reports = gate.reports ?? { open: edge.core, edges: null };
  const work = openWorkGuard(edge.clock, edge.chance);
  const app = openCommonGate({ ...gate, reports, mailboxes: edge.mailboxes }, work).route(
    "/",
    gatewayRoutes(edge, gatewaySecrets, emit, gate.deliveries),
  );
  if (page === undefined) return app;
  const evaluations = openWebEvaluations(page.oprfKeys, edge.clock, edge.chance);
  return app.route("/", oprfRoutes(evaluations, work)).route("/", pageRoutes({ edge, evaluations, ...page, emit }));
}

/** Headers on every answer, one problem for every failure, no access log, and the routes of edge and core alike. */
export function openCommonGate(gate: CommonGate, work: WorkGuard): Hono {
  const { keys, reports, mailboxes, parts, emit } = gate;
  const app = new Hono();
  app.use(guardHeaders);
  app.notFound(() => problem("route.unknown"));
  app.onError((error) => {
    const answer = problemOf(error);
    // What the caller did wrong is theirs to know: said here, it would date every junk post, and fill the log with them.
    if (answer.status >= 500) emit({ event: "failed", part: "gate", code: codeOf(error) });
    return answer;
  });
  return app
    .route("/", healthRoutes(gate))
    .route("/", keyRoutes(keys))
    .route("/", reportRoutes(reports, work))
    .route(
      "/",
      partRoutes(parts, (context, bits) => unpaid(context, reports, work, "part", bits)),
    )
    .route(
      "/",
      mailboxRoutes(mailboxes, (context) => unpaid(context, reports, work, "write", writeBits)),
    );
}

/** An edge with the secret passes on what was paid for there. */
function unpaid(
  context: Context,
  { edges }: ReportWays,
  work: WorkGuard,
  purpose: WorkPurpose,
  bits: number,
): Response | null {
  const authorization = context.req.header("authorization");
  const isEdge = edges !== null && authorization !== undefined && isBearer(authorization, [edges.secret]);
  return isEdge ? null : work.refusal(context, purpose, bits);
}
