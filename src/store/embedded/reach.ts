import { join, resolve } from "node:path";
import { Fault } from "../../base/fault.ts";
import type { Connection } from "../connection.ts";
import { superuser } from "./cluster.ts";
import { readIfThere } from "./home.ts";

/**
 * The connection to the PostgreSQL that a running Gundo serves in a home, for a command beside it: nothing is started and
 * nothing written. PostgreSQL names its own port and socket in postmaster.pid, lines 4 and 5.
 *
 * @throws Fault `store.unavailable` when nobody serves that home, or its files may not be read.
 */
export async function reachEmbedded(home: string): Promise<Connection> {
  const lines = (await read(join(resolve(home), "postgres", "postmaster.pid"))).split("\n");
  const password = await read(join(resolve(home), "secrets", "postgres-password"));
  const [port, host] = [Number(lines[3]), lines[4] ?? ""];
  if (!Number.isInteger(port) || !host.startsWith("/")) throw new Fault("store.unavailable");
  return { host, port, user: superuser, password: () => password, database: "postgres", ssl: false };
}

async function read(path: string): Promise<string> {
  const text = await readIfThere(path).catch(() => null);
  if (text === null) throw new Fault("store.unavailable");
  return text;
}
