import type { SeenHash } from "../base/brand.ts";
import { concat, readU32be, u32be, utf8 } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import { dayOf, type Clock } from "../base/clock.ts";
import { hmacSha256, sha256 } from "../envelope/hash.ts";
import type { GatewayName } from "../gateway/inbound.ts";
import type { Posting } from "./core.ts";

/** Two keys live at once, so that a message repeated across a change of key is still known (triage.md, `seen`). */
export interface SeenKeys {
  /** The live keys, newest first. */
  live(): readonly Uint8Array[];
}

/** The hashes of one provider's id under the live keys: rows made of them point at nothing. */
export function seenHashes(keys: SeenKeys, gateway: GatewayName, providerId: string): readonly SeenHash[] {
  const message = concat(utf8("gundo/seen/v1"), Uint8Array.of(0), utf8(gateway), Uint8Array.of(0), utf8(providerId));
  return keys.live().map((key) => hmacSha256(key, message) as SeenHash);
}

/**
 * The hashes of a file whose sender drew a key for it: of the key, and of desk, door hash and bytes under the key. The key is
 * not kept, so that nobody who has the rows can try files against them.
 */
export function repeatHashes(key: Uint8Array, { desk, doorHash, sealed }: Omit<Posting, "seen">): readonly SeenHash[] {
  const file = sha256(concat(utf8(`${desk}\n`), doorHash, sealed));
  const ofKey = sha256(concat(utf8("gundo/idempotency/v1\n"), key));
  return [ofKey as SeenHash, hmacSha256(key, concat(utf8("gundo/idempotency-bytes/v1\n"), file)) as SeenHash];
}

/** A key serves this many days as the newest and as many again as the older one: at least 48 h each. */
export const daysPerSeenKey = 3;

/** For several edges that share SEEN_KEY: the periods' keys are derived, so that all of them agree. */
export function derivedSeenKeys(master: Uint8Array, clock: Clock): SeenKeys {
  const keyOf = (period: number): Uint8Array => hmacSha256(master, utf8(`gundo/seen-key/v1/${period}`));
  return {
    live: () => {
      const period = periodOf(clock);
      return [keyOf(period), keyOf(period - 1)];
    },
  };
}

/** Where a single edge keeps its two keys: a file outside the database. */
export interface SeenKeyFile {
  read(): Uint8Array | null;
  write(bytes: Uint8Array): void;
}

const rowLength = 4 + 32;

/** For one edge: each period's key is drawn afresh and the one before the last is gone for good. */
export function rotatingSeenKeys(file: SeenKeyFile, clock: Clock, chance: Chance): SeenKeys {
  let kept = parseKept(file.read());
  return {
    live: () => {
      const period = periodOf(clock);
      if (kept[0]?.period !== period) {
        // A clock that is set back, or forward and back, over a change of key finds the key it had.
        const near = kept.filter((one) => Math.abs(one.period - period) === 1);
        const current = kept.find((one) => one.period === period) ?? { period, key: chance.bytes(32) };
        const turned = [current, ...near];
        // Kept first, then used: a key that a full disk refuses would be gone with this process, and repeats unknown.
        file.write(concat(...turned.map(({ period: at, key }) => concat(u32be(at), key))));
        kept = turned;
      }
      return kept.map(({ key }) => key);
    },
  };
}

interface KeptKey {
  readonly period: number;
  readonly key: Uint8Array;
}

function parseKept(bytes: Uint8Array | null): readonly KeptKey[] {
  const rows = bytes === null || bytes.length % rowLength !== 0 ? 0 : bytes.length / rowLength;
  return Array.from({ length: rows }, (_, row) => {
    const start = row * rowLength;
    return { period: readU32be(bytes!, start), key: bytes!.slice(start + 4, start + rowLength) };
  });
}

function periodOf(clock: Clock): number {
  return Math.floor(dayOf(clock.nowMs()) / daysPerSeenKey);
}
