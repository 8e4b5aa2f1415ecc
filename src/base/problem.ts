import type { FaultCode } from "./fault.ts";
import { parseJsonBytes } from "./strict.ts";

/** The code in a problem's bytes (RFC 9457) when it is one of `known`; null otherwise: a server names nothing else. */
export function codeIn(body: Uint8Array, known: readonly FaultCode[]): FaultCode | null {
  const problem = parseJsonBytes(body);
  const code = typeof problem === "object" && problem !== null && "code" in problem ? problem.code : null;
  return known.find((one) => one === code) ?? null;
}

/** What a step of a release is refused with (trends.md). */
export const releaseCodes: readonly FaultCode[] = [
  "release.absent",
  "release.notNow",
  "release.order",
  "release.claimed",
  "release.held",
  "release.otherKey",
  "release.redrawn",
  "release.signers",
  "release.officers",
  "release.calendar",
  "release.overspent",
  "release.malformed",
  "release.instance",
  "note.malformed",
  "note.signature",
];

/** What the routes under `/api`, and those that anybody may ask, refuse a reviewer or an officer with. */
export const refusalCodes: readonly FaultCode[] = [
  "session.required",
  "session.refused",
  "forbidden",
  "store.unavailable",
  "route.unknown",
  "request.malformed",
  "request.precondition",
  "request.tooLarge",
  "audit.noCheckpoint",
  "work.required",
  "limit.reached",
  "case.unknown",
  "case.conflict",
  "case.malformed",
  "envelope.shape",
  "attachment.gone",
  ...releaseCodes,
];
