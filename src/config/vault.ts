import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { Fault } from "../base/fault.ts";

/**
 * `$GUNDO_HOME/secrets/`, 0700: keys that change or that demo mode makes. Never in the database, never in a backup.
 */
export interface Vault {
  /** The file's bytes, or null when there is none. */
  read(name: string): Uint8Array | null;
  /** Replaces the file as a whole and durably: a crash leaves the old bytes or the new. */
  write(name: string, bytes: Uint8Array): void;
  /** The names of all files. */
  names(): readonly string[];
  /** Overwrites the file with zeros, then removes it, both durably; what is not there is gone already. */
  destroy(name: string): void;
}

/** Throws `home.refused` where the disk is full or read-only, or this user may not; and so does each `write`. */
export function openVault(home: string): Vault {
  const directory = join(home, "secrets");
  onDisk(() => {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    chmodSync(directory, 0o700);
  });
  return {
    read: (name) => readIfThere(join(directory, name)),
    write: (name, bytes) => onDisk(() => replaceDurably(directory, name, bytes)),
    names: () => readdirSync(directory),
    destroy: (name) => destroyDurably(directory, name),
  };
}

/** The file's bytes; made and kept first when there is none. */
export function readOrMake(vault: Vault, name: string, make: () => Uint8Array): Uint8Array {
  const kept = vault.read(name);
  if (kept !== null) return kept;
  const made = make();
  vault.write(name, made);
  return made;
}

function onDisk(act: () => void): void {
  try {
    act();
  } catch (cause) {
    throw new Fault("home.refused", { cause });
  }
}

function readIfThere(path: string): Uint8Array | null {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

function replaceDurably(directory: string, name: string, bytes: Uint8Array): void {
  const path = join(directory, name);
  const file = openSync(`${path}.new`, "w", 0o600);
  try {
    // Whole or not at all: one write to a disk that fills up may take a part and say so by its count alone.
    writeFileSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
  syncDirectory(directory);
}

// In place: a new file beside it would leave the old bytes where they lie. A disk that moves blocks by itself, as flash
// does, may keep them all the same, which only an encrypted disk answers.
function destroyDurably(directory: string, name: string): void {
  const path = join(directory, name);
  const bytes = statSync(path, { throwIfNoEntry: false })?.size;
  if (bytes === undefined) return;
  const file = openSync(path, "r+");
  writeSync(file, new Uint8Array(bytes), 0, bytes, 0);
  fsyncSync(file);
  closeSync(file);
  rmSync(path);
  syncDirectory(directory);
}

/** A name that was made or removed is only durable once its directory is. */
function syncDirectory(directory: string): void {
  const opened = openSync(directory, "r");
  fsyncSync(opened);
  closeSync(opened);
}
