import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A segment of the log as its records follow each other. */
export interface Segment {
  readonly bytes: Buffer;
  /** Where the first record that begins here does. */
  readonly firstRecord: number;
}

const pageBytes = 8192;
const [shortHeader, longHeader] = [24, 40];

/** Every file of the heap, its indexes and long values, live or dead (`base`, `global`), and of the log. */
export function streamsOf(cluster: string): readonly Buffer[] {
  const heap = ["base", "global"].flatMap((name) => filesBelow(join(cluster, name)));
  // As one, since a record may go on in the next segment.
  const log = Buffer.concat(logOf(cluster).map(({ bytes }) => bytes));
  return [...heap.map((path) => readFileSync(path)), log];
}

/** The segments of the write-ahead log, oldest first. */
export function logOf(cluster: string): readonly Segment[] {
  const directory = join(cluster, "pg_wal");
  const names = readdirSync(directory).filter((name) => /^[0-9A-F]{24}$/.test(name));
  return names.toSorted().map((name) => withoutHeaders(join(directory, name)));
}

function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** A record may go on behind a page's header (PostgreSQL, src/include/access/xlog_internal.h): without them it is whole. */
function withoutHeaders(path: string): Segment {
  const file = readFileSync(path);
  const pages: Buffer[] = [];
  for (let at = 0; at < file.length; at += pageBytes) {
    const isLong = (file.readUInt16LE(at + 2) & 2) !== 0;
    pages.push(file.subarray(at + (isLong ? longHeader : shortHeader), at + pageBytes));
  }
  // What is left of a record that began in the segment before stands first, filled up to eight bytes.
  return { bytes: Buffer.concat(pages), firstRecord: Math.ceil(file.readUInt32LE(16) / 8) * 8 };
}
