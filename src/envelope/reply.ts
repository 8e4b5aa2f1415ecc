import { parseDeskId, type DeskId } from "../base/brand.ts";
import { concat, fromUtf8, readU32be, u32be, utf8 } from "../base/bytes.ts";
import { fromIsoDay, isoDay, type UnixDay } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { parseJson, strictInteger, strictList, strictRecord, strictText } from "../base/strict.ts";
import { frameHeadBytes, type Frame } from "./frame.ts";
import { sizeClasses } from "./pad.ts";
import type { Exclusion } from "./report.ts";
import { languageTag, readExclusion } from "./report-read.ts";

/** What is said to the person who reported (envelope.md, Replies). */
export interface Reply {
  /** Where a follow-up goes; the edge knows nothing of the first report. */
  readonly desk: DeskId;
  /** Who must not read a follow-up: as the report said. */
  readonly exclude: readonly Exclusion[];
  readonly language: string;
  /** The day it was written, UTC. */
  readonly day: UnixDay;
  /** At most `mostReplyTextBytes` in UTF-8; "" says that the report was taken, and no more. */
  readonly text: string;
}

/** Bytes of UTF-8, so that a reply fits the first size class: every file of a mailbox has that one. */
export const mostReplyTextBytes = 4000;

/**
 * The frame of a reply, of kind `acknowledgement` when it has no text. Body: u32 JSON length, JSON, text; the JSON's
 * `text` is the number of UTF-8 bytes behind it, as in a report.
 * @throws Fault `envelope.tooLarge` when text or exclusions are too long for the first size class; `report.malformed`
 * for a reply that `decodeReply` would refuse.
 */
export function encodeReply(reply: Reply): Frame {
  const text = utf8(reply.text);
  const json = utf8(jsonOf(reply, text.length));
  const body = concat(u32be(json.length), json, text);
  if (text.length > mostReplyTextBytes || body.length > mostBodyBytes) throw new Fault("envelope.tooLarge");
  const frame: Frame = { kind: text.length === 0 ? "acknowledgement" : "reply", body };
  decodeReply(frame);
  return frame;
}

/**
 * The reply in a frame. Unknown fields, wrong types, a second spelling of the same JSON, a text too long or under the
 * other kind, and bytes behind it are refused.
 * @throws Fault `report.malformed`.
 */
export function decodeReply({ kind, body }: Frame): Reply {
  const reply = body.length > mostBodyBytes ? null : readReply(body);
  if (reply === null || kind !== (reply.text === "" ? "acknowledgement" : "reply")) throw new Fault("report.malformed");
  return reply;
}

const mostBodyBytes = sizeClasses[0] - frameHeadBytes;
const lengthBytes = 4;

function readReply(body: Uint8Array): Reply | null {
  const textAt = body.length < lengthBytes ? body.length : lengthBytes + readU32be(body, 0);
  const json = fromUtf8(body.subarray(lengthBytes, textAt));
  const head = json === null ? null : readHead(json);
  const text = fromUtf8(body.subarray(textAt));
  const textBytes = body.length - textAt;
  if (head === null || text === null || textBytes < 0 || textBytes > mostReplyTextBytes) return null;
  const reply = { ...head, text };
  return jsonOf(reply, textBytes) === json ? reply : null;
}

function readHead(json: string): Omit<Reply, "text"> | null {
  const fields = strictRecord(parseJson(json), ["v", "desk", "exclude", "language", "day", "text"]);
  const desk = typeof fields?.["desk"] === "string" ? parseDeskId(fields["desk"]) : null;
  const exclude = strictList(fields?.["exclude"], readExclusion);
  const language = strictText(fields?.["language"], languageTag);
  const day = typeof fields?.["day"] === "string" ? fromIsoDay(fields["day"]) : null;
  if (fields?.["v"] !== 1 || strictInteger(fields["text"], 0, mostReplyTextBytes) === null) return null;
  if (desk === null || exclude === null || language === null || day === null) return null;
  return { desk, exclude, language, day };
}

// The order of the fields is the contract's.
function jsonOf({ desk, exclude, language, day }: Omit<Reply, "text">, textBytes: number): string {
  return JSON.stringify({
    v: 1,
    desk,
    exclude: exclude.map(({ rule, value }) => ({ rule, value })),
    language,
    day: isoDay(day),
    text: textBytes,
  });
}
