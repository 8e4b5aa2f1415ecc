import { execFile } from "node:child_process";
import { readdir, readFile, readlink, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import type { Clock } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { readIfThere, socketPort } from "./home.ts";

export const pollMs = 10;
const fastShutdownMs = 60_000;
const immediateShutdownMs = 20_000;
const socketFiles = [`.s.PGSQL.${socketPort}`, `.s.PGSQL.${socketPort}.lock`];

/**
 * Ends a server that outlived the Gundo which started it, and clears the way for the next. Only the holder of the
 * home's lock may call this: then nobody else's server can be the stray.
 *
 * @throws Fault `store.start` when it will not end.
 */
export async function endStray(cluster: string, sockets: string, clock: Clock): Promise<void> {
  const postmaster = Number.parseInt((await readIfThere(join(cluster, "postmaster.pid"))) ?? "", 10);
  const live = await serversIn(cluster);
  // Without its postmaster each backend ends by itself: then there is only waiting to do.
  if (live.includes(postmaster)) signal(postmaster, "SIGINT");
  if (!(await gone(cluster, clock, fastShutdownMs))) {
    for (const pid of await serversIn(cluster)) signal(pid, "SIGQUIT");
    if (!(await gone(cluster, clock, immediateShutdownMs))) throw new Fault("store.start");
  }
  // The socket's lock names a pid too, and nobody serves that socket now.
  for (const name of socketFiles) await rm(join(sockets, name), { force: true });
  // A zombie, or another program that has the number now, would stop PostgreSQL. A number nobody has is left to it:
  // it checks the old shared memory by that file.
  if (isTaken(postmaster)) await rm(join(cluster, "postmaster.pid"), { force: true });
}

async function gone(cluster: string, clock: Clock, withinMs: number): Promise<boolean> {
  const deadline = clock.nowMs() + withinMs;
  while ((await serversIn(cluster)).length > 0) {
    if (clock.nowMs() > deadline) return false;
    await wait(pollMs);
  }
  return true;
}

/** Processes of PostgreSQL whose working directory is this cluster: zombies have none, other programs another name. */
export async function serversIn(cluster: string): Promise<readonly number[]> {
  if (process.platform !== "linux") return postmastersByArgument(cluster);
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const ours = await Promise.all(pids.map((pid) => worksIn(pid, cluster)));
  return pids.filter((_, index) => ours[index]).map(Number);
}

async function worksIn(pid: string, cluster: string): Promise<boolean> {
  try {
    return (
      (await readlink(`/proc/${pid}/cwd`)) === cluster && (await readFile(`/proc/${pid}/comm`, "utf8")) === "postgres\n"
    );
  } catch {
    // Ended meanwhile, a zombie, or another user's: in no case a server of this cluster that we could end.
    return false;
  }
}

async function postmastersByArgument(cluster: string): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)("ps", ["-axww", "-o", "pid=,stat=,command="]);
  const rows = stdout.split("\n").map((line) => /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line));
  return rows.flatMap((row) => {
    const [, pid = "", state = "", command = ""] = row ?? [];
    return !state.startsWith("Z") && command.includes(`postgres -D ${cluster} `) ? [Number(pid)] : [];
  });
}

function isTaken(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function signal(pid: number, name: "SIGINT" | "SIGQUIT"): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // Ended between the look and the signal.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
