import type { Hono } from "hono";
import type { Store } from "../store/open.ts";
import { openEdgeGate, type EdgeGate } from "./edge.ts";
import { inboxRoutes } from "./inbox.ts";
import { sessionRoutes } from "./session.ts";

/** What a process that holds the store answers from: the core, and the edge too unless its gateway secrets are none. */
export interface Gate extends EdgeGate {
  readonly store: Store;
  /** The origins reviewers may sign in at. */
  readonly origins: () => readonly string[];
}

/** Every route of a core, on top of those it shares with an edge. */
export function openGate(gate: Gate): Hono {
  const { edge, store } = gate;
  const sessions = { store, roster: edge.roster, origins: gate.origins, clock: edge.clock, chance: edge.chance };
  return openEdgeGate(gate)
    .route("/", sessionRoutes(sessions))
    .route("/", inboxRoutes(sessions, store));
}
