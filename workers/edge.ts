import { fromHex, utf8 } from "../src/base/bytes.ts";
import { systemChance as chance } from "../src/base/chance.ts";
import { systemClock as clock } from "../src/base/clock.ts";
import { consoleEvents, tellOperator } from "../src/base/events.ts";
import { parseInstance } from "../src/config/instance.ts";
import { refusalText } from "../src/config/refusal.ts";
import { readWorkerConfig, type WorkerConfig } from "../src/config/worker.ts";
import { openEdgeGate } from "../src/gate/edge.ts";
import { problem } from "../src/gate/problem.ts";
import { openCoreKeys } from "../src/intake/core-keys.ts";
import { guardCore } from "../src/intake/guard.ts";
import { remoteDeliveries } from "../src/intake/deliveries.ts";
import { remoteCore, remoteMailboxes, remoteParts, remoteReady } from "../src/intake/remote.ts";
import { derivedSeenKeys } from "../src/intake/seen.ts";
import { oprfKeyOf, type OprfKey } from "../src/mailbox/oprf-key.ts";
import { holdRoster } from "../src/roster/held.ts";
import type { RosterMemory } from "../src/roster/verify.ts";
import { readAnchors } from "./anchors.ts";
import { openEdge, type EdgeMeans } from "./edge-parts.ts";
import type { EdgePins } from "./edge-bundle.ts";
import { remoteNews } from "./remote-news.ts";

/** Compiled in by edge-bundle.ts: what this Worker trusts, which nobody changes without deploying it anew. */
declare const GUNDO_PINS: EdgePins;

type Answer = (request: Request) => Response | Promise<Response>;

interface Bindings {
  readonly EDGE: { idFromName(name: string): unknown; get(id: unknown): { readonly fetch: Answer } };
}

/** What keeps a Durable Object until a promise has ended. */
interface ObjectState {
  waitUntil(promise: Promise<unknown>): void;
}

/**
 * One object holds the day's keys, the limits and the notes of turns, so that a phone meets the same memory at every
 * turn. Nothing of it is ever written: the object's storage is not touched (phones.md, Dialogue).
 */
export class EdgeObject {
  readonly #answer: Answer;

  constructor(state: ObjectState, bindings: unknown) {
    const reading = readWorkerConfig(bindings);
    if (!reading.ok) tellOperator(refusalText(reading.refusals));
    this.#answer = reading.ok ? openWorkerEdge(reading.config, state) : () => problem("config.refused");
  }

  fetch(request: Request): Response | Promise<Response> {
    return this.#answer(request);
  }
}

function openWorkerEdge(config: WorkerConfig, state: ObjectState): Answer {
  const emit = consoleEvents(clock);
  const { anchors, anchorsJson } = readAnchors({ anchors: () => utf8(GUNDO_PINS.anchors) }, "production");
  const roster = holdRoster(anchors, pinnedMemory(), clock, emit);
  const core = { url: config.coreUrl, edgeSecret: config.edgeSecret };
  const keys = openCoreKeys({ anchorsJson, anchors, roster, core, clock, emit });
  const news = remoteNews({ core, roster: () => roster.current(), clock, emit });
  const means: EdgeMeans = {
    clock,
    chance,
    emit,
    core: remoteCore(core),
    mailboxes: remoteMailboxes(core),
    roster: () => roster.current(),
    relayKeys: () => keys.relayKeys(),
    news: () => news.current(),
    mode: "production",
    seenKeys: derivedSeenKeys(config.seenKey.reveal(), clock),
    texts: parseInstance(utf8(GUNDO_PINS.instance)),
    oprfKeys: { current: oprfKeyOf(config.oprfKey.reveal()), previous: previousOf(config) },
  };
  const { edge } = openEdge(means);
  const { gatewaySecrets } = config;
  const reports = { open: guardCore(edge.core, edge.roster), edges: null };
  const gate = openEdgeGate({
    edge,
    keys,
    gatewaySecrets,
    reports,
    parts: remoteParts(core),
    ready: remoteReady(core, clock),
    emit,
    deliveries: remoteDeliveries(core),
  });
  return async (request) => {
    edge.sources.forgetPast();
    const refreshed = keys.refresh();
    if (roster.isHeld()) state.waitUntil(refreshed);
    else await refreshed;
    // Without a roster nobody's signature says anything.
    if (roster.isHeld()) state.waitUntil(news.refresh());
    return gate.fetch(request);
  };
}

function previousOf({ oprfKeyPrevious }: WorkerConfig): OprfKey | null {
  return oprfKeyPrevious === null ? null : oprfKeyOf(oprfKeyPrevious.reveal());
}

/** The roster of the day this Worker was built is the oldest it takes; what it learns since, it forgets with its memory. */
function pinnedMemory(): { read(): RosterMemory; write(memory: RosterMemory): void } {
  const { serial, noteHash } = GUNDO_PINS;
  let memory: RosterMemory = { serial, noteHash: fromHex(noteHash)! };
  return { read: () => memory, write: (learned) => void (memory = learned) };
}

const objectOf = ({ EDGE }: Bindings): { readonly fetch: Answer } => EDGE.get(EDGE.idFromName("edge"));

export default {
  fetch: (request: Request, bindings: Bindings) => objectOf(bindings).fetch(request),
  /** Every minute (wrangler.toml): the object stays in memory, so that the day's keys live for the day and decoys go out. */
  scheduled: async (_event: unknown, bindings: Bindings) => {
    const answer = await objectOf(bindings).fetch(new Request("https://edge/healthz"));
    await answer.arrayBuffer();
  },
};
