import type { Hono } from "hono";
import type { Chance } from "../base/chance.ts";
import type { Clock } from "../base/clock.ts";
import type { Secret } from "../base/secret.ts";
import type { SigningKey } from "../envelope/sign.ts";
import type { Anchors, Roster } from "../roster/roster.ts";
import type { Store } from "../store/open.ts";
import { auditRoutes } from "./audit.ts";
import { caseRoutes } from "./cases.ts";
import { consoleRoutes, type ConsoleParts } from "./console.ts";
import { openCommonGate, openEdgeGate, type CommonGate, type EdgeGate } from "./edge.ts";
import { inboxRoutes } from "./inbox.ts";
import { openApiRoutes } from "./openapi.ts";
import { releaseRoutes } from "./releases/routes.ts";
import { rosterRoutes } from "./roster.ts";
import { relayRoutes, storeDeliveries } from "./relay.ts";
import type { ReportWays } from "./reports.ts";
import { sealedPartRoutes } from "./sealed-parts.ts";
import { sessionRoutes } from "./session.ts";
import { simulatorRoutes, type SimulatorParts } from "./simulator.ts";
import { trendRoutes, type TrendsParts } from "./trends.ts";
import { openWorkGuard } from "./work.ts";

/** What reviewers are answered from. */
interface Desks {
  readonly store: Store;
  /** The origins reviewers may sign in at. */
  readonly origins: () => readonly string[];
  /** Under which sign-in challenges are made (challenge.ts). */
  readonly challengeKey: Secret<Uint8Array>;
  /** Whose signatures allow a second draw of a release. */
  readonly anchors: () => Anchors;
  /** With which the core says when it saw a note of a release. */
  readonly checkpointKey: SigningKey;
  /** Ends what is held for them when the process stops. */
  readonly stops?: AbortSignal;
  /** Their own page; a core of a test goes without. */
  readonly console?: ConsoleParts;
  /** The public pages of trends; likewise. */
  readonly trends?: TrendsParts;
}

/** What the whole web process answers from. */
export interface Gate extends EdgeGate, Desks {
  /** A demo's phone on screen; anywhere else `/simulator` is 404. */
  readonly simulator?: SimulatorParts;
}

/** What a core answers from whose edges are elsewhere: no gateway calls it. */
export interface CoreGate extends CommonGate, Desks {
  readonly roster: () => Roster;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** Every route of a process that is edge and core in one. */
export function openGate(gate: Gate): Hono {
  const { roster, clock, chance } = gate.edge;
  const deliveries = storeDeliveries(gate.store);
  const app = withReviewers(openEdgeGate({ ...gate, deliveries }), { ...gate, roster, clock, chance });
  return gate.simulator === undefined ? app : app.route("/", simulatorRoutes(gate.simulator));
}

/** Every route of a core by itself. */
export function openCoreGate(gate: CoreGate): Hono {
  return withReviewers(openCommonGate(gate, openWorkGuard(gate.clock, gate.chance)), gate);
}

type Reviewers = Desks & Pick<CoreGate, "roster" | "clock" | "chance" | "keys"> & { readonly reports?: ReportWays };

function withReviewers(app: Hono, sessions: Reviewers): Hono {
  const { keys, stops } = sessions;
  const notes = { note: () => keys.note(), ...(stops !== undefined && { stops }) };
  const edgeSecret = sessions.reports?.edges?.secret ?? null;
  if (sessions.console !== undefined) app.route("/", consoleRoutes(sessions.console));
  if (sessions.trends !== undefined) app.route("/", trendRoutes(sessions.trends));
  return app
    .route("/", sessionRoutes(sessions))
    .route("/", rosterRoutes(sessions, notes))
    .route("/", inboxRoutes(sessions, sessions.store))
    .route("/", caseRoutes(sessions))
    .route("/", sealedPartRoutes(sessions))
    .route("/", releaseRoutes(sessions))
    .route("/", auditRoutes(sessions, sessions.store))
    .route("/", relayRoutes({ ...sessions, edgeSecret }))
    .route("/", openApiRoutes());
}
