import type { Segment } from "./pages.ts";

const recordHead = 24;
const transactions = 1;
const commitKinds = [0x00, 0x30];
const shortData = 255;
const longData = 254;
/** PostgreSQL counts from 2000-01-01. */
const epochMs = Date.UTC(2000, 0, 1);

/**
 * When each transaction committed, in milliseconds, by its number: what the log says for as long as it lies there
 * (PostgreSQL, src/include/access/xlogrecord.h, xact.h).
 */
export function commitTimes(log: readonly Segment[]): ReadonlyMap<number, number> {
  const times = new Map<number, number>();
  for (const { bytes, firstRecord } of log)
    for (let at = firstRecord; at + recordHead < bytes.length;) {
      const length = bytes.readUInt32LE(at);
      if (length < recordHead) break;
      const time = commitTimeAt(bytes, at);
      if (time !== null) times.set(bytes.readUInt32LE(at + 4), time);
      at += Math.ceil(length / 8) * 8;
    }
  return times;
}

function commitTimeAt(bytes: Buffer, at: number): number | null {
  const kind = bytes[at + 16]! & 0x70;
  if (bytes[at + 17] !== transactions || !commitKinds.includes(kind)) return null;
  const head = bytes[at + recordHead];
  const data = at + recordHead + (head === shortData ? 2 : 5);
  if ((head !== shortData && head !== longData) || data + 8 > bytes.length) return null;
  return epochMs + Number(bytes.readBigInt64LE(data) / 1000n);
}
