import { utf8 } from "../../base/bytes.ts";
import type { Clock, UnixMs } from "../../base/clock.ts";
import type { Packed } from "../page/assets.ts";
import type { Trends, TrendSource } from "./source.ts";

/** What pages are kept by. */
export interface KeepingParts {
  readonly source: TrendSource;
  readonly clock: Clock;
  /** Compresses a page once for all its visitors. */
  readonly pack: (bytes: Uint8Array) => Packed;
}

/**
 * A page out of what could be read at an instant, or null where there is none. A page never speaks of a later instant: it
 * would say that nothing was published while what is published is about to be read.
 */
export type Make = (trends: Trends, readMs: UnixMs) => Promise<string> | Uint8Array | null;

/** Pages say what is to come and what was missed, so none is older than this. */
const keptMs = 60_000;
/** The store is asked no more often, however many ask us. */
const readEveryMs = 1_000;

/**
 * Pages made and compressed once a minute, and anew when there is another note: drawing one takes a tenth of a second, and
 * the phones are answered by the same process. Only pages that exist are kept, so their number is bounded.
 */
export function keepPages({ source, clock, pack }: KeepingParts): (name: string, make: Make) => Promise<Packed | null> {
  const read = readSeldom(source, clock);
  let kept = new Map<string, Promise<Packed>>();
  let keptFor = "";
  return async (name, make) => {
    const { trends, atMs } = await read();
    const stand = `${trends.version} ${Math.floor(atMs / keptMs)}`;
    if (stand !== keptFor) [kept, keptFor] = [new Map(), stand];
    const found = kept.get(name);
    if (found !== undefined) return found;
    const made = make(trends, atMs);
    if (made === null) return null;
    const packed = packedOf(made, pack).catch((error: unknown) => {
      kept.delete(name);
      throw error;
    });
    kept.set(name, packed);
    return packed;
  };
}

async function packedOf(made: Promise<string> | Uint8Array, pack: KeepingParts["pack"]): Promise<Packed> {
  const page = await made;
  return pack(typeof page === "string" ? utf8(page) : page);
}

/** What could be read, and the instant just before it was. */
interface Reading {
  readonly atMs: UnixMs;
  readonly trends: Trends;
}

function readSeldom(source: TrendSource, clock: Clock): () => Promise<Reading> {
  let held: Reading | null = null;
  return async () => {
    const atMs = clock.nowMs();
    if (held === null || Math.abs(atMs - held.atMs) >= readEveryMs) held = { atMs, trends: await source.read() };
    return held;
  };
}
