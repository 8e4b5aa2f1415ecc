import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../../base/fault.ts";
import type { Keep, KeptPlace } from "../../quarter/officer/officer.ts";
import { readIfThere, replaceFile } from "../files.ts";

const endings = { seed: "age", draw: "note", release: "note" } as const;

/**
 * What an officer keeps, in a directory of their own (0700): a folder a period, files under their final names only once they
 * are whole and on the disk. A seed lies there as an age file to the officer's own identity, and another on the core. Throws
 * `cli.file`.
 */
export function keepIn(directory: string): Keep {
  const pathOf = ({ period, attempt, kept }: KeptPlace): string =>
    join(directory, period, `${attempt === 1 ? kept : `${kept}-${attempt}`}.${endings[kept]}`);
  return {
    read: async (place) => readIfThere(pathOf(place)),
    write: async (place, bytes) => {
      makePrivate(directory);
      makePrivate(join(directory, place.period));
      replaceFile(pathOf(place), bytes);
    },
    remove: async (place) => removeFile(pathOf(place)),
  };
}

function makePrivate(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    chmodSync(directory, 0o700);
  } catch (cause) {
    throw new Fault("cli.file", { cause });
  }
}

function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (cause) {
    throw new Fault("cli.file", { cause });
  }
}
