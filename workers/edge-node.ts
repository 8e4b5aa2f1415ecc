import type { Hono } from "hono";
import { Fault } from "../src/base/fault.ts";
import type { Secret } from "../src/base/secret.ts";
import type { KeysDirectory } from "../src/config/keys.ts";
import type { Vault } from "../src/config/vault.ts";
import { openEdgeGate } from "../src/gate/edge.ts";
import type { CoreAddress } from "../src/intake/core-address.ts";
import { openCoreKeys } from "../src/intake/core-keys.ts";
import { guardCore } from "../src/intake/guard.ts";
import { remoteDeliveries } from "../src/intake/deliveries.ts";
import { remoteCore, remoteMailboxes, remoteParts, remoteReady } from "../src/intake/remote.ts";
import { holdRoster, offerAll } from "../src/roster/held.ts";
import { readAnchors, rosterMemoryOf } from "./anchors.ts";
import { bundlePage } from "./bundle.ts";
import { remoteNews } from "./remote-news.ts";
import { openEdge, type PhoneMeans } from "./edge-parts.ts";
import { checkOprfKeys } from "./phone-means.ts";

/** An edge of its own on Node: no database, a core at an address. */
export interface NodeEdgeMeans extends PhoneMeans {
  readonly core: CoreAddress;
  readonly keys: KeysDirectory;
  readonly vault: Vault;
  readonly gateway: readonly Secret<string>[];
}

export interface NodeEdge {
  readonly app: Hono;
  readonly decoys: AsyncDisposable;
  /** To be called every minute: fetches the core's roster, and throws the day's keys away when the day is over. */
  readonly refresh: () => void;
}

/**
 * The roster comes from the core, and until it does from what this edge kept of the last one or from GUNDO_KEYS: all are
 * verified, and the highest serial is in force. Rejects with what is wrong with the roster when there is none to start with.
 */
export async function openNodeEdge(means: NodeEdgeMeans): Promise<NodeEdge> {
  const { core, keys, vault, clock, emit, gateway: gatewaySecrets } = means;
  const { anchors, anchorsJson } = readAnchors(keys, means.mode);
  const roster = holdRoster(anchors, rosterMemoryOf(vault), clock, emit, (note) => vault.write("roster-note", note));
  const coreKeys = openCoreKeys({ anchorsJson, anchors, roster, core, clock, emit });
  const refusal = offerAll(roster, [...found(() => vault.read("roster-note")), ...found(() => keys.note())]);
  await coreKeys.refresh();
  if (refusal !== null && !roster.isHeld()) throw refusal;
  checkOprfKeys(roster.current(), means.oprfKeys);
  const news = remoteNews({ core, roster: () => roster.current(), clock, emit });
  await news.refresh();
  const { oprfKeys, texts } = means;
  const page = { assets: await bundlePage(anchorsJson, roster.current()), oprfKeys, helpNumber: texts.helpNumber };
  const { edge, decoys } = openEdge({
    ...means,
    core: remoteCore(core),
    mailboxes: remoteMailboxes(core),
    roster: () => roster.current(),
    relayKeys: () => coreKeys.relayKeys(),
    news: () => news.current(),
  });
  const reports = { open: guardCore(edge.core, edge.roster), edges: null };
  const ready = remoteReady(core, clock);
  const refresh = (): void => {
    edge.sources.forgetPast();
    // Drawn or not, the key before the last is gone on time.
    means.seenKeys.live();
    void coreKeys.refresh();
    void news.refresh();
  };
  const deliveries = remoteDeliveries(core);
  const parts = remoteParts(core);
  const gate = { edge, keys: coreKeys, gatewaySecrets, reports, parts, ready, emit, page, deliveries };
  return { app: openEdgeGate(gate), decoys, refresh };
}

/** An edge needs no roster.note on its own disk: the core has one. */
function found(read: () => Uint8Array | null): readonly Uint8Array[] {
  try {
    const note = read();
    return note === null ? [] : [note];
  } catch (error) {
    if (error instanceof Fault && error.code === "roster.missing") return [];
    throw error;
  }
}
