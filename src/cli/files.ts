import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Fault } from "../base/fault.ts";

/** Who may read a file: its owner alone, or anybody, for public halves. */
export type FileMode = 0o600 | 0o644;

/** Never over a file that is there: it may be the only copy of somebody's keys. Throws `cli.file`. */
export function writeNewFile(path: string, bytes: Uint8Array, mode: FileMode = 0o600): void {
  try {
    writeFileSync(path, bytes, { flag: "wx", mode, flush: true });
  } catch (cause) {
    throw new Fault("cli.file", { cause });
  }
}

/** Replaces the file as a whole and durably: a crash leaves the old bytes or the new. Throws `cli.file`. */
export function replaceFile(path: string, bytes: Uint8Array, mode: FileMode = 0o600): void {
  // Two commands at once must not share an unfinished file.
  const unfinished = `${path}.${process.pid}.new`;
  try {
    writeFileSync(unfinished, bytes, { mode, flush: true });
    renameSync(unfinished, path);
    syncDirectory(dirname(path));
  } catch (cause) {
    throw new Fault("cli.file", { cause });
  }
}

/** Throws `cli.file`. */
export function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (cause) {
    throw new Fault("cli.file", { cause });
  }
}

/** The file's bytes, or null when there is none. Throws `cli.file` when it is there and cannot be read. */
export function readIfThere(path: string): Uint8Array | null {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null;
    throw new Fault("cli.file", { cause });
  }
}

/** A rename is only durable once its directory is. */
function syncDirectory(path: string): void {
  const directory = openSync(path, "r");
  fsyncSync(directory);
  closeSync(directory);
}
