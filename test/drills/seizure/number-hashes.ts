import { blake2bStart, blake2bWords } from "./blake2b-words.ts";
import type { NumberRange } from "./numbers.ts";
import type { Recipe } from "./recipes.ts";
import { sha256Lanes, sha256Start } from "./sha256-lanes.ts";

/** Bytes of a value that must agree: what is shorter, chance writes. */
export const comparedBytes = 16;

/** A recipe that makes one of the values out of this number. */
export interface Match {
  readonly national: number;
  readonly says: string;
  /** The value's first 16 bytes, in hex. */
  readonly value: string;
}

/** Values by their first 16 bytes; the first four alone turn nearly every guess away. */
export class Values {
  readonly #whole: ReadonlySet<string>;
  readonly #firstWords: ReadonlySet<number>;
  readonly #bits = new Uint8Array(2 ** 19);

  constructor(values: readonly string[]) {
    this.#whole = new Set(values);
    this.#firstWords = new Set(values.map((value) => Number.parseInt(value.slice(0, 8), 16)));
    for (const word of this.#firstWords) this.#bits[word >>> 13]! |= 1 << ((word >>> 10) & 7);
  }

  /** `word`: the first four bytes, big-endian and unsigned. */
  mayHave(word: number): boolean {
    return (this.#bits[word >>> 13]! & (1 << ((word >>> 10) & 7))) !== 0 && this.#firstWords.has(word);
  }

  has(value: string): boolean {
    return this.#whole.has(value);
  }
}

const fours = Array.from({ length: 10_000 }, (_, four) => String(four).padStart(4, "0"));
const foursBig = Uint32Array.from(fours, (four) => Buffer.from(four).readUInt32BE());
const foursLittle = Uint32Array.from(fours, (four) => Buffer.from(four).readUInt32LE());

const laneCount = 4;

/** A place to lay words out for the hashes: from 16 bytes on, a bump at a time. */
class Desk {
  readonly memory = new WebAssembly.Memory({ initial: 16 });
  readonly view = new DataView(this.memory.buffer);
  readonly words = new Uint32Array(this.memory.buffer);
  #next = 16;

  room(bytes: number): number {
    const at = this.#next;
    this.#next += bytes;
    return at;
  }

  /** The same words for all four messages. */
  lanesOf(words: readonly number[]): number {
    const at = this.room(16 * words.length);
    this.layLanes(at, words);
    return at;
  }

  layLanes(at: number, words: readonly number[]): void {
    for (const [index, word] of words.entries())
      for (let lane = 0; lane < laneCount; lane++) this.words[at / 4 + 4 * index + lane] = word;
  }
}

type Report = (match: Match) => void;
type Trial = (first: number, report: Report) => void;

/** Every number of `range` through every recipe; what is among `values` is reported. Throws when a message needs two blocks. */
export function hashNumbers(recipes: readonly Recipe[], values: Values): (range: NumberRange, report: Report) => void {
  const desk = new Desk();
  const compress = sha256Lanes(desk.memory);
  const wide = blake2bWords(desk.memory);
  const trials = recipes.map((recipe) =>
    recipe.primitive === "blake2b"
      ? blake2bTrial(desk, wide, recipe, values)
      : shaTrial(desk, compress, recipe, values),
  );
  return ({ first, count }, report) => {
    for (let number = first; number < first + count; number += laneCount)
      for (const trial of trials) trial(number, report);
  };
}

/** A message with its end mark and length in one block of SHA-256, `bytesBefore` of which came in blocks before. */
function shaBlock({ before, after }: Recipe, bytesBefore: number): readonly number[] {
  const length = before.length + 8 + after.length;
  if (length > 55) throw new Error("a message of more than one block");
  const block = Buffer.alloc(64);
  block.set(before);
  block.set(after, before.length + 8);
  block[length] = 0x80;
  block.writeUInt32BE(8 * (bytesBefore + length), 60);
  return wordsIn(block);
}

function wordsIn(block: Buffer): readonly number[] {
  return Array.from({ length: block.length / 4 }, (_, index) => block.readUInt32BE(4 * index));
}

type Compress = ReturnType<typeof sha256Lanes>;

function shaTrial(desk: Desk, compress: Compress, recipe: Recipe, values: Values): Trial {
  const keyed = recipe.primitive === "hmacSha256";
  const words = shaBlock(recipe, keyed ? 64 : 0);
  const block = desk.lanesOf(words);
  const begun = keyed ? padded(desk, compress, recipe.key, 0x36) : desk.lanesOf(sha256Start);
  const put = digitsPut(desk.words, block, words, recipe.before.length);
  if (!keyed) {
    const out = desk.room(128);
    return (first, report) => {
      put(first);
      compress(begun, block, out);
      look(desk, out, first, recipe, values, report);
    };
  }
  // The second hash's message is the first one's digest: its block is where that is written.
  const outer = padded(desk, compress, recipe.key, 0x5c);
  const second = desk.lanesOf([...Array.from({ length: 8 }, () => 0), 0x8000_0000, 0, 0, 0, 0, 0, 0, 8 * 96]);
  const out = desk.room(128);
  return (first, report) => {
    put(first);
    compress(begun, block, second);
    compress(outer, second, out);
    look(desk, out, first, recipe, values, report);
  };
}

/** The state after HMAC's key block (RFC 2104). */
function padded(desk: Desk, compress: Compress, key: Uint8Array, pad: number): number {
  const block = Buffer.alloc(64, pad);
  for (const [index, byte] of key.entries()) block[index] = byte ^ pad;
  const out = desk.room(128);
  compress(desk.lanesOf(sha256Start), desk.lanesOf(wordsIn(block)), out);
  return out;
}

/** Writes the digits of four numbers in a row into the four messages, wherever in a word they begin. */
function digitsPut(all: Uint32Array, block: number, words: readonly number[], at: number): (first: number) => void {
  const [word, shift] = [at >>> 2, 8 * (at & 3)];
  const base = block / 4 + 4 * word;
  const [before, behind] = [words[word]!, words[word + 2] ?? 0];
  return (first) => {
    for (let lane = 0; lane < laneCount; lane++) {
      const [high, low] = [foursBig[Math.floor((first + lane) / 10_000)]!, foursBig[(first + lane) % 10_000]!];
      if (shift === 0) {
        all[base + lane] = high;
        all[base + 4 + lane] = low;
      } else {
        all[base + lane] = before | (high >>> shift);
        all[base + 4 + lane] = (high << (32 - shift)) | (low >>> shift);
        all[base + 8 + lane] = behind | (low << (32 - shift));
      }
    }
  };
}

function look(desk: Desk, out: number, first: number, recipe: Recipe, values: Values, report: Report): void {
  const at = out / 4;
  for (let lane = 0; lane < laneCount; lane++) {
    if (!values.mayHave(desk.words[at + lane]!)) continue;
    const digest = Buffer.alloc(comparedBytes);
    for (let index = 0; index < 4; index++) digest.writeUInt32BE(desk.words[at + 4 * index + lane]!, 4 * index);
    const value = digest.toString("hex");
    if (values.has(value)) report({ national: first + lane, says: recipe.says, value });
  }
}

type Wide = ReturnType<typeof blake2bWords>;

function blake2bTrial(desk: Desk, compress: Wide, recipe: Recipe, values: Values): Trial {
  const { key, before, after, digestBytes, says } = recipe;
  const length = before.length + 8 + after.length;
  if (length > 128 || key.length > 64) throw new Error("a message of more than one block");
  const { view } = desk;
  const [begun, block, out] = [desk.room(64), desk.room(128), desk.room(64)];
  for (const [index, word] of blake2bStart(digestBytes, key.length).entries())
    view.setBigUint64(begun + 8 * index, word, true);
  const bytes = new Uint8Array(desk.memory.buffer);
  if (key.length > 0) {
    bytes.set(key, block);
    compress(begun, block, begun, 128, 0);
    bytes.fill(0, block, block + 128);
  }
  bytes.set(before, block);
  bytes.set(after, block + before.length + 8);
  const counted = length + (key.length > 0 ? 128 : 0);
  const at = block + before.length;
  return (first, report) => {
    for (let national = first; national < first + laneCount; national++) {
      view.setUint32(at, foursLittle[Math.floor(national / 10_000)]!, true);
      view.setUint32(at + 4, foursLittle[national % 10_000]!, true);
      compress(begun, block, out, counted, -1);
      if (!values.mayHave(view.getUint32(out))) continue;
      const value = Buffer.from(bytes.subarray(out, out + comparedBytes)).toString("hex");
      if (values.has(value)) report({ national, says, value });
    }
  };
}
