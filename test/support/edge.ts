import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { basename } from "node:path";
import type { Readable } from "node:stream";
import { Miniflare } from "miniflare";
import { base64url } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import type { Event } from "../../src/base/events.ts";
import { Secret } from "../../src/base/secret.ts";
import { parseInstance } from "../../src/config/instance.ts";
import { openVault } from "../../src/config/vault.ts";
import { openGate } from "../../src/gate/app.ts";
import { derivedSeenKeys } from "../../src/intake/seen.ts";
import { oprfKeyOf } from "../../src/mailbox/oprf-key.ts";
import { storeReady } from "../../src/store/ready.ts";
import { bundleEdge, pinsIn } from "../../workers/edge-bundle.ts";
import { openNodeEdge } from "../../workers/edge-node.ts";
import { openEdge, type PhoneMeans } from "../../workers/edge-parts.ts";
import { listen } from "../../workers/web.ts";
import type { KeysDirectory } from "../../src/config/keys.ts";
import { edgeSecret, pathSecret, type TestCore } from "./core.ts";
import { temporaryHome } from "./store.ts";

/** An edge, of whatever kind, and how a gateway or a browser reaches it. */
export interface TestEdge {
  readonly request: (path: string, init?: RequestInit) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

const gatewaySecrets = [new Secret("an-older-path-secret-of-32-characters"), new Secret(pathSecret)];

export function meansFor(core: TestCore, events: Event[] = []): PhoneMeans {
  return {
    mode: "production",
    clock: core.clock,
    chance: systemChance,
    emit: (event) => void events.push(event),
    seenKeys: derivedSeenKeys(systemChance.bytes(32), core.clock),
    texts: parseInstance(core.keys.instance()),
    oprfKeys: { current: oprfKeyOf(core.oprfSeed), previous: null },
  };
}

/** What GUNDO_KEYS of an edge holds: what the board handed out by its own means. */
export function keysFor({ keys }: TestCore): KeysDirectory {
  return {
    version: () => "1",
    anchors: () => keys.anchors(),
    note: () => keys.note(),
    former: () => null,
    instance: () => keys.instance(),
  };
}

/** Edge and core in one process, on the core's own store. */
export async function allInOne(core: TestCore): Promise<TestEdge> {
  const means = meansFor(core);
  const { edge, decoys } = openEdge({
    ...means,
    core: core.intake,
    mailboxes: core.mailboxes,
    roster: () => core.roster(),
    relayKeys: () => core.relay.keys(),
    news: () => null,
  });
  const app = openGate({
    edge,
    gatewaySecrets,
    store: core.store.store,
    keys: core.keys,
    parts: core.parts,
    challengeKey: new Secret(systemChance.bytes(32)),
    anchors: () => core.board.anchors,
    checkpointKey: core.board.server.signing,
    origins: () => [],
    emit: means.emit,
    ready: () => storeReady(core.store.store.db),
  });
  const stop = (): Promise<void> => Promise.resolve(decoys[Symbol.asyncDispose]());
  return { request: async (path, init) => app.request(path, init), stop };
}

export interface NodeTestEdge extends TestEdge {
  readonly url: string;
  readonly events: readonly Event[];
  /** What its process calls every minute. */
  readonly refresh: () => void;
}

/** An edge on Node whose core is at an address, itself listening on loopback. */
export async function nodeEdge(core: TestCore): Promise<NodeTestEdge> {
  const events: Event[] = [];
  const home = await temporaryHome();
  const { app, decoys, refresh } = await openNodeEdge({
    ...meansFor(core, events),
    core: { url: core.url, edgeSecret },
    keys: keysFor(core),
    gateway: gatewaySecrets,
    vault: openVault(home),
  });
  const web = await listen(app.fetch, "127.0.0.1", 0);
  const stop = async (): Promise<void> => {
    await web[Symbol.asyncDispose]();
    await decoys[Symbol.asyncDispose]();
    await rm(home, { recursive: true });
  };
  const url = `http://127.0.0.1:${web.port}`;
  return { request: (path, init) => fetch(url + path, init), stop, url, events, refresh };
}

const wrangler = readFileSync("wrangler.toml", "utf8");

/** A value of wrangler.toml, so that the tests run what is deployed. */
export function deployed(name: string): string {
  const value = new RegExp(`^${name} = "(.*)"$`, "m").exec(wrangler)?.[1];
  if (value === undefined) throw new Error(`wrangler.toml has no ${name}`);
  return value;
}

/**
 * A connection for each request. Workerd closes one that was idle for five seconds and, unlike Node, does not announce it;
 * a test process that was held up meanwhile would send on it and be reset.
 */
function ownConnection(headers: HeadersInit = {}): Headers {
  const closing = new Headers(headers);
  closing.set("connection", "close");
  return closing;
}

export interface WorkerEdge extends TestEdge {
  readonly miniflare: Miniflare;
  /** Everything workerd printed, on both streams. */
  readonly printed: () => string;
}

/** The Worker's bundle in workerd, started as wrangler.toml says. */
export async function workerEdge(
  core: TestCore,
  bound: Readonly<Record<string, string>> = {},
  options: { readonly durableObjectsPersist?: string } = {},
): Promise<WorkerEdge> {
  const { outputFiles } = await bundleEdge(pinsIn(keysFor(core), core.clock));
  let said = "";
  const miniflare = new Miniflare({
    handleRuntimeStdio: (...streams: readonly Readable[]) => {
      for (const stream of streams) stream.setEncoding("utf8").on("data", (text: string) => (said += text));
    },
    modules: outputFiles.toReversed().map(({ path, contents }) => ({
      type: path.endsWith(".wasm") ? "CompiledWasm" : "ESModule",
      path: basename(path),
      contents,
    })),
    compatibilityDate: deployed("compatibility_date"),
    durableObjects: { EDGE: { className: deployed("class_name"), useSQLite: true } },
    bindings: {
      CORE_URL: core.url,
      EDGE_SECRET: edgeSecret.reveal(),
      GATEWAY_SECRET: gatewaySecrets.map((secret) => secret.reveal()).join(","),
      OPRF_KEY: base64url(core.oprfSeed),
      SEEN_KEY: base64url(systemChance.bytes(32)),
      ...bound,
    },
    ...options,
  });
  const url = await miniflare.ready;
  return {
    miniflare,
    printed: () => said,
    request: (path, init = {}) => fetch(new URL(path, url), { ...init, headers: ownConnection(init.headers) }),
    stop: () => miniflare.dispose(),
  };
}
