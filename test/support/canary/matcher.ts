/** One byte string to look for, and what to say when it is found. */
export interface Pattern {
  readonly needle: string;
  readonly spelling: string;
  readonly bytes: Uint8Array;
  /** Counts only where no digit, decimal or hexadecimal, stands beside it. */
  readonly alone: boolean;
}

export interface Matcher {
  /** Bytes that the next piece of a stream must repeat from the end of the last. */
  readonly overlap: number;
  /** Calls `found` for every pattern in `bytes`, once or more. */
  search(bytes: Uint8Array, ends: Ends, found: (pattern: Pattern) => void): void;
}

/** Whether a piece begins and ends what it is a piece of: beyond its own ends it cannot tell what stands beside. */
export interface Ends {
  readonly first: boolean;
  readonly last: boolean;
}

interface Anchored {
  readonly pattern: Pattern;
  /** Where in the pattern its anchor stands. */
  readonly offset: number;
}

/** No pattern may be shorter. */
export const anchorLength = 6;
// The first filter looks at the last four bytes of an anchor, the second at all six: hexadecimal text, where four bytes
// say little, would pass the first too often.
const firstLength = 4;
const bitmapBits = 22;
const [firstFactor, secondFactor] = [0x9e3779b1, 0x85ebca6b];

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}

/** 32 bits of the six bytes that begin at `at`. */
function anchorHash(bytes: Uint8Array, at: number): number {
  const lead = (bytes[at]! << 8) | bytes[at + 1]!;
  return Math.imul(word(bytes, at + 2), firstFactor) ^ Math.imul(lead + 1, secondFactor);
}

class Bitmap {
  readonly bits = new Uint8Array(2 ** (bitmapBits - 3));

  add(hash: number): void {
    const at = hash >>> (32 - bitmapBits);
    this.bits[at >>> 3]! |= 1 << (at & 7);
  }

  has(hash: number): boolean {
    const at = hash >>> (32 - bitmapBits);
    return (this.bits[at >>> 3]! & (1 << (at & 7))) !== 0;
  }
}

/** Where the six bytes begin that ordinary data repeats least: most different bytes, zeros not counted. */
function anchorOf(bytes: Uint8Array): number {
  let best = 0;
  let bestScore = -1;
  for (let at = 0; at + anchorLength <= Math.min(bytes.length, 24); at++) {
    const score = new Set(bytes.subarray(at, at + anchorLength).filter((byte) => byte !== 0)).size;
    if (score > bestScore) [best, bestScore] = [at, score];
  }
  return best;
}

/** A digit of any base up to sixteen. */
function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && /[0-9a-fA-F]/.test(String.fromCharCode(byte));
}

function standsAlone(bytes: Uint8Array, start: number, end: number, ends: Ends): boolean {
  // The neighbouring piece repeats these bytes and sees what is beside them.
  if ((start === 0 && !ends.first) || (end === bytes.length && !ends.last)) return false;
  return !isDigit(bytes[start - 1]) && !isDigit(bytes[end]);
}

function stands(bytes: Uint8Array, start: number, pattern: Pattern, ends: Ends): boolean {
  const wanted = pattern.bytes;
  if (start < 0 || start + wanted.length > bytes.length) return false;
  for (let index = 0; index < wanted.length; index++) if (bytes[start + index] !== wanted[index]) return false;
  return !pattern.alone || standsAlone(bytes, start, start + wanted.length, ends);
}

/** A search for all patterns in one pass: two bitmaps turn nearly every byte away, a table judges the rest. */
export function matcher(patterns: readonly Pattern[]): Matcher {
  const [first, second] = [new Bitmap(), new Bitmap()];
  const table = new Map<number, Anchored[]>();
  for (const pattern of patterns) {
    const offset = anchorOf(pattern.bytes);
    const hash = anchorHash(pattern.bytes, offset);
    first.add(Math.imul(word(pattern.bytes, offset + anchorLength - firstLength), firstFactor));
    second.add(hash);
    const row = table.get(hash) ?? [];
    table.set(hash, row);
    row.push({ pattern, offset });
  }

  function judge(bytes: Uint8Array, start: number, ends: Ends, found: (pattern: Pattern) => void): void {
    const hash = anchorHash(bytes, start);
    if (!second.has(hash)) return;
    for (const { pattern, offset } of table.get(hash) ?? [])
      if (stands(bytes, start - offset, pattern, ends)) found(pattern);
  }

  return {
    // Two more than the longest: the bytes beside a pattern are looked at too.
    overlap: patterns.reduce((longest, { bytes }) => Math.max(longest, bytes.length), 0) + 2,
    search(bytes, ends, found) {
      let last = 0;
      for (let end = 0; end < bytes.length; end++) {
        last = (last << 8) | bytes[end]!;
        // Written out, as is the whole loop: this line runs for every byte of every disk.
        const at = Math.imul(last, firstFactor) >>> (32 - bitmapBits);
        if ((first.bits[at >>> 3]! & (1 << (at & 7))) !== 0 && end >= anchorLength - 1)
          judge(bytes, end - anchorLength + 1, ends, found);
      }
    },
  };
}
