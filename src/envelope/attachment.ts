import type { Sealed } from "../base/brand.ts";
import { concat, equal } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import { Fault } from "../base/fault.ts";
import { encodeFrame, frameHeadBytes, type Frame } from "./frame.ts";
import { sha256 } from "./hash.ts";
import type { Recipient } from "./recipient-text.ts";
import type { Attachment } from "./report.ts";
import { seal } from "./seal.ts";

/** The size classes of a part, both far over a report's: what is stored as a part is seen to be one anyway. */
export const partClasses = [131_072, 262_144] as const;
const [halfBytes, wholeBytes] = [partClasses[0] - frameHeadBytes, partClasses[1] - frameHeadBytes];

/** Bytes of the largest file that is taken (web.md): a hundred parts and one. */
export const mostAttachmentBytes = 25 * 1024 * 1024;

/**
 * Bytes of the parts' bodies for a file of this many bytes, in order: each fills its frame, the last one with zeros after
 * the file's end, so that a part tells of the file's length no more than how many there are.
 */
export function partLengths(size: number): readonly number[] {
  const whole = Math.floor(Math.max(size - 1, 0) / wholeBytes);
  const rest = size - whole * wholeBytes;
  return [...Array.from({ length: whole }, () => wholeBytes), rest <= halfBytes ? halfBytes : wholeBytes];
}

/** The part at `index` of a file, sealed to the file's own recipient: one stanza (envelope.md, Report body). */
export function sealPart(file: Uint8Array, index: number, recipient: Recipient, chance: Chance): Sealed {
  const body = new Uint8Array(partLengths(file.length)[index]!);
  body.set(file.subarray(index * wholeBytes, index * wholeBytes + body.length));
  const plain = encodeFrame({ kind: "attachmentPart", body });
  const sealed = seal([recipient], plain, chance);
  plain.fill(0);
  return sealed;
}

/** Throws `attachment.damaged` unless a file of this size may have this many parts: asked before any is fetched. */
export function checkParts({ size, parts }: Attachment): void {
  const sound = size <= mostAttachmentBytes && parts.length === partLengths(size).length;
  if (!sound) throw new Fault("attachment.damaged");
}

/**
 * The file out of what its opened parts hold, in the report's order.
 * @throws Fault `attachment.damaged` when a part is missing, of another kind or length, when anything but zeros follows
 * the file, or when its digest is another than the report says: nothing of a file that is not whole is given out.
 */
export function joinParts(attachment: Attachment, frames: readonly Frame[]): Uint8Array {
  checkParts(attachment);
  const lengths = partLengths(attachment.size);
  const fits = ({ kind, body }: Frame, index: number): boolean =>
    kind === "attachmentPart" && body.length === lengths[index];
  const whole = concat(...frames.map(({ body }) => body));
  const file = whole.subarray(0, attachment.size);
  const empty = whole.subarray(attachment.size).every((byte) => byte === 0);
  if (frames.length !== lengths.length || !frames.every(fits) || !empty || !equal(sha256(file), attachment.digest))
    throw new Fault("attachment.damaged");
  return file;
}
