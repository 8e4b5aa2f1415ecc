import { encodings, type Spelling } from "./encodings.ts";

export type { Spelling } from "./encodings.ts";

/** As long as a piece of a text must be to be its own and nobody else's. */
const fragmentLength = 24;

const stripped = (text: string): string => text.normalize("NFD").replaceAll(/\p{M}/gu, "");
const reversed = (text: string): string => Array.from(text).toReversed().join("");

function named(prefix: string, spellings: readonly Spelling[]): Spelling[] {
  return spellings.map(({ name, bytes }) => ({ name: prefix === "" ? name : `${prefix}, ${name}`, bytes }));
}

function variants(text: string): [string, string][] {
  const plain = stripped(text);
  const all: [string, string][] = [
    ["", text],
    ["lower", text.toLowerCase()],
    ["upper", text.toUpperCase()],
    ["stripped", plain],
    ["stripped lower", plain.toLowerCase()],
    ["stripped upper", plain.toUpperCase()],
    ["decomposed", text.normalize("NFD")],
  ];
  return all.filter(([, one], index) => all.findIndex(([, other]) => other === one) === index);
}

/** A name or a place: every case and accent form, in every encoding. */
export function spellingsOfName(name: string): Spelling[] {
  return [
    ...variants(name).flatMap(([prefix, text]) => named(prefix, encodings(text))),
    { name: "reversed, utf-8", bytes: Buffer.from(reversed(name)) },
  ];
}

/** The pieces of `text` that begin where a word does, and its end; the whole when it is short. */
export function fragments(text: string): string[] {
  if (text.length <= fragmentLength) return [text];
  const last = text.length - fragmentLength;
  const starts = [...text.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu)]
    .map(({ index }) => index)
    .filter((at) => at < last);
  return [...new Set([0, ...starts, last])].map((at) => text.slice(at, at + fragmentLength).toWellFormed());
}

/** A text: its fragments, as names are spelled. */
export function spellingsOfText(text: string): Spelling[] {
  return fragments(text).flatMap(spellingsOfName);
}

/** Semi-octets of TS 23.040 §9.1.2.3, low nibble first, filled with F. */
function semiOctets(digits: string): Uint8Array {
  const even = digits.length % 2 === 0 ? digits : `${digits}F`;
  return Buffer.from(even.replaceAll(/(.)(.)/g, "$2$1"), "hex");
}

function bigEndian(digits: string): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(digits));
  return bytes;
}

function double(digits: string): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(Number(digits));
  return bytes;
}

/** PostgreSQL keeps `numeric` in groups of four decimal digits, 16 bit each. */
function groupsOfFour(digits: string): Buffer {
  const groups = digits
    .padStart(Math.ceil(digits.length / 4) * 4, "0")
    .match(/.{4}/g)!
    .map(Number);
  const bytes = Buffer.alloc(2 * groups.length);
  groups.forEach((group, index) => bytes.writeUInt16LE(group, 2 * index));
  return bytes;
}

function binaryOfNumber(digits: string, national: string): Spelling[] {
  const [integer, float] = [bigEndian(digits), double(digits)];
  return [
    { name: "semi-octets", bytes: semiOctets(digits) },
    // An address field: length, type of address (national or unknown), digits (TS 23.040 §9.1.2.5).
    ...[0x81, 0xa1].map((kind) => ({
      name: "national semi-octets",
      bytes: Buffer.concat([Buffer.of(national.length, kind), semiOctets(national)]),
    })),
    { name: "u64be", bytes: integer },
    { name: "u64le", bytes: integer.toReversed() },
    { name: "f64be", bytes: float },
    { name: "f64le", bytes: float.toReversed() },
    { name: "numeric", bytes: groupsOfFour(digits) },
    { name: "numeric, network order", bytes: groupsOfFour(digits).swap16() },
  ];
}

/** Eight digits alone prove little: `1700000001` holds `70000001` by chance, and so does hexadecimal text. */
function bareNational(national: string): Spelling[] {
  const [text, back] = [Buffer.from(national), Buffer.from(reversed(national))];
  return [
    { name: "national, utf-8", bytes: text, alone: true },
    { name: "national, reversed", bytes: back, alone: true },
    ...named(
      "national",
      encodings(national).filter(({ bytes }) => !text.equals(bytes)),
    ),
  ];
}

/** An E.164 number of Mali (`+223` and eight digits) as people, programs and networks write it. */
export function spellingsOfNumber(number: string): Spelling[] {
  const digits = number.slice(1);
  const national = number.slice("+223".length);
  const written: [string, string][] = [
    ["", number],
    ["digits", digits],
    ["00 prefix", `00${digits}`],
    ...[" ", "-", ".", "\u00A0", "/"].flatMap((gap): [string, string][] => [
      ["pairs", national.replaceAll(/(..)(?=.)/g, `$1${gap}`)],
      ["fours", national.replaceAll(/(....)(?=.)/g, `$1${gap}`)],
    ]),
  ];
  return [
    ...written.flatMap(([prefix, text]) => named(prefix, encodings(text))),
    { name: "reversed, utf-8", bytes: Buffer.from(reversed(digits)) },
    ...bareNational(national),
    ...binaryOfNumber(digits, national),
  ];
}
