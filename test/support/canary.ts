import { lstat, open, readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import type { E164 } from "../../src/base/brand.ts";
import { anchorLength, matcher, type Ends, type Matcher, type Pattern } from "./canary/matcher.ts";
import type { TestRedis } from "./redis.ts";
import { contentsOf, settledOnDisk } from "./redis-contents.ts";
import { spellingsOfName, spellingsOfNumber, spellingsOfText, type Spelling } from "./canary/spellings.ts";

/** What a story planted and nobody may find (house.md, rule 12). */
export interface Needles {
  readonly numbers?: readonly E164[];
  readonly names?: readonly string[];
  readonly places?: readonly string[];
  /** Found whole, and by any 24 characters of theirs that begin where a word does. */
  readonly texts?: readonly string[];
}

/** Where to look: the more of it a story names, the more its canary proves. */
export interface Haystack {
  /** Every file below: contents, names and link targets. PostgreSQL's data directory holds heap, indexes and log. */
  readonly directories?: readonly string[];
  /** Standard output, standard error, a dump: whatever is at hand as text or bytes. */
  readonly contents?: readonly { readonly where: string; readonly content: string | Uint8Array }[];
  /** Processes by id: their arguments and environment. */
  readonly processes?: readonly number[];
  /** Redis servers: every key and value in memory, append-only file, and a snapshot made now. */
  readonly redis?: readonly TestRedis[];
}

export interface Hit {
  readonly needle: string;
  readonly spelling: string;
  readonly where: string;
}

export interface Canary {
  /** Every needle in every spelling that is anywhere in `haystack`, each once a place; rejects when a place cannot be read. */
  scan(haystack: Haystack): Promise<Hit[]>;
}

const pieceBytes = 4 * 2 ** 20;

function patternsOf(needle: string, spellings: readonly Spelling[]): Pattern[] {
  // Below this, chance alone writes a pattern somewhere in a gigabyte.
  if (Buffer.byteLength(needle) < anchorLength) throw new Error("a needle under 6 bytes is found by chance");
  const seen = new Set<string>();
  const fresh = spellings.filter(({ bytes }) => {
    const key = Buffer.from(bytes).toString("latin1");
    return bytes.length >= anchorLength && !seen.has(key) && seen.add(key);
  });
  return fresh.map(({ name, bytes, alone }) => ({ needle, spelling: name, bytes, alone: alone ?? false }));
}

/** A canary for these needles. Compressed or encrypted copies are beyond it: what a scan reads must be plain. */
export function canary(needles: Needles): Canary {
  const names = [...(needles.names ?? []), ...(needles.places ?? [])];
  const search = matcher([
    ...(needles.numbers ?? []).flatMap((number) => patternsOf(number, spellingsOfNumber(number))),
    ...names.flatMap((name) => patternsOf(name, spellingsOfName(name))),
    ...(needles.texts ?? []).flatMap((text) => patternsOf(text, spellingsOfText(text))),
  ]);
  return {
    async scan(haystack) {
      const hits = new Hits(search);
      for (const { where, content } of haystack.contents ?? [])
        hits.look(where, typeof content === "string" ? Buffer.from(content) : content);
      for (const directory of haystack.directories ?? []) await lookBelow(directory, hits);
      for (const id of haystack.processes ?? [])
        for (const file of ["cmdline", "environ"]) await lookIntoFile(`/proc/${id}/${file}`, hits);
      for (const server of haystack.redis ?? []) await lookIntoRedis(server, hits);
      return hits.all();
    },
  };
}

class Hits {
  readonly #found = new Map<string, Hit>();
  readonly search: Matcher;
  /** One for all files, which are read one after another: a database is a thousand small ones. */
  readonly buffer: Uint8Array;

  constructor(search: Matcher) {
    this.search = search;
    this.buffer = new Uint8Array(search.overlap + pieceBytes);
  }

  look(where: string, bytes: Uint8Array, ends: Ends = { first: true, last: true }): void {
    this.search.search(bytes, ends, ({ needle, spelling }) => {
      this.#found.set(JSON.stringify([needle, spelling, where]), { needle, spelling, where });
    });
  }

  all(): Hit[] {
    return [...this.#found.values()];
  }
}

async function lookBelow(directory: string, hits: Hits): Promise<void> {
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    hits.look(`name of ${path}`, Buffer.from(name));
    const entry = await unlessGone(lstat(path));
    if (entry?.isDirectory() === true) await unlessGone(lookBelow(path, hits));
    else if (entry?.isSymbolicLink() === true) hits.look(`target of ${path}`, Buffer.from(await readlink(path)));
    else if (entry?.isFile() === true) await unlessGone(lookIntoFile(path, hits));
  }
}

async function lookIntoRedis(server: TestRedis, hits: Hits): Promise<void> {
  const client = server.client();
  const contents = await contentsOf(client);
  for (const [key, words] of contents) hits.look(`memory of Redis: ${key}`, Buffer.from([key, ...words].join("\n")));
  await settledOnDisk(client);
  await client.save();
  await lookBelow(server.home, hits);
}

/** A running server removes files while we walk: what is gone is not there to be found. */
async function unlessGone<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw thrown;
  }
}

async function lookIntoFile(path: string, hits: Hits): Promise<void> {
  await using file = await open(path, "r");
  const { buffer, search } = hits;
  let kept = 0;
  for (let first = true, last = false; !last; first = false) {
    const { bytesRead } = await file.read(buffer, kept, pieceBytes);
    last = bytesRead === 0;
    const filled = kept + bytesRead;
    hits.look(path, buffer.subarray(0, filled), { first, last });
    kept = Math.min(filled, search.overlap);
    buffer.copyWithin(0, filled - kept, filled);
  }
}
