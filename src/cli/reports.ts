import type { Sealed } from "../base/brand.ts";
import { base64url, hex } from "../base/bytes.ts";
import { isoHour, msPerHour, type UnixMs } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { decodeFrame } from "../envelope/frame.ts";
import { open, type Decapsulator } from "../envelope/open.ts";
import type { Identity } from "../envelope/recipient.ts";
import { decodeReport, type Report } from "../envelope/report.ts";

/**
 * The report inside a sealed file, or null when the file is no report for this identity: a decoy, one that excludes
 * its owner, or broken. Nobody can tell these apart, so nothing here tries to.
 */
export function openReport(
  sealed: Sealed,
  identity: Identity,
  decapsulator: Decapsulator,
  firstTry: number,
): Report | null {
  try {
    const frame = decodeFrame(open(sealed, identity, decapsulator, firstTry));
    return frame.kind === "report" ? decodeReport(frame.body) : null;
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

/** A report as one flat JSON object (operations.md, Contract for scripts). */
export function reportJson(report: Report): Readonly<Record<string, unknown>> {
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
    attachments: attachments.map(({ size, type }) => ({ size, type })),
    door: base64url(report.door),
  };
}

// Bidirectional overrides and control characters could make a terminal show something else than was written.
const unsafe = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A report for a person's eyes: what was written, and nothing that a terminal would obey. */
export function reportLines(id: string, receivedDay: string, report: Report): readonly string[] {
  const { category, place, when, danger } = report.answers;
  const answers = [category, place, when, danger === true ? "DANGER" : undefined].filter(
    (answer) => answer !== undefined,
  );
  return [
    [receivedDay, id, report.channel, ...answers].join("  "),
    ...report.text.split("\n").map((line) => `    ${line.replaceAll(unsafe, "�")}`),
    "",
  ];
}
