import type { FaultCode } from "../base/fault.ts";
import { codeOf } from "../base/fault.ts";

type Status = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 428 | 429 | 500 | 503;

/** One exhaustive map from fault to HTTP (house.md, rule 4). What a caller cannot mend is 500, what passes is 503. */
const statuses: Record<FaultCode, Status> = {
  "envelope.unopenable": 422,
  "envelope.frame": 422,
  "envelope.tooLarge": 413,
  "envelope.recipient": 422,
  "envelope.shape": 422,
  "envelope.tooFewReaders": 422,
  "note.malformed": 422,
  "note.signature": 422,
  "roster.malformed": 500,
  "roster.signers": 500,
  "roster.instance": 500,
  "roster.serial": 500,
  "roster.link": 500,
  "roster.empty": 500,
  "roster.duplicateId": 500,
  "roster.sharedKey": 500,
  "roster.roles": 500,
  "roster.deskMember": 500,
  "roster.withoutDesk": 500,
  "roster.deskTooSmall": 500,
  "roster.approvals": 500,
  "roster.expired": 503,
  "roster.missing": 500,
  "roster.oprf": 500,
  "roster.checkpoint": 500,
  "anchors.malformed": 500,
  "anchors.missing": 500,
  "anchors.demo": 500,
  "note.mixed": 422,
  "roster.unknownPerson": 422,
  "roster.details": 422,
  "roster.server": 500,
  "anchors.signers": 422,
  "anchors.instance": 422,
  "anchors.link": 422,
  "anchors.serial": 422,
  "enrolment.malformed": 422,
  "enrolment.proof": 422,
  "enrolment.fingerprint": 422,
  "kit.malformed": 422,
  "server.malformed": 422,
  "secret.malformed": 422,
  "share.board": 422,
  "share.malformed": 422,
  "share.unopenable": 422,
  "share.few": 422,
  "share.instance": 422,
  "share.secret": 422,
  "share.sharing": 422,
  "share.twice": 422,
  "share.altered": 422,
  "identity.malformed": 422,
  "identity.passphrase": 422,
  "report.malformed": 422,
  "case.malformed": 422,
  "case.unknown": 404,
  "case.conflict": 409,
  "case.order": 422,
  "case.led": 422,
  "case.readers": 422,
  "request.precondition": 428,
  "instance.malformed": 500,
  "instance.missing": 500,
  "mailbox.proof": 422,
  "mailbox.receipt": 422,
  "desk.unknown": 404,
  "capsule.malformed": 422,
  "capsule.expired": 422,
  "order.malformed": 422,
  "order.approvals": 422,
  "proposal.malformed": 422,
  "relay.signer": 500,
  "relay.malformed": 500,
  "relay.instance": 500,
  "relay.key": 500,
  "relay.clock": 500,
  "relay.another": 500,
  "relay.missing": 503,
  "report.withoutCapsule": 422,
  "report.unknown": 404,
  "report.withoutMailbox": 422,
  "gateway.unavailable": 503,
  "gateway.held": 503,
  "gateway.unknown": 503,
  "request.malformed": 400,
  "request.tooLarge": 413,
  "request.unsupported": 415,
  "route.unknown": 404,
  "session.required": 401,
  "session.refused": 401,
  forbidden: 403,
  "audit.noCheckpoint": 404,
  "audit.malformed": 422,
  "limit.reached": 429,
  "work.required": 429,
  "config.refused": 500,
  "store.unavailable": 503,
  "store.inUse": 500,
  "store.damaged": 500,
  "store.binary": 500,
  "store.start": 500,
  "queue.unavailable": 503,
  "queue.evicts": 500,
  "queue.remembers": 500,
  "queue.unknownJob": 404,
  "digest.malformed": 500,
  "digest.smtp": 500,
  "digest.unavailable": 503,
  "listen.refused": 500,
  "core.unavailable": 503,
  "core.refused": 503,
  "cli.usage": 500,
  "cli.file": 500,
  "cli.unreachable": 500,
  bug: 500,
};

/** Members that one kind of problem has besides (RFC 9457 §3.2). */
export type Members = Readonly<Record<string, string | number>>;

/** The status a fault is answered with. */
export function statusOf(code: FaultCode): Status {
  return statuses[code];
}

/** A problem document (RFC 9457): the code says everything, and nothing of the request comes back. */
export function problem(code: FaultCode, members: Members = {}): Response {
  const status = statusOf(code);
  const body = JSON.stringify({ type: `urn:gundo:problem:${code}`, title: code, status, code, ...members });
  return new Response(body, { status, headers: { "content-type": "application/problem+json" } });
}

/** The problem for whatever a route threw. */
export function problemOf(thrown: unknown): Response {
  return problem(codeOf(thrown));
}
