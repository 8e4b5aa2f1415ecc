import { spawn } from "node:child_process";
import { chown, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Chance } from "../../base/chance.ts";
import { base64url, hex } from "../../base/bytes.ts";
import { Fault } from "../../base/fault.ts";
import type { Binaries } from "./binary.ts";
import { makePrivate, readIfThere, syncPath, type Home } from "./home.ts";
import { childEnvironment, type Identity } from "./identity.ts";

export const superuser = "gundo";
const major = "18";
const makingPrefix = "postgres.making.";

/** `absent`: make one. `whole`: start it. */
export type ClusterState = "absent" | "whole";

/**
 * What the home holds. A first start that was interrupted counts as absent; anything that may hold reports never does.
 *
 * @throws Fault `store.damaged` when part of a cluster, or its password, is missing, or another major version made it.
 */
export async function inspectCluster(home: Home): Promise<ClusterState> {
  const password = await readIfThere(home.password);
  const found = await exists(home.cluster);
  if (!found && (password === null || (await makings(home)).length > 0)) return "absent";
  const version = await readIfThere(join(home.cluster, "PG_VERSION"));
  const control = await exists(join(home.cluster, "global", "pg_control"));
  if (!password || version?.trim() !== major || !control) throw new Fault("store.damaged");
  return "whole";
}

async function exists(path: string): Promise<boolean> {
  try {
    await (await open(path, "r")).close();
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}

/**
 * Makes the cluster beside its place and renames it there last, so that a crash leaves all of it or none. The password
 * is drawn once, handed to `initdb` in a file that only it and we can read, and that file becomes the kept one.
 *
 * @throws Fault `store.start` when `initdb` fails.
 */
export async function makeCluster(home: Home, binaries: Binaries, identity: Identity, chance: Chance): Promise<void> {
  await clearMakings(home);
  await rm(home.password, { force: true });
  // A new name each time: an `initdb` that outlived its Gundo may still be writing under the old one.
  const making = join(home.root, `${makingPrefix}${hex(chance.bytes(4))}`);
  await makePrivate(making);
  const password = join(making, "password");
  await writeFile(password, base64url(chance.bytes(32)), { mode: 0o600, flag: "wx", flush: true });
  const cluster = join(making, "cluster");
  for (const path of [making, password]) await chown(path, identity.owner.uid, identity.owner.gid);
  await runInitdb(binaries, identity, cluster, password);
  await settle(home, cluster, password);
}

async function settle(home: Home, cluster: string, password: string): Promise<void> {
  await writeFile(join(cluster, "pg_hba.conf"), `local all ${superuser} scram-sha-256\n`, { flush: true });
  await syncPath(cluster);
  await chown(password, process.getuid!(), process.getgid!());
  await rename(password, home.password);
  await syncPath(home.secrets);
  await rename(cluster, home.cluster);
  await syncPath(home.root);
}

async function runInitdb(binaries: Binaries, identity: Identity, cluster: string, password: string): Promise<void> {
  const [command, args] = identity.command(binaries.initdb, [
    `--pgdata=${cluster}`,
    `--username=${superuser}`,
    `--pwfile=${password}`,
    "--auth-local=scram-sha-256",
    "--auth-host=reject",
    "--encoding=UTF8",
    "--locale=C",
    // Segments of 1 MB: a log that is let go of a segment at a time is let go of sooner.
    "--wal-segsize=1",
    "--no-instructions",
  ]);
  const child = spawn(command, args, { ...identity.user, cwd: "/", env: childEnvironment, stdio: "ignore" });
  const done = await new Promise<boolean>((resolve) => {
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
  if (!done) throw new Fault("store.start");
}

/** Clusters in the making: while one is there, the first start has not finished, or has only just. */
async function makings(home: Home): Promise<readonly string[]> {
  return (await readdir(home.root))
    .filter((name) => name.startsWith(makingPrefix))
    .map((name) => join(home.root, name));
}

/** Removes what an interrupted first start left, and the empty frame of a finished one. */
export async function clearMakings(home: Home): Promise<void> {
  for (const path of await makings(home)) await rm(path, { recursive: true, maxRetries: 20, retryDelay: 50 });
}
