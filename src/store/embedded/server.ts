import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { readIfThere } from "./home.ts";
import { childEnvironment, type Identity } from "./identity.ts";
import { pollMs } from "./stray.ts";

/** One run of PostgreSQL. */
export interface Server {
  /** Resolves when the process has ended, however it did. */
  readonly exited: Promise<void>;
  /** Fast shutdown: transactions are rolled back, a checkpoint is written. Resolves when it has ended. */
  stop(): Promise<void>;
}

export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  readonly cluster: string;
  /** The directory of its socket. */
  readonly sockets: string;
  readonly identity: Identity;
  readonly clock: Clock;
  /** Where PostgreSQL's own words go: nowhere, or to an open file. */
  readonly log: "ignore" | number;
}

// After a crash the log is replayed first: at most 64 MB of it, on a slow disk.
const startMs = 120_000;
const fastShutdownMs = 60_000;

/**
 * Starts PostgreSQL and resolves once it accepts connections.
 *
 * @throws Fault `store.start` when it ends first or takes longer than two minutes.
 */
export async function launch(options: Launch): Promise<Server> {
  const child = start(options);
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const server = { exited, stop: () => stop(child, exited) };
  const pid = child.pid;
  if (pid !== undefined && (await becameReady(options, child, pid))) return server;
  await server.stop();
  throw new Fault("store.start");
}

function start({ program, args, identity, log }: Launch): ChildProcess {
  const [command, rest] = identity.command(program, args);
  return spawn(command, rest, {
    ...identity.user,
    cwd: "/",
    env: childEnvironment,
    // Its own session: Ctrl-C reaches Node, which drains and then stops it.
    detached: true,
    stdio: ["ignore", log, log],
  });
}

/** PostgreSQL writes its state as the eighth line of postmaster.pid, under its own pid. */
async function becameReady({ cluster, clock }: Launch, child: ChildProcess, pid: number): Promise<boolean> {
  const deadline = clock.nowMs() + startMs;
  while (isRunning(child) && clock.nowMs() < deadline) {
    const lines = ((await readIfThere(join(cluster, "postmaster.pid"))) ?? "").split("\n");
    if (Number(lines[0]) === pid && lines[7]?.trim() === "ready") return true;
    await wait(pollMs);
  }
  return false;
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

async function stop(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (!isRunning(child)) return exited;
  child.kill("SIGINT");
  // Immediate shutdown: the next start replays the log, nothing committed is lost.
  const impatience = setTimeout(() => child.kill("SIGQUIT"), fastShutdownMs);
  await exited;
  clearTimeout(impatience);
}
