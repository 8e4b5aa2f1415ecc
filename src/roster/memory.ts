import { concat, readU32be, u32be } from "../base/bytes.ts";
import type { RosterMemoryFile } from "./source.ts";

/** A file of 36 bytes: the highest serial ever accepted, and the SHA-256 of its note. */
export interface MemoryFile {
  read(): Uint8Array | null;
  write(bytes: Uint8Array): void;
}

export function rosterMemoryIn(file: MemoryFile): RosterMemoryFile {
  return {
    read: () => {
      const bytes = file.read();
      return bytes?.length === 36 ? { serial: readU32be(bytes, 0), noteHash: bytes.slice(4) } : null;
    },
    write: ({ serial, noteHash }) => file.write(concat(u32be(serial), noteHash)),
  };
}
