import { appendFile, rm } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { systemChance } from "../../src/base/chance.ts";
import { systemClock } from "../../src/base/clock.ts";
import { codeOf } from "../../src/base/fault.ts";
import { Secret } from "../../src/base/secret.ts";
import { findBinaries } from "../../src/store/embedded/binary.ts";
import { makeCluster } from "../../src/store/embedded/cluster.ts";
import { makeHome, readIfThere, socketDirectory } from "../../src/store/embedded/home.ts";
import { chooseIdentity } from "../../src/store/embedded/identity.ts";
import { launch, type Server } from "../../src/store/embedded/server.ts";
import { serverArguments, settingArguments } from "../../src/store/embedded/settings.ts";
import { freePort } from "./ports.ts";
import { postmasterOf, temporaryHome, until } from "./store.ts";

export interface TcpServer {
  /** Of a database owned by a user without any privilege on the server: what a managed service gives. */
  readonly databaseUrl: Secret<string>;
  /** Its cluster lies below. */
  readonly home: string;
  /** Kills the postmaster, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again in the same home and at the same port. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Somebody else's PostgreSQL, as far as the store can tell: on loopback TCP, with a user and database of its own. */
export async function withTcpServer(): Promise<TcpServer> {
  const home = await makeHome(await temporaryHome());
  const binaries = findBinaries();
  const identity = await chooseIdentity(binaries, home.root);
  await makeCluster(home, binaries, identity, systemChance);
  await appendFile(join(home.cluster, "pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
  const port = await freePort();
  const sockets = await socketDirectory(home, identity);
  const run = (): Promise<Server> =>
    launch({
      program: binaries.postgres,
      args: [
        ...serverArguments(home.cluster, sockets),
        ...settingArguments({ listen_addresses: "127.0.0.1", port: String(port) }),
      ],
      cluster: home.cluster,
      sockets,
      identity,
      clock: systemClock,
      log: "ignore",
    });
  let server = await run();
  await makeTenant(port, (await readIfThere(home.password)) ?? "");
  return {
    databaseUrl: new Secret(`postgres://tenant:tenant@127.0.0.1:${port}/tenant`),
    home: home.root,
    kill: async () => {
      process.kill(await postmasterOf(home.root), "SIGKILL");
      await server.exited;
    },
    start: async () => {
      // The killed one's own processes end a moment after it, and until then its memory is in use.
      await until(async () => {
        try {
          server = await run();
          return true;
        } catch (error) {
          if (codeOf(error) === "store.start") return false;
          throw error;
        }
      });
    },
    stop: async () => {
      await server.stop();
      await rm(home.root, { recursive: true });
    },
  };
}

async function makeTenant(port: number, password: string): Promise<void> {
  const client = new pg.Client({ host: "127.0.0.1", port, user: "gundo", password, database: "postgres", ssl: false });
  await client.connect();
  await client.query("create role tenant login password 'tenant'");
  await client.query("create database tenant owner tenant");
  await client.end();
}
