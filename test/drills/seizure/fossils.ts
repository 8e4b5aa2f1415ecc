import type { Sealed } from "../../../src/base/brand.ts";

/** What a thief who knows PostgreSQL's formats digs out of its files, whether a query still shows it or not. */
export interface Fossils {
  /** Whole age files, put together again from their pieces, each once. */
  readonly sealed: readonly Sealed[];
  /** The first 16 bytes, in hex, of whatever has the form of a column of 16, 32 or 64 bytes. */
  readonly values: readonly string[];
}

/** A long value lies in pieces of so many bytes (TOAST_MAX_CHUNK_SIZE of pages of 8 kB). */
const pieceBytes = 1996;
const pieceHead = 12;
const firstUserOid = 16_384;
const ageStart = "age-encryption.org/v1\n";

/** Lengths of columns and the byte that PostgreSQL writes before one of them (varlena with a head of one byte). */
const columns = [16, 32, 64].map((bytes) => ({ bytes, head: ((bytes + 1) << 1) | 1 }));

export function fossilsIn(streams: readonly Buffer[]): Fossils {
  const pieces: Pieces = new Map();
  const values = new Set<string>();
  for (const bytes of streams) dig(bytes, pieces, values);
  const whole = [...pieces.values()].flatMap(together);
  const once = new Map(whole.map((file) => [file.toString("latin1"), new Uint8Array(file) as Uint8Array as Sealed]));
  return { sealed: [...once.values()], values: [...values] };
}

/** By the number of the long value, then by place. */
type Pieces = Map<number, Map<number, Buffer[]>>;

function dig(bytes: Buffer, pieces: Pieces, values: Set<string>): void {
  // Sealed bytes are noise, and what looks like a column in them is chance.
  let noiseUntil = 0;
  for (let at = 0; at < bytes.length; at++) {
    const length = pieceAt(bytes, at);
    const start = at + pieceHead;
    if (length > 0) {
      // In free space the end of an old piece may be written over by others, so it is not passed over.
      keep(pieces, bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4), bytes.subarray(start, start + length));
      if (length === pieceBytes) noiseUntil = start + length;
    }
    if (at < noiseUntil) continue;
    for (const column of columns) if (bytes[at] === column.head) addValues(bytes, at + 1, column.bytes, values);
  }
}

/** The length of a piece that begins here: number, place, length, bytes; 0 for none. */
function pieceAt(bytes: Buffer, at: number): number {
  if (at + pieceHead >= bytes.length || bytes[at + 3] !== 0 || bytes[at + 5] !== 0 || bytes[at + 6] !== 0) return 0;
  if (bytes[at + 7] !== 0 || bytes[at + 10] !== 0 || bytes[at + 11] !== 0) return 0;
  const head = bytes.readUInt16LE(at + 8);
  const length = (head >> 2) - 4;
  if ((head & 3) !== 0 || length < 1 || length > pieceBytes) return 0;
  return bytes.readUInt32LE(at) >= firstUserOid && at + pieceHead + length <= bytes.length ? length : 0;
}

function keep(pieces: Pieces, value: number, place: number, piece: Buffer): void {
  const known = pieces.get(value) ?? new Map<number, Buffer[]>();
  pieces.set(value, known);
  known.set(place, [...(known.get(place) ?? []), piece]);
}

/** The age files that these pieces may be: more than one where chance made another last piece, none where one is missing. */
function together(pieces: ReadonlyMap<number, readonly Buffer[]>): readonly Buffer[] {
  const whole: Buffer[] = [];
  for (let place = 0; ; place++) {
    const full = pieces.get(place)?.find(({ length }) => length === pieceBytes);
    if (place === 0 && full?.toString("latin1", 0, ageStart.length) !== ageStart) return [];
    if (full === undefined) return (pieces.get(place) ?? []).map((last) => Buffer.concat([...whole, last]));
    whole.push(full);
  }
}

/** Random bytes have few zeros; text, numbers and empty space have many, or none that is no letter. */
function addValues(bytes: Buffer, at: number, length: number, values: Set<string>): void {
  if (at + length > bytes.length) return;
  for (let start = at; start < at + length; start += 32) {
    const value = bytes.subarray(start, start + 16);
    if (new Set(value).size >= 10) values.add(value.toString("hex"));
  }
}
