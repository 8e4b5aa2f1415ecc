import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../base/fault.ts";

/** The public halves in `GUNDO_KEYS`: anchors.json, roster.note, roster/<serial>.note, and instance.json. */
export interface KeysDirectory {
  /** Changes whenever roster.note is replaced. */
  version(): string;
  /** Bytes of anchors.json, or null when there is none. */
  anchors(): Uint8Array | null;
  /** Bytes of roster.note. Throws `roster.missing`, as `version` does. */
  note(): Uint8Array;
  former(serial: number): Uint8Array | null;
  /** Bytes of instance.json, or null when there is none. */
  instance(): Uint8Array | null;
}

export function openKeys(directory: string): KeysDirectory {
  const path = (...parts: string[]): string => join(directory, ...parts);
  return {
    version: () => {
      const found = statSync(path("roster.note"), { throwIfNoEntry: false });
      if (found === undefined) throw new Fault("roster.missing");
      return `${found.mtimeMs}.${found.ino}.${found.size}`;
    },
    anchors: () => bytesOf(path("anchors.json")),
    instance: () => bytesOf(path("instance.json")),
    note: () => {
      const bytes = bytesOf(path("roster.note"));
      if (bytes === null) throw new Fault("roster.missing");
      return bytes;
    },
    former: (serial) => bytesOf(path("roster", `${serial}.note`)),
  };
}

function bytesOf(path: string): Uint8Array | null {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? new Uint8Array(readFileSync(path)) : null;
}
