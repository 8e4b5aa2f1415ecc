import { spawnSync } from "node:child_process";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** A small disk of its own, in memory. */
export interface SmallDisk {
  /** Writes until nothing more fits; again when something was freed. */
  fill(): void;
  empty(): void;
  /** Rejects while anything on it is open for writing. */
  remount(how: "ro" | "rw"): void;
  unmount(): void;
}

/** Whether this user may mount a file system. */
export const mayMount = process.getuid?.() === 0 && spawnSync("mount", ["--version"]).status === 0;

export function mountSmallDisk(directory: string, megabytes: number): SmallDisk {
  run("mount", "-t", "tmpfs", "-o", `size=${megabytes}m,mode=0711`, "gundo-drill", directory);
  const filler = join(directory, "filler");
  return {
    fill: () => fillUp(filler),
    empty: () => rmSync(filler, { force: true }),
    remount: (how) => run("mount", "-o", `remount,${how}`, directory),
    unmount: () => run("umount", directory),
  };
}

function run(...[program, ...words]: readonly [string, ...string[]]): void {
  const { status, stderr } = spawnSync(program, words, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
}

/** Large pieces first, then the last bytes. */
function fillUp(path: string): void {
  const file = openSync(path, "a");
  try {
    for (const bytes of [2 ** 20, 4096]) while (takes(file, bytes));
  } finally {
    closeSync(file);
  }
}

function takes(file: number, bytes: number): boolean {
  try {
    return writeSync(file, new Uint8Array(bytes)) === bytes;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOSPC") return false;
    throw error;
  }
}
