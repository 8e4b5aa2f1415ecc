import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import type { Canary } from "../../support/canary.ts";

/** What a process's live memory holds of what was planted: how many different needles, of how many bytes read. */
export interface InMemory {
  readonly found: ReadonlySet<string>;
  readonly megabytes: number;
}

const mostRegionBytes = 256 * 2 ** 20;

/** Null where this user may not read it. */
export async function lookIntoMemory(canary: Canary, processes: readonly number[]): Promise<InMemory | null> {
  const found = new Set<string>();
  let bytes = 0;
  for (const id of processes) {
    try {
      for (const content of regionsOf(id)) {
        bytes += content.length;
        for (const { needle } of await canary.scan({ contents: [{ where: "memory", content }] })) found.add(needle);
      }
    } catch (error) {
      if (["EACCES", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
      // One that ended meanwhile.
      if (!["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    }
  }
  return { found, megabytes: Math.round(bytes / 2 ** 20) };
}

/** What a process has written into its own memory, one mapped region after the other. */
function* regionsOf(id: number): Generator<Buffer> {
  const maps = readFileSync(`/proc/${id}/maps`, "utf8");
  const memory = openSync(`/proc/${id}/mem`, "r");
  try {
    for (const line of maps.split("\n")) {
      const [, start, end, flags] = /^([0-9a-f]+)-([0-9a-f]+) (\S+)/.exec(line) ?? [];
      if (flags === undefined || !flags.startsWith("rw") || line.includes("[vvar")) continue;
      const region = readRegion(memory, BigInt(`0x${start}`), BigInt(`0x${end}`));
      if (region !== null) yield region;
    }
  } finally {
    closeSync(memory);
  }
}

/** Null for what is mapped and cannot be read, as a device's. */
function readRegion(memory: number, start: bigint, end: bigint): Buffer | null {
  const length = Number(end - start);
  if (length > mostRegionBytes) return null;
  const region = Buffer.alloc(length);
  try {
    let at = 0;
    for (let read = -1; read !== 0 && at < length; at += read)
      read = readSync(memory, region, at, length - at, start + BigInt(at));
    return region.subarray(0, at);
  } catch {
    return null;
  }
}
