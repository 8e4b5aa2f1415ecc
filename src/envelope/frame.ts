import type { Plain } from "../base/brand.ts";
import { concat, readU32be, u32be, utf8 } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import { isPadded, pad } from "./pad.ts";

// In the order of their numbers, 1 to 11 as in envelope.md, Frame; 12 is a note on its way to its second signature.
const kinds = [
  "report",
  "reply",
  "caseEvent",
  "labels",
  "attachmentPart",
  "decoy",
  "acknowledgement",
  "forget",
  "relayOrder",
  "quarterlyKey",
  "seed",
  "note",
] as const;

/** What a frame carries; the core never learns it. */
export type FrameKind = (typeof kinds)[number];

export interface Frame {
  readonly kind: FrameKind;
  readonly body: Uint8Array;
}

const magic = utf8("GNDO");
const version = 1;
const versionAt = 4;
const kindAt = 5;
const lengthAt = 6;

/** Bytes before the body: magic, version, kind, length. */
export const frameHeadBytes = 10;

/**
 * The age plaintext: magic, version, kind, u32 length, body, zeros to the size class (envelope.md, Frame).
 * @throws Fault `envelope.tooLarge` when the body is over 262 134 bytes.
 */
export function encodeFrame(frame: Frame): Plain {
  const kind = kinds.indexOf(frame.kind) + 1;
  const head = concat(magic, Uint8Array.of(version, kind), u32be(frame.body.length));
  const padded = pad(concat(head, frame.body));
  if (padded === null) throw new Fault("envelope.tooLarge");
  return padded as Uint8Array as Plain;
}

/**
 * The frame in an opened file.
 * @throws Fault `envelope.frame` on another magic, version or kind, a length that does not fit, a class larger than
 * needed, or padding that is not zero: a padding that could carry bytes would be a way to mark a file.
 */
export function decodeFrame(plain: Plain): Frame {
  if (plain.length < frameHeadBytes || !startsWithMagic(plain)) throw new Fault("envelope.frame");
  const kind = kinds[plain[kindAt]! - 1];
  const end = frameHeadBytes + readU32be(plain, lengthAt);
  if (kind === undefined || !isPadded(plain, end)) throw new Fault("envelope.frame");
  return { kind, body: plain.slice(frameHeadBytes, end) };
}

function startsWithMagic(plain: Plain): boolean {
  return magic.every((byte, index) => plain[index] === byte) && plain[versionAt] === version;
}
