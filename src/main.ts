import { openAnswers, type Answers } from "../workers/answers.ts";
import { announce } from "../workers/announce.ts";
import { readAnchors, rosterMemoryOf } from "../workers/anchors.ts";
import { startAudit } from "../workers/audit.ts";
import { bundlePage } from "../workers/bundle.ts";
import { consoleOf } from "../workers/console-bundle.ts";
import { databaseOf, tidyLast } from "../workers/database.ts";
import { startDigest } from "../workers/digest.ts";
import { openNodeEdge } from "../workers/edge-node.ts";
import { openEdge } from "../workers/edge-parts.ts";
import { checkOprfKeys, phoneMeans, type Machine } from "../workers/phone-means.ts";
import { openQueues, startWorkers } from "../workers/queues.ts";
import { simulatorOf } from "../workers/simulator.ts";
import { tend } from "../workers/tend.ts";
import { trendsOf } from "../workers/trends.ts";
import { listen } from "../workers/web.ts";
import { systemChance as chance } from "./base/chance.ts";
import { systemClock as clock } from "./base/clock.ts";
import { consoleEvents, tellOperator } from "./base/events.ts";
import { codeOf } from "./base/fault.ts";
import { ensureDemo } from "./cli/demo/make.ts";
import { checkpointKeyOf, demoServerKeys } from "./cli/demo/server-keys.ts";
import type { Config, Secrets } from "./config/config.ts";
import { readDigest } from "./config/digest.ts";
import { processEnvironment, readSecretFile } from "./config/environment.ts";
import { openKeys, type KeysDirectory } from "./config/keys.ts";
import { readConfig } from "./config/read.ts";
import { refusalText, startFailureText } from "./config/refusal.ts";
import { openVault, type Vault } from "./config/vault.ts";
import { openCoreGate, openGate } from "./gate/app.ts";
import { challengeKeyFrom } from "./gate/challenge.ts";
import { newsIn } from "./gate/trends/news.ts";
import { openIntake } from "./intake/accept.ts";
import { openMailboxes } from "./intake/mailboxes.ts";
import { holdNews } from "./intake/news.ts";
import { openParts } from "./intake/parts.ts";
import type { Queues } from "./queue/queue.ts";
import type { Roster } from "./roster/roster.ts";
import { followRoster, type RosterSource } from "./roster/source.ts";
import { arrivalStore } from "./store/arrival.ts";
import { mailboxStore } from "./store/mailbox.ts";
import { openStore, type Store } from "./store/open.ts";
import { partStore } from "./store/part.ts";
import { readRelayNote } from "./store/relay-note.ts";
import { storeReady } from "./store/ready.ts";

const emit = consoleEvents(clock);
/** What this process holds, let go in reverse when it stops. */
const held = new AsyncDisposableStack();
const ending = new AbortController();

const reading = readConfig(processEnvironment(), readSecretFile);
if (reading.ok) await run(reading.config, reading.secrets);
else refuse(() => tellOperator(refusalText(reading.refusals)));

async function run(config: Config, secrets: Secrets): Promise<void> {
  stopOnSignals();
  try {
    await start(config, secrets);
  } catch (error) {
    refuse(() => tellOperator(startFailureText(codeOf(error))));
    await held.disposeAsync();
  }
}

async function start(config: Config, secrets: Secrets): Promise<void> {
  const vault = openVault(config.home);
  if (config.role === "edge") return serveEdge(config, secrets, vault);
  // No other process reaches the database of our own: there a core does the workers' work too.
  const works = config.role !== "core" || secrets.databaseUrl === null;
  const digest = works ? readDigest(config, secrets) : null;
  const connection = await both(databaseOf(config, secrets, emit, held), makeDemo(config, secrets, vault));
  const store = held.use(await openStore({ connection }));
  held.defer(() => tidyLast(store, emit));
  const keys = openKeys(config.keysDirectory);
  const roster = once(() => rosterOf(config, keys, vault));
  const answers = openAnswers({
    ...machineIn(config),
    secrets,
    keys,
    vault,
    store,
    roster: () => roster().current(),
  });
  held.use(tend(answers.refresh, emit));
  const queues = works ? held.use(await openQueues(secrets, connection, chance, emit)) : null;
  if (queues !== null) {
    await startWorkers(queues, store, machineIn(config));
    await answers.start(queues, held);
    if (digest !== null) {
      const key = checkpointKeyOf(vault, secrets, chance);
      await startDigest({ ...machineIn(config), queues, store, plan: digest, secrets, key });
    }
  }
  if (config.role === "worker") emit({ event: "started", part: "queue" });
  else await serveStore(config, secrets, { vault, keys, store, queues, answers, source: roster() });
}

/** What is made when it is first asked for: a worker that answers nothing by SMS needs no roster. */
function once<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}

/** What a process with a database serves from. */
interface Served {
  readonly vault: Vault;
  readonly keys: KeysDirectory;
  readonly store: Store;
  readonly queues: Queues | null;
  readonly answers: Answers;
  readonly source: RosterSource;
}

async function serveStore(config: Config, secrets: Secrets, served: Served): Promise<void> {
  const { vault, keys: directory, store, queues, answers, source } = served;
  const keys = { ...directory, relay: () => readRelayNote(store.db) };
  const roster = (): Roster => source.current();
  const core = openIntake(arrivalStore(store.db), (desk) => source.stanzaCounts(desk), clock);
  const mailboxes = openMailboxes(mailboxStore(store.db), clock, chance);
  const parts = openParts(partStore(store.db), clock, chance);
  const edges = secrets.edgeSecret === null ? null : { core, secret: secrets.edgeSecret };
  const origins: string[] = config.publicOrigin === null ? [] : [config.publicOrigin];
  const key = checkpointKeyOf(vault, secrets, chance);
  held.use(startAudit({ ...machineIn(config), store, roster, key }));
  const ready = (): Promise<boolean> => storeReady(store.db);
  const { signal: stops } = ending;
  const { anchors, anchorsJson } = readAnchors(directory, config.mode);
  const signing = { anchors: () => anchors, checkpointKey: key, challengeKey: challengeKeyFrom(key) };
  const trends = trendsOf({ ...machineIn(config), store, anchors, keys: directory });
  const gate = { store, keys, origins: () => origins, ready, queues, emit, parts, stops, trends, ...signing };
  const reviewers = { ...gate, console: await consoleOf(config) };
  if (config.role === "core") {
    const app = openCoreGate({ ...reviewers, roster, clock, chance, reports: { open: null, edges }, mailboxes });
    return announce(config, secrets, emit, await serve(config, app), origins);
  }
  const means = phoneMeans(machineIn(config), secrets, vault, keys);
  checkOprfKeys(roster(), means.oprfKeys);
  const news = holdNews({ read: () => newsIn(trends.source), clock, emit });
  await news.refresh();
  held.use(tend(() => void news.refresh(), emit));
  const { relayKeys } = answers;
  const { edge, decoys } = openEdge({ ...means, core, mailboxes, roster, relayKeys, news: news.current });
  held.use(decoys);
  const forget = (): void => {
    edge.sources.forgetPast();
    // Drawn or not, the key before the last is gone on time.
    means.seenKeys.live();
  };
  held.use(tend(forget, emit));
  const { gatewaySecrets } = secrets;
  const simulator = await simulatorOf(config, secrets, answers);
  const { oprfKeys, texts } = means;
  const page = { assets: await bundlePage(anchorsJson, roster()), oprfKeys, helpNumber: texts.helpNumber };
  const app = openGate({ ...reviewers, edge, gatewaySecrets, reports: { open: edge.core, edges }, page, ...simulator });
  announce(config, secrets, emit, await serve(config, app), origins);
}

async function serveEdge(config: Config, secrets: Secrets, vault: Vault): Promise<void> {
  const keys = openKeys(config.keysDirectory);
  const core = { url: config.coreUrl!, edgeSecret: secrets.edgeSecret! };
  const means = phoneMeans(machineIn(config), secrets, vault, keys);
  const { app, decoys, refresh } = await openNodeEdge({ ...means, core, keys, vault, gateway: secrets.gatewaySecrets });
  held.use(decoys);
  held.use(tend(refresh, emit));
  announce(config, secrets, emit, await serve(config, app), []);
}

async function serve(config: Config, app: { readonly fetch: Parameters<typeof listen>[0] }): Promise<number> {
  const { port } = held.use(await listen(app.fetch, config.host, config.port));
  // First of all when it stops: what is held for reviewers is answered, and nobody waits for it.
  held.defer(() => ending.abort());
  emit({ event: "started", part: "gate" });
  return port;
}

function machineIn({ mode }: Config): Machine {
  return { mode, clock, chance, emit };
}

/** The first one's result once both have ended: a failure of one must not leave the other starting behind our back. */
async function both<T>(first: Promise<T>, second: Promise<void>): Promise<T> {
  await Promise.allSettled([first, second]);
  await second;
  return first;
}

async function makeDemo(config: Config, secrets: Secrets, vault: Vault): Promise<void> {
  if (config.mode === "demo" && config.role !== "worker")
    await ensureDemo(config.home, () => demoServerKeys(vault, secrets, chance), clock, chance);
}

function rosterOf(config: Config, keys: KeysDirectory, vault: Vault): RosterSource {
  const { anchors } = readAnchors(keys, config.mode);
  return followRoster(anchors, keys, rosterMemoryOf(vault), clock, emit);
}

function stopOnSignals(): void {
  let stopping: Promise<void> | null = null;
  const stop = (): void => void (stopping ??= held.disposeAsync());
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  // What nobody caught may hold anything: its code is said, its words are not.
  process.once("uncaughtException", (error) =>
    refuse(() => emit({ event: "failed", part: "gate", code: codeOf(error) }), stop),
  );
}

function refuse(say: () => void, then: () => void = () => undefined): void {
  say();
  process.exitCode = 1;
  then();
}
