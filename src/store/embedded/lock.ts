import { DatabaseSync } from "node:sqlite";
import { Fault } from "../../base/fault.ts";

/** Held while this process uses a home. */
export interface HomeLock {
  release(): void;
}

const busy = 5;

/**
 * One process a home. Node has no file locks of its own; SQLite, which it carries, takes the kernel's (fcntl): they
 * end with the process however it ends, need no pid to be guessed alive, and hold across containers that share the
 * disk. The file stays empty.
 *
 * @throws Fault `store.inUse` when another live process, or another caller in this one, holds it.
 */
export function lockHome(path: string): HomeLock {
  const file = openFile(path);
  try {
    file.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    file.close();
    throw new Fault(isBusy(error) ? "store.inUse" : "store.start");
  }
  return { release: () => file.close() };
}

function openFile(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path);
  } catch {
    throw new Fault("store.start");
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === busy;
}
