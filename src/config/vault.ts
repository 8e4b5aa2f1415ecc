import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";

/**
 * `$GUNDO_HOME/secrets/`, 0700: keys that change or that demo mode makes. Never in the database, never in a backup.
 */
export interface Vault {
  /** The file's bytes, or null when there is none. */
  read(name: string): Uint8Array | null;
  /** Replaces the file as a whole and durably: a crash leaves the old bytes or the new. */
  write(name: string, bytes: Uint8Array): void;
}

export function openVault(home: string): Vault {
  const directory = join(home, "secrets");
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  return {
    read: (name) => readIfThere(join(directory, name)),
    write: (name, bytes) => replaceDurably(directory, name, bytes),
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
  writeSync(file, bytes);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
}
