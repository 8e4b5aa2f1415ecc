import type { FaultCode } from "../base/fault.ts";

export type Verdict = "retry" | "giveUp";

/**
 * What a job does after each fault. Retry where time may mend it: something is away, or the roster is renewed; and after
 * a bug, since what an unknown error was is not known. Give up where the same input can only fail again.
 */
const verdicts: Readonly<Record<FaultCode, Verdict>> = {
  "envelope.unopenable": "giveUp",
  "envelope.frame": "giveUp",
  "envelope.tooLarge": "giveUp",
  "envelope.recipient": "giveUp",
  "envelope.shape": "giveUp",
  "envelope.tooFewReaders": "retry",
  "note.malformed": "giveUp",
  "note.signature": "giveUp",
  "roster.malformed": "giveUp",
  "roster.signers": "giveUp",
  "roster.instance": "giveUp",
  "roster.serial": "giveUp",
  "roster.link": "giveUp",
  "roster.empty": "giveUp",
  "roster.duplicateId": "giveUp",
  "roster.sharedKey": "giveUp",
  "roster.roles": "giveUp",
  "roster.deskMember": "giveUp",
  "roster.withoutDesk": "giveUp",
  "roster.deskTooSmall": "giveUp",
  "roster.approvals": "giveUp",
  "roster.expired": "retry",
  "roster.missing": "retry",
  "roster.oprf": "giveUp",
  "roster.checkpoint": "retry",
  "anchors.malformed": "giveUp",
  "anchors.missing": "retry",
  "anchors.demo": "giveUp",
  "note.mixed": "giveUp",
  "roster.unknownPerson": "giveUp",
  "roster.details": "giveUp",
  "roster.server": "giveUp",
  "anchors.signers": "giveUp",
  "anchors.instance": "giveUp",
  "anchors.link": "giveUp",
  "anchors.serial": "giveUp",
  "enrolment.malformed": "giveUp",
  "enrolment.proof": "giveUp",
  "enrolment.fingerprint": "giveUp",
  "kit.malformed": "giveUp",
  "server.malformed": "giveUp",
  "instance.malformed": "giveUp",
  "instance.missing": "retry",
  "identity.malformed": "giveUp",
  "identity.passphrase": "giveUp",
  "report.malformed": "giveUp",
  "case.malformed": "giveUp",
  "case.unknown": "giveUp",
  "case.conflict": "giveUp",
  "request.precondition": "giveUp",
  "mailbox.proof": "giveUp",
  "mailbox.receipt": "giveUp",
  "desk.unknown": "giveUp",
  "request.malformed": "giveUp",
  "request.tooLarge": "giveUp",
  "request.unsupported": "giveUp",
  "route.unknown": "giveUp",
  "session.required": "giveUp",
  "session.refused": "giveUp",
  forbidden: "giveUp",
  "audit.noCheckpoint": "retry",
  "audit.malformed": "giveUp",
  "limit.reached": "retry",
  "work.required": "retry",
  "config.refused": "giveUp",
  "store.unavailable": "retry",
  "store.inUse": "retry",
  "store.damaged": "giveUp",
  "store.binary": "giveUp",
  "store.start": "retry",
  "queue.unavailable": "retry",
  "listen.refused": "giveUp",
  "core.unavailable": "retry",
  "core.refused": "giveUp",
  "cli.usage": "giveUp",
  "cli.file": "giveUp",
  "cli.unreachable": "retry",
  bug: "retry",
};

/** Whether a job is tried again after this fault. */
export function verdictOn(code: FaultCode): Verdict {
  return verdicts[code];
}

/** The code, or null when the text is none. */
export function parseFaultCode(text: string): FaultCode | null {
  return Object.hasOwn(verdicts, text) ? (text as FaultCode) : null;
}
