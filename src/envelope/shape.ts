import { fileNonceBytes, macStart, stanzaStart, versionLine, wrappedKeyBytes } from "./header.ts";
import { sizeClasses, type SizeClass } from "./pad.ts";
import { chunksFor, tagBytes } from "./stream.ts";
import { encLength } from "./xwing.ts";

/** All that can be told of a sealed file without a key. */
export interface Shape {
  readonly stanzas: number;
  readonly sizeClass: SizeClass;
}

const macBytes = 32;
const stanzaLength = stanzaStart.length + columns(encLength) + 1 + columns(wrappedKeyBytes) + 1;
const fixedLength = versionLine.length + macStart.length + columns(macBytes) + 1 + fileNonceBytes;

// Characters of base64 without padding.
function columns(bytes: number): number {
  return Math.ceil((bytes * 8) / 6);
}

/** Bytes of a sealed file with this many stanzas around this many bytes: a frame of a size class, or a capsule. */
export function sealedLength(stanzas: number, plainBytes: number): number {
  return fixedLength + stanzas * stanzaLength + plainBytes + chunksFor(plainBytes) * tagBytes;
}

/** Whether these are a whole sealed file with this many stanzas around this many bytes. */
export function hasShape(bytes: Uint8Array, stanzas: number, plainBytes: number): boolean {
  return bytes.length === sealedLength(stanzas, plainBytes) && hasHeader(bytes, stanzas);
}

/**
 * The shape of a whole sealed file, or null unless it is exactly: the version line, canonical `mlkem768x25519`
 * stanzas only, the MAC line, and a payload of the length of a size class. It asks for no key, so it says nothing of
 * whether anybody can open the file. The length is looked at first: most of what is malformed costs four divisions.
 */
export function shapeOf(bytes: Uint8Array): Shape | null {
  const shape = shapeOfLength(bytes.length);
  return shape !== null && hasHeader(bytes, shape.stanzas) ? shape : null;
}

// No two classes differ by a whole number of stanzas, so a length has one shape at most (a test shows it).
function shapeOfLength(length: number): Shape | null {
  for (const sizeClass of sizeClasses) {
    const stanzas = (length - sealedLength(0, sizeClass)) / stanzaLength;
    if (stanzas >= 1 && Number.isInteger(stanzas)) return { stanzas, sizeClass };
  }
  return null;
}

function hasHeader(bytes: Uint8Array, stanzas: number): boolean {
  const cursor = new Cursor(bytes);
  let good = cursor.literal(versionLine);
  for (let index = 0; good && index < stanzas; index++) {
    good =
      cursor.literal(stanzaStart) &&
      cursor.base64(encLength) &&
      cursor.literal("\n") &&
      cursor.base64(wrappedKeyBytes) &&
      cursor.literal("\n");
  }
  return good && cursor.literal(macStart) && cursor.base64(macBytes) && cursor.literal("\n");
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const notBase64 = 255;
const sextets = new Uint8Array(256).fill(notBase64);
for (let value = 0; value < alphabet.length; value++) sextets[alphabet.charCodeAt(value)] = value;

/** Reads forward over bytes whose number is already known to suffice. */
class Cursor {
  #at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  literal(text: string): boolean {
    for (let index = 0; index < text.length; index++)
      if (this.#bytes[this.#at++] !== text.charCodeAt(index)) return false;
    return true;
  }

  /** Canonical base64 of this many bytes: the bits that encode nothing are zero (RFC 4648 §3.5). */
  base64(length: number): boolean {
    const characters = columns(length);
    const spareBits = characters * 6 - length * 8;
    let last = 0;
    for (let index = 0; index < characters; index++) {
      last = sextets[this.#bytes[this.#at++]!]!;
      if (last === notBase64) return false;
    }
    return (last & ((1 << spareBits) - 1)) === 0;
  }
}
