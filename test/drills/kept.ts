import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** What a Firefox has written down of its tabs, so that a crash loses nothing: every file of it, as text. */
export async function keptFor(profile: string): Promise<string> {
  const backups = join(profile, "sessionstore-backups");
  const inBackups = existsSync(backups) ? (await readdir(backups)).map((name) => join(backups, name)) : [];
  const files = [...inBackups, join(profile, "sessionstore.jsonlz4")].filter((path) => existsSync(path));
  const texts = files.map(async (path) => unpacked(await readFile(path)).toString("utf8"));
  return (await Promise.all(texts)).join("\n");
}

/** Mark, size and one LZ4 block (lz4_Block_format.md): literals, then what stood `back` bytes before, again and again. */
function unpacked(file: Buffer): Buffer {
  const [mark, sizeAt, start] = ["mozLz40\0", 8, 12];
  if (file.toString("latin1", 0, mark.length) !== mark) return file;
  const out = Buffer.alloc(file.readUInt32LE(sizeAt));
  let [at, filled] = [start, 0];
  const lengthFrom = (short: number): number => {
    let length = short;
    if (short === 15)
      do length += file[at]!;
      while (file[at++] === 255);
    return length;
  };
  while (at < file.length) {
    const token = file[at++]!;
    const literals = lengthFrom(token >> 4);
    filled += file.copy(out, filled, at, at + literals);
    at += literals;
    if (at >= file.length) break;
    const back = file.readUInt16LE(at);
    at += 2;
    // A match may reach into itself, so it goes byte by byte.
    for (let left = lengthFrom(token & 15) + 4; left > 0; left--, filled++) out[filled] = out[filled - back]!;
  }
  return out.subarray(0, filled);
}
