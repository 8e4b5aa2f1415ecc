import { utf8 } from "../../base/bytes.ts";
import type { Clock } from "../../base/clock.ts";
import type { Packed } from "../page/assets.ts";
import type { Trends, TrendSource } from "./source.ts";

/** What pages are kept by. */
export interface KeepingParts {
  readonly source: TrendSource;
  readonly clock: Clock;
  /** Compresses a page once for all its visitors. */
  readonly pack: (bytes: Uint8Array) => Packed;
}

/** A page out of what may be read now, or null where there is none. */
export type Make = (trends: Trends) => Promise<string> | Uint8Array | null;

/** Pages say what is to come and what was missed, so none is older than this. */
const keptMs = 60_000;
/** The store is asked no more often, however many ask us. */
const readMs = 1_000;

/**
 * Pages made and compressed once a minute, and anew when there is another note: drawing one takes a tenth of a second, and
 * the phones are answered by the same process. Only pages that exist are kept, so their number is bounded.
 */
export function keepPages({ source, clock, pack }: KeepingParts): (name: string, make: Make) => Promise<Packed | null> {
  const read = readSeldom(source, clock);
  let kept = new Map<string, Promise<Packed>>();
  let keptFor = "";
  return async (name, make) => {
    const trends = await read();
    const stand = `${trends.version} ${Math.floor(clock.nowMs() / keptMs)}`;
    if (stand !== keptFor) [kept, keptFor] = [new Map(), stand];
    const found = kept.get(name);
    if (found !== undefined) return found;
    const made = make(trends);
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

function readSeldom(source: TrendSource, clock: Clock): () => Promise<Trends> {
  let held: { readonly atMs: number; readonly trends: Trends } | null = null;
  return async () => {
    const nowMs = clock.nowMs();
    if (held !== null && Math.abs(nowMs - held.atMs) < readMs) return held.trends;
    const trends = await source.read();
    held = { atMs: nowMs, trends };
    return trends;
  };
}
