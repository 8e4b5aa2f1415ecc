import type { Door } from "../base/brand.ts";
import { fromBase64url, fromUtf8 } from "../base/bytes.ts";
import type { UnixHour } from "../base/clock.ts";
import { parseJson, strictInteger, strictList, strictRecord, strictText } from "../base/strict.ts";
import { parseIdentity, recipientOfBytes } from "./recipient.ts";
import { recipientLength } from "./xwing.ts";
import type { Answers, Attachment, Channel, Exclusion, Report } from "./report.ts";

/** A body cut after its JSON. */
export interface ReportParts {
  readonly json: string;
  readonly rest: Uint8Array;
}

const required = ["v", "channel", "language", "text", "answers", "receivedHour", "exclude", "door", "attachments"];
const optional = ["sourceTag", "joinHint", "mailbox", "thread"];
const channels: readonly Channel[] = ["sms", "ussd", "web", "webText"];
const mostInteger = Number.MAX_SAFE_INTEGER;
// Codes, places, organisations, ids and media types: generous, since a refused field would be a lost report.
const shortText = /^[^\p{Cc}]{1,256}$/u;
export const languageTag = /^[a-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$/;

/** The report, and the bytes its text takes; null when any part is malformed. */
export function readReport({
  json,
  rest,
}: ReportParts): { readonly report: Report; readonly textBytes: number } | null {
  const fields = strictRecord(parseJson(json), required, optional);
  const head = fields === null ? null : readHead(fields);
  const textBytes = strictInteger(fields?.["text"], 0, rest.length);
  if (fields === null || head === null || textBytes === null) return null;
  const text = fromUtf8(rest.subarray(0, textBytes));
  const tail = readTail(fields["mailbox"], rest.subarray(textBytes));
  return text === null || tail === null ? null : { report: { ...head, text, ...tail }, textBytes };
}

function readHead(fields: Readonly<Record<string, unknown>>): Omit<Report, "text" | "mailbox" | "capsule"> | null {
  const channel = channels.find((known) => known === fields["channel"]);
  const language = strictText(fields["language"], languageTag);
  const answers = readAnswers(fields["answers"]);
  const receivedHour = strictInteger(fields["receivedHour"], 0, mostInteger);
  const exclude = strictList(fields["exclude"], readExclusion);
  const door = readBytes(fields["door"], 16);
  const attachments = strictList(fields["attachments"], readAttachment);
  const optionals = readOptionals(fields);
  if (fields["v"] !== 1 || channel === undefined || language === null || answers === null) return null;
  if (receivedHour === null || exclude === null || door === null || attachments === null || optionals === null)
    return null;
  return {
    channel,
    language,
    answers,
    receivedHour: receivedHour as UnixHour,
    exclude,
    door: door as Door,
    attachments,
    ...optionals,
  };
}

function readOptionals(
  fields: Readonly<Record<string, unknown>>,
): Pick<Report, "sourceTag" | "joinHint" | "thread"> | null {
  const sourceTag = "sourceTag" in fields ? readBytes(fields["sourceTag"], 16) : undefined;
  const joinHint = "joinHint" in fields ? strictInteger(fields["joinHint"], 0, mostInteger) : undefined;
  const thread = "thread" in fields ? readBytes(fields["thread"], 16) : undefined;
  if (sourceTag === null || joinHint === null || thread === null) return null;
  return {
    ...(sourceTag && { sourceTag }),
    ...(joinHint !== undefined && { joinHint }),
    ...(thread && { thread }),
  };
}

function readTail(mailbox: unknown, rest: Uint8Array): Pick<Report, "mailbox" | "capsule"> | null {
  if (mailbox === undefined) return readCapsule(rest);
  const id = readBytes(strictRecord(mailbox, ["id"])?.["id"], 16);
  const recipient = recipientOfBytes(rest.subarray(0, recipientLength));
  if (id === null || recipient === null) return null;
  return { mailbox: { id, recipient }, ...readCapsule(rest.subarray(recipientLength)) };
}

function readCapsule(rest: Uint8Array): Pick<Report, "capsule"> {
  return rest.length === 0 ? {} : { capsule: rest.slice() };
}

function readAnswers(value: unknown): Answers | null {
  const fields = strictRecord(value, [], ["category", "place", "when", "danger"]);
  if (fields === null) return null;
  const good = Object.entries(fields).every(([name, answer]) =>
    name === "danger" ? typeof answer === "boolean" : strictText(answer, shortText) !== null,
  );
  return good ? fields : null;
}

export function readExclusion(value: unknown): Exclusion | null {
  const fields = strictRecord(value, ["rule", "value"]);
  const excluded = strictText(fields?.["value"], shortText);
  const rule = fields?.["rule"];
  if (excluded === null || (rule !== "place" && rule !== "organisation")) return null;
  return { rule, value: excluded };
}

function readAttachment(value: unknown): Attachment | null {
  const fields = strictRecord(value, ["parts", "size", "type", "digest", "identity"]);
  if (fields === null) return null;
  const parts = strictList(fields["parts"], (part) => strictText(part, shortText));
  const size = strictInteger(fields["size"], 0, mostInteger);
  const type = strictText(fields["type"], shortText);
  const digest = readBytes(fields["digest"], 32);
  const identity = typeof fields["identity"] === "string" ? parseIdentity(fields["identity"]) : null;
  if (parts === null || size === null || type === null || digest === null || identity === null) return null;
  return { parts, size, type, digest, identity };
}

function readBytes(value: unknown, length: number): Uint8Array | null {
  const bytes = typeof value === "string" ? fromBase64url(value) : null;
  return bytes !== null && bytes.length === length ? bytes : null;
}
