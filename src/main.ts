import { startMix } from "../workers/mix.ts";
import { startSweep } from "../workers/sweep.ts";
import { startTriage } from "../workers/triage.ts";
import { listen } from "../workers/web.ts";
import { fromBase64url } from "./base/bytes.ts";
import { systemChance as chance } from "./base/chance.ts";
import { dayOf, systemClock as clock } from "./base/clock.ts";
import { consoleEvents, tellOperator, type OwnAddress } from "./base/events.ts";
import { codeOf, Fault } from "./base/fault.ts";
import { describeDemo } from "./cli/demo/describe.ts";
import { ensureDemo } from "./cli/demo/make.ts";
import { demoServerKeys, edgeOprfKey } from "./cli/demo/server-keys.ts";
import type { Config, Secrets } from "./config/config.ts";
import { processEnvironment, readSecretFile } from "./config/environment.ts";
import { demoInstance, parseInstance } from "./config/instance.ts";
import { openKeys, type KeysDirectory } from "./config/keys.ts";
import { readConfig } from "./config/read.ts";
import { refusalText, startFailureText } from "./config/refusal.ts";
import { openVault, type Vault } from "./config/vault.ts";
import { openGate } from "./gate/app.ts";
import { openIntake } from "./intake/accept.ts";
import { derivedSeenKeys, rotatingSeenKeys, type SeenKeys } from "./intake/seen.ts";
import { phoneSettings, type PhoneTexts } from "./intake/phone-settings.ts";
import { openReceipts } from "./intake/receipts.ts";
import { openSources } from "./intake/sources.ts";
import type { PhoneEdge } from "./intake/ussd.ts";
import { openUssdSessions } from "./intake/ussd-sessions.ts";
import { openPostgresQueues } from "./queue/postgres.ts";
import { rosterMemoryIn } from "./roster/memory.ts";
import { parseAnchors } from "./roster/parse.ts";
import type { Roster } from "./roster/roster.ts";
import { followRoster, type RosterSource } from "./roster/source.ts";
import { insertArrival } from "./store/arrival.ts";
import { connectionOf, type Connection } from "./store/connection.ts";
import { startEmbedded } from "./store/embedded/start.ts";
import { openStore, type Store } from "./store/open.ts";
import { storeReady } from "./store/ready.ts";

const emit = consoleEvents(clock);
/** What this process holds, let go in reverse when it stops. */
const held = new AsyncDisposableStack();

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
  const connection = await both(databaseOf(config, secrets), makeDemo(config, secrets, vault));
  const keys = openKeys(config.keysDirectory);
  const roster = rosterOf(config, keys, vault);
  const store = held.use(await openStore({ connection }));
  await startWorkers(config, connection, store);
  const edge = edgeOf(roster, store, phoneTexts(config, keys), vault, secrets);
  const origins: string[] = config.publicOrigin === null ? [] : [config.publicOrigin];
  const { gatewaySecrets } = secrets;
  const gate = { edge, store, keys, gatewaySecrets, origins: () => origins, ready: () => storeReady(store.db), emit };
  const { port } = held.use(await listen(openGate(gate).fetch, config.host, config.port));
  emit({ event: "started", part: "gate" });
  if (config.mode === "demo") announceDemo(config, secrets, port, origins);
}

/** The first one's result once both have ended: a failure of one must not leave the other starting behind our back. */
async function both<T>(first: Promise<T>, second: Promise<void>): Promise<T> {
  await Promise.allSettled([first, second]);
  await second;
  return first;
}

async function databaseOf(config: Config, secrets: Secrets): Promise<Connection> {
  if (secrets.databaseUrl !== null) return connectionOf(secrets.databaseUrl);
  const embedded = held.use(
    await startEmbedded({
      home: config.home,
      chance,
      clock,
      onEvent: (event) =>
        emit(
          event === "stopped"
            ? { event: "failed", part: "store", code: "store.unavailable" }
            : { event: "recovered", part: "store" },
        ),
    }),
  );
  return embedded.connection;
}

async function makeDemo(config: Config, secrets: Secrets, vault: Vault): Promise<void> {
  if (config.mode === "demo")
    await ensureDemo(config.home, () => demoServerKeys(vault, secrets, chance), clock, chance);
}

function rosterOf(config: Config, keys: KeysDirectory, vault: Vault): RosterSource {
  const bytes = keys.anchors();
  if (bytes === null) throw new Fault("anchors.missing");
  const anchors = parseAnchors(bytes);
  if (config.mode === "production" && anchors.instance.startsWith("demo-")) throw new Fault("anchors.demo");
  const file = {
    read: () => vault.read("roster-memory"),
    write: (memory: Uint8Array) => vault.write("roster-memory", memory),
  };
  return followRoster(anchors, keys, rosterMemoryIn(file), clock, emit);
}

async function startWorkers(config: Config, connection: Connection, store: Store): Promise<void> {
  const queues = held.use(await openPostgresQueues({ connection, chance, emit }));
  startTriage(queues, store, clock);
  await startMix(queues, store, config.mode, clock, chance);
  await startSweep(queues, store, clock, chance);
}

function edgeOf(roster: RosterSource, store: Store, texts: PhoneTexts, vault: Vault, secrets: Secrets): PhoneEdge {
  const arrivals = {
    insertArrival: (arrival: Parameters<typeof insertArrival>[1]) => insertArrival(store.db, arrival),
  };
  const sources = openSources(clock, chance);
  const forgetting = setInterval(() => sources.forgetPast(), 60_000);
  held.defer(() => clearInterval(forgetting));
  const current = (): Roster => roster.current();
  return {
    core: openIntake(arrivals, (desk) => roster.stanzaCounts(desk), clock),
    roster: current,
    clock,
    chance,
    sources,
    seenKeys: seenKeysOf(secrets, vault),
    settings: phoneSettings(current, texts, clock),
    sessions: openUssdSessions(clock),
    receipts: openReceipts(edgeOprfKey(vault, secrets, chance), chance),
  };
}

function phoneTexts(config: Config, keys: KeysDirectory): PhoneTexts {
  const bytes = keys.instance();
  if (bytes !== null) return parseInstance(bytes);
  if (config.mode === "production") throw new Fault("instance.missing");
  return demoInstance(dayOf(clock.nowMs()));
}

function seenKeysOf(secrets: Secrets, vault: Vault): SeenKeys {
  const master = fromBase64url(secrets.seenKey?.reveal() ?? "");
  if (master?.length === 32) return derivedSeenKeys(master, clock);
  const file = { read: () => vault.read("seen-keys"), write: (bytes: Uint8Array) => vault.write("seen-keys", bytes) };
  return rotatingSeenKeys(file, clock, chance);
}

/** A demo answers on loopback under two names; both are its own. */
function announceDemo(config: Config, secrets: Secrets, port: number, origins: string[]): void {
  const url = config.publicOrigin ?? (`http://${config.host}:${port}` as OwnAddress);
  origins.push(`http://127.0.0.1:${port}`, `http://localhost:${port}`, url);
  const gatewaySecret = secrets.gatewaySecrets[0]!.reveal();
  describeDemo(config.home, url, gatewaySecret);
  emit({
    event: "ready",
    screen: "gateway",
    address: `${url}/gateway/africastalking/${gatewaySecret}/sms` as OwnAddress,
  });
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
