import type { Chance } from "../../base/chance.ts";
import type { Clock } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import type { Connection } from "../connection.ts";
import { findBinaries } from "./binary.ts";
import { clearMakings, inspectCluster, makeCluster, superuser } from "./cluster.ts";
import { makeHome, readIfThere, socketDirectory, socketPort, type Home } from "./home.ts";
import { chooseIdentity, own } from "./identity.ts";
import { lockHome, type HomeLock } from "./lock.ts";
import type { Launch } from "./server.ts";
import { serverArguments } from "./settings.ts";
import { supervise } from "./supervise.ts";

/** What becomes of PostgreSQL while Node lives. */
export type EmbeddedEvent = "stopped" | "restarted";

export interface EmbeddedOptions {
  /** Directory of all state; made when missing. */
  readonly home: string;
  readonly chance: Chance;
  readonly clock: Clock;
  /** `stopped`: it ended without being asked, a restart is under way. `restarted`: it accepts again. */
  readonly onEvent: (event: EmbeddedEvent) => void;
  /** An open file for PostgreSQL's own words; without it they go nowhere. */
  readonly log?: number;
}

export interface Embedded extends AsyncDisposable {
  readonly connection: Connection;
  /** Fast shutdown with a checkpoint, then the home is free again. Close pools first. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts Gundo's own PostgreSQL 18 (triage.md, Store) and keeps it running until `stop`. Takes no signals and never
 * ends the process; the caller decides when.
 *
 * @throws Fault `store.binary` (no PostgreSQL for this machine), `store.inUse` (another live Gundo has this home),
 * `store.damaged` (never made anew over what is there), `store.start` (PostgreSQL or its user cannot be started).
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  try {
    const home = await makeHome(options.home);
    const lock = lockHome(home.lock);
    return await startLocked(options, home, lock);
  } catch (error) {
    // The system's own refusals: a home that cannot be written, a full disk.
    throw error instanceof Fault ? error : new Fault("store.start", { cause: error });
  }
}

async function startLocked(options: EmbeddedOptions, home: Home, lock: HomeLock): Promise<Embedded> {
  try {
    const { launch, connection } = await prepare(options, home);
    const supervised = await supervise(launch, options.onEvent);
    let stopped: Promise<void> | null = null;
    const stop = (): Promise<void> => (stopped ??= supervised.stop().finally(() => lock.release()));
    return { connection, stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface Prepared {
  readonly launch: Launch;
  readonly connection: Connection;
}

async function prepare({ chance, clock, log }: EmbeddedOptions, home: Home): Promise<Prepared> {
  const binaries = findBinaries();
  const identity = await chooseIdentity(binaries, home.root);
  if ((await inspectCluster(home)) === "absent") await makeCluster(home, binaries, identity, chance);
  await clearMakings(home);
  await own(home.cluster, identity.owner);
  const sockets = await socketDirectory(home, identity);
  const args = serverArguments(home.cluster, sockets);
  const { cluster } = home;
  return {
    launch: { program: binaries.postgres, args, cluster, sockets, identity, clock, log: log ?? "ignore" },
    connection: connectionTo(sockets, await readIfThere(home.password)),
  };
}

function connectionTo(directory: string, password: string | null): Connection {
  if (password === null) throw new Fault("store.damaged");
  // A function, so that printing the settings does not print it.
  return {
    host: directory,
    port: socketPort,
    user: superuser,
    password: () => password,
    database: "postgres",
    ssl: false,
  };
}
