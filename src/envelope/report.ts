import type { Door } from "../base/brand.ts";
import { base64url, concat, fromUtf8, readU32be, u32be, utf8 } from "../base/bytes.ts";
import type { UnixHour } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { formatIdentity, recipientBytes, type Identity, type Recipient } from "./recipient.ts";
import { readReport, type ReportParts } from "./report-read.ts";

/** The way a report came in; only its readers learn it. */
export type Channel = "sms" | "ussd" | "web" | "webText";

/** What was asked and answered; `category`, `place` and `when` are codes of the dialogue. */
export interface Answers {
  readonly category?: string;
  readonly place?: string;
  readonly when?: string;
  readonly danger?: boolean;
}

/** Who must not read this: reviewers of a place (P-code) or of an organisation. */
export type Exclusion =
  | { readonly rule: "place"; readonly value: string }
  | { readonly rule: "organisation"; readonly value: string };

/** A file in parts, each an age file sealed to `identity`. */
export interface Attachment {
  readonly parts: readonly string[];
  /** Bytes of the whole. */
  readonly size: number;
  readonly type: string;
  /** SHA-256 of the whole, 32 bytes. */
  readonly digest: Uint8Array;
  readonly identity: Identity;
}

/** Body of a frame of kind `report` (envelope.md, Report body). No phone number but inside `capsule`. */
export interface Report {
  readonly channel: Channel;
  readonly language: string;
  readonly text: string;
  readonly answers: Answers;
  readonly receivedHour: UnixHour;
  /** 16 bytes: the same phone on the same day. */
  readonly sourceTag?: Uint8Array;
  /** Shared by the parts of one SMS that arrived apart, so that a reader can join them (phones.md). */
  readonly joinHint?: number;
  readonly exclude: readonly Exclusion[];
  readonly door: Door;
  /** Where to answer; `id` has 16 bytes. */
  readonly mailbox?: { readonly id: Uint8Array; readonly recipient: Recipient };
  readonly attachments: readonly Attachment[];
  /** 16 bytes: the first mailbox id of the conversation this follows. */
  readonly thread?: Uint8Array;
  /** An age file to the relay's key of the day; only when an SMS answer was asked for. */
  readonly capsule?: Uint8Array;
}

/**
 * u32 JSON length, JSON, text, mailbox recipient (1 216 bytes, if `mailbox`), capsule (the rest). The JSON's `text`
 * is the number of UTF-8 bytes that follow it: inside JSON a quote takes two bytes and a control character six, and
 * then 4 000 bytes of text would not always fit the first size class.
 * @throws Fault `report.malformed` for a report that `decodeReport` would refuse.
 */
export function encodeReport(report: Report): Uint8Array {
  const text = utf8(report.text);
  const json = utf8(jsonOf(report, text.length));
  const recipient = report.mailbox === undefined ? [] : [recipientBytes(report.mailbox.recipient)];
  const capsule = report.capsule === undefined ? [] : [report.capsule];
  const body = concat(u32be(json.length), json, text, ...recipient, ...capsule);
  decodeReport(body);
  return body;
}

/**
 * The report in a frame's body. Unknown fields, wrong types and lengths, a second spelling of the same JSON (other
 * order, spaces, escapes, doubled fields) are refused, so that nothing travels beside what is shown.
 * @throws Fault `report.malformed`.
 */
export function decodeReport(body: Uint8Array): Report {
  const parts = partsOf(body);
  const read = parts === null ? null : readReport(parts);
  if (parts === null || read === null || jsonOf(read.report, read.textBytes) !== parts.json)
    throw new Fault("report.malformed");
  return read.report;
}

const lengthBytes = 4;

function partsOf(body: Uint8Array): ReportParts | null {
  if (body.length < lengthBytes) return null;
  const end = lengthBytes + readU32be(body, 0);
  const json = end > body.length ? null : fromUtf8(body.subarray(lengthBytes, end));
  return json === null ? null : { json, rest: body.subarray(end) };
}

// The order of the fields is the contract's, and `JSON.stringify` leaves out what is undefined.
function jsonOf(report: Report, textBytes: number): string {
  const { category, place, when, danger } = report.answers;
  return JSON.stringify({
    v: 1,
    channel: report.channel,
    language: report.language,
    text: textBytes,
    answers: { category, place, when, danger },
    receivedHour: report.receivedHour,
    sourceTag: report.sourceTag && base64url(report.sourceTag),
    joinHint: report.joinHint,
    exclude: report.exclude.map(({ rule, value }) => ({ rule, value })),
    door: base64url(report.door),
    mailbox: report.mailbox && { id: base64url(report.mailbox.id) },
    attachments: report.attachments.map((attachment) => ({
      parts: attachment.parts,
      size: attachment.size,
      type: attachment.type,
      digest: base64url(attachment.digest),
      identity: formatIdentity(attachment.identity),
    })),
    thread: report.thread && base64url(report.thread),
  });
}
