import { codeOf, type FaultCode } from "../../base/fault.ts";
import type { CaseRefusal } from "./shown.ts";

const refusals: Partial<Readonly<Record<FaultCode, CaseRefusal>>> = {
  "case.order": "order",
  "case.led": "led",
  "case.unknown": "unknown",
  "case.readers": "readers",
  "envelope.tooFewReaders": "tooFewReaders",
  "envelope.tooLarge": "tooLong",
  "case.malformed": "tooLong",
  "relay.missing": "relayMissing",
  "relay.signer": "relayMissing",
  "relay.malformed": "relayMissing",
  "capsule.expired": "capsuleExpired",
  "core.unavailable": "unreached",
  "store.unavailable": "unreached",
  "limit.reached": "unreached",
};

/** What to tell the reviewer; a code that no reviewer should meet is said to be one. */
export function caseRefusalOf(error: unknown): CaseRefusal {
  return refusals[codeOf(error)] ?? "unexpected";
}
