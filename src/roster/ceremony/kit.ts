import { concat, equal, u32be, utf8 } from "../../base/bytes.ts";
import { Secret } from "../../base/secret.ts";
import { sha256 } from "../../envelope/hash.ts";
import { identityOfSeed } from "../../envelope/recipient.ts";
import type { Keys } from "../identity.ts";
import { idPattern } from "./enrolment.ts";

// Proquints (D. S. Wilkerson, arXiv:0901.4016): sixteen bits a word, consonant, vowel, consonant, vowel, consonant;
// no list of words is needed, and whoever reads French or Bambara aloud can dictate them.
const consonants = "bdfghjklmnprstvz";
const vowels = "aiou";
const wordPattern = /^[bdfghjklmnprstvz][aiou][bdfghjklmnprstvz][aiou][bdfghjklmnprstvz]$/;

const lineBytes = 8;
const lineCount = 8;

/**
 * A recovery kit: the name, then eight numbered lines of four words and a fifth that checks its line. Whoever holds the
 * paper can read and sign as this person: no passphrase protects it.
 */
export function kitLines({ id, identity, signing }: Keys): readonly string[] {
  const secret = concat(identity.reveal(), signing.reveal());
  const lines = Array.from({ length: lineCount }, (_, index) => {
    const bytes = secret.subarray(index * lineBytes, (index + 1) * lineBytes);
    return `${index + 1}  ${spokenWords(concat(bytes, checkOf(id, index, bytes))).join(" ")}`;
  });
  return [id, ...lines];
}

/** The keys, or the first line that cannot be right: 0 is the name, 1 to 8 the lines of words. */
export type KitReading = { readonly ok: true; readonly keys: Keys } | { readonly ok: false; readonly line: number };

/** What somebody typed from the paper; case, spacing, empty lines and lines that begin with `#` do not matter. */
export function readKit(text: string): KitReading {
  const lines = text
    .toLowerCase()
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  const id = lines[0] ?? "";
  if (!idPattern.test(id)) return { ok: false, line: 0 };
  const parts: Uint8Array[] = [];
  for (let index = 0; index < lineCount; index++) {
    const bytes = lineOf(id, index, lines[index + 1] ?? "");
    if (bytes === null) return { ok: false, line: index + 1 };
    parts.push(bytes);
  }
  if (lines.length > lineCount + 1) return { ok: false, line: lineCount + 1 };
  const secret = concat(...parts);
  const identity = identityOfSeed(secret.slice(0, 32))!;
  return { ok: true, keys: { id, identity, signing: new Secret<Uint8Array>(secret.slice(32)) } };
}

function lineOf(id: string, index: number, line: string): Uint8Array | null {
  const [number, ...words] = line.split(/[\s.]+/);
  if (number !== String(index + 1) || words.length !== 5 || !words.every((word) => wordPattern.test(word))) return null;
  const bytes = concat(...words.map(bytesOfWord));
  const secret = bytes.subarray(0, lineBytes);
  return equal(bytes.subarray(lineBytes), checkOf(id, index, secret)) ? secret : null;
}

/** Two bytes that hang on the name, the line's number and its words: a line misheard or out of place is noticed at once. */
function checkOf(id: string, index: number, bytes: Uint8Array): Uint8Array {
  return sha256(concat(utf8(`gundo/kit/v1\n${id}\n`), u32be(index), bytes)).subarray(0, 2);
}

/** Words that can be spoken, one for every two bytes. */
export function spokenWords(bytes: Uint8Array): readonly string[] {
  return Array.from({ length: bytes.length / 2 }, (_, index) => {
    const bits = (bytes[2 * index]! << 8) | bytes[2 * index + 1]!;
    return [
      consonants[bits >> 12],
      vowels[(bits >> 10) & 3],
      consonants[(bits >> 6) & 15],
      vowels[(bits >> 4) & 3],
      consonants[bits & 15],
    ].join("");
  });
}

function bytesOfWord(word: string): Uint8Array {
  const [a, b, c, d, e] = word
    .split("")
    .map((letter, index) => (index % 2 === 0 ? consonants : vowels).indexOf(letter));
  const bits = (a! << 12) | (b! << 10) | (c! << 6) | (d! << 4) | e!;
  return Uint8Array.of(bits >> 8, bits & 255);
}
