import type { DeskId, DoorHash, ReportId, Sealed, SeenHash } from "../../src/base/brand.ts";
import { concat, hex, u32be, utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, type UnixDay } from "../../src/base/clock.ts";
import type { Arrival } from "../../src/store/arrival.ts";

export const desk = "all" as DeskId;
export const day = 20_000 as UnixDay;

/** The first line of an age file, then noise: what the store must keep to the byte and never looks into. */
export function sealedNoise(length = 12_000): Sealed {
  return concat(utf8("age-encryption.org/v1\n"), systemChance.bytes(length)) as Sealed;
}

/** 32 bytes that begin with `number`, so that a row can be told again. */
export function numbered(number: number): DoorHash {
  return concat(u32be(number), new Uint8Array(28)) as DoorHash;
}

export function numberOf(hash: Uint8Array): number {
  return new DataView(hash.buffer, hash.byteOffset).getUint32(0);
}

export function arrival(number: number, rest: Partial<Arrival> = {}): Arrival {
  return { desk, sealed: sealedNoise(), doorHash: numbered(number), receivedDay: day, sizeClass: 8192, ...rest };
}

/** The same message of the provider under the given keys. */
export function seenUnder(...keys: readonly number[]): NonNullable<Arrival["seen"]> {
  return { hashes: keys.map((key) => numbered(key) as Uint8Array as SeenHash), expiresDay: addDays(day, 3) };
}

export const newId = (): ReportId => hex(systemChance.bytes(16)) as ReportId;
