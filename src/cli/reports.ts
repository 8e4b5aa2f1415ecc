import type { Sealed } from "../base/brand.ts";
import { base64url, hex } from "../base/bytes.ts";
import { isoHour, msPerHour, type UnixMs } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { decodeForget, type Forget } from "../envelope/forget.ts";
import { decodeFrame } from "../envelope/frame.ts";
import { open, type Decapsulator } from "../envelope/open.ts";
import type { Identity } from "../envelope/recipient.ts";
import { decodeReport, type Attachment, type Report } from "../envelope/report.ts";
import type { Saved } from "./attachments.ts";
import { sentenceOf } from "./says.ts";

/** What a reviewer can be sent: a report, or the wish that a conversation be forgotten. */
export type Opened =
  | { readonly kind: "report"; readonly report: Report }
  | { readonly kind: "forget"; readonly forget: Forget };

/**
 * What is inside a sealed file, or null when it opens to nothing for this identity: a decoy, one that excludes its
 * owner, or broken. Nobody can tell these apart, so nothing here tries to.
 */
export function openFile(
  sealed: Sealed,
  identity: Identity,
  decapsulator: Decapsulator,
  firstTry: number,
): Opened | null {
  try {
    const { kind, body } = decodeFrame(open(sealed, identity, decapsulator, firstTry));
    if (kind === "report") return { kind, report: decodeReport(body) };
    return kind === "forget" ? { kind, forget: decodeForget(body) } : null;
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

/** What was opened as one flat JSON object, and what became of its attachments, if they were written. */
export function openedJson(opened: Opened, saved: readonly Saved[] = []): Readonly<Record<string, unknown>> {
  if (opened.kind === "report") return reportJson(opened.report, saved);
  const { thread, door } = opened.forget;
  return { kind: "forget", thread: hex(thread), door: base64url(door) };
}

/** What was opened for a person's eyes. */
export function openedLines(
  id: string,
  receivedDay: string,
  opened: Opened,
  saved: readonly Saved[] = [],
): readonly string[] {
  if (opened.kind === "report") return reportLines(id, receivedDay, opened.report, saved);
  const asked = "    Asks to be forgotten: close the conversation of this mailbox.";
  return [[receivedDay, id, "forget", hex(opened.forget.thread)].join("  "), asked, ""];
}

/** A report as one flat JSON object (operations.md, Contract for scripts). */
function reportJson(report: Report, saved: readonly Saved[]): Readonly<Record<string, unknown>> {
  const { channel, language, text, answers, exclude, attachments } = report;
  return {
    channel,
    language,
    text,
    answers,
    exclude,
    receivedHour: isoHour((report.receivedHour * msPerHour) as UnixMs),
    ...(report.sourceTag && { sourceTag: base64url(report.sourceTag) }),
    ...(report.joinHint !== undefined && { joinHint: report.joinHint }),
    ...(report.mailbox && { mailbox: { id: hex(report.mailbox.id) } }),
    ...(report.thread && { thread: hex(report.thread) }),
    ...(report.capsule && { capsule: true }),
    attachments: attachments.map(({ size, type }, index) => ({ size, type, ...saved[index] })),
    door: base64url(report.door),
  };
}

// Bidirectional overrides and control characters could make a terminal show something else than was written.
const unsafe = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Each line of a text, indented, with nothing in it that a terminal would obey. */
export function safeLines(text: string): readonly string[] {
  return text.split("\n").map((line) => `    ${line.replaceAll(unsafe, "�")}`);
}

/** A report for a person's eyes: what was written, and nothing that a terminal would obey. */
function reportLines(id: string, receivedDay: string, report: Report, saved: readonly Saved[]): readonly string[] {
  const { category, place, when, danger } = report.answers;
  const answers = [category, place, when, danger === true ? "DANGER" : undefined, report.capsule && "SMS?"].filter(
    (answer) => answer !== undefined,
  );
  const head = [receivedDay, id, report.channel, ...answers].join("  ");
  return [
    head,
    ...safeLines(report.text),
    ...report.attachments.flatMap((one, index) => fileLines(one, saved[index])),
    "",
  ];
}

/** An attachment: what its sender calls it, and where it lies here. */
function fileLines({ size, type }: Attachment, saved: Saved | undefined): readonly string[] {
  const where =
    saved === undefined ? "" : "file" in saved ? `, ${saved.file}` : `, not written: ${sentenceOf(saved.refused)}`;
  return safeLines(`attachment: ${type}, ${size} bytes${where}`.replaceAll("\n", " "));
}
