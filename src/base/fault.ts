/** Every failure Gundo names. A code is stable: screens, retries, scripts and tests hang on it. */
export type FaultCode =
  | "envelope.unopenable"
  | "envelope.frame"
  | "envelope.tooLarge"
  | "envelope.recipient"
  | "envelope.shape"
  | "envelope.tooFewReaders"
  | "note.malformed"
  | "note.signature"
  | "roster.malformed"
  | "roster.signers"
  | "roster.instance"
  | "roster.serial"
  | "roster.link"
  | "roster.empty"
  | "roster.duplicateId"
  | "roster.sharedKey"
  | "roster.roles"
  | "roster.deskMember"
  | "roster.withoutDesk"
  | "roster.deskTooSmall"
  | "roster.approvals"
  | "roster.expired"
  | "roster.missing"
  | "roster.oprf"
  | "roster.checkpoint"
  | "anchors.malformed"
  | "anchors.missing"
  | "anchors.demo"
  | "note.mixed"
  | "roster.unknownPerson"
  | "roster.details"
  | "roster.server"
  | "anchors.signers"
  | "anchors.instance"
  | "anchors.link"
  | "anchors.serial"
  | "enrolment.malformed"
  | "enrolment.proof"
  | "enrolment.fingerprint"
  | "kit.malformed"
  | "server.malformed"
  | "identity.malformed"
  | "identity.passphrase"
  | "report.malformed"
  | "case.malformed"
  | "case.unknown"
  | "case.conflict"
  | "request.precondition"
  | "instance.malformed"
  | "instance.missing"
  | "mailbox.proof"
  | "mailbox.receipt"
  | "desk.unknown"
  | "request.malformed"
  | "request.tooLarge"
  | "request.unsupported"
  | "route.unknown"
  | "session.required"
  | "session.refused"
  | "forbidden"
  | "audit.noCheckpoint"
  | "audit.malformed"
  | "limit.reached"
  | "work.required"
  | "config.refused"
  | "store.unavailable"
  | "store.inUse"
  | "store.damaged"
  | "store.binary"
  | "store.start"
  | "queue.unavailable"
  | "listen.refused"
  | "core.unavailable"
  | "core.refused"
  | "cli.usage"
  | "cli.file"
  | "cli.unreachable"
  | "bug";

/** The one error class. Its message is its code: input never enters a message, since messages travel. */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly code: FaultCode;

  constructor(code: FaultCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

/** The code of whatever was thrown; what is not ours is a bug and says no more than that. */
export function codeOf(thrown: unknown): FaultCode {
  return thrown instanceof Fault ? thrown.code : "bug";
}
