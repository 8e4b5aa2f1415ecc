import { codeOf, type FaultCode } from "../base/fault.ts";
import type { Refusal, Warning } from "./state.ts";

const refusals: Partial<Readonly<Record<FaultCode, Refusal>>> = {
  "identity.passphrase": "passphrase",
  "identity.malformed": "identityFile",
  "anchors.malformed": "anchorsFile",
  "anchors.missing": "anchorsFile",
  "note.signature": "rosterSigners",
  "roster.signers": "rosterSigners",
  "roster.serial": "rosterOlder",
  "roster.link": "rosterForked",
  "roster.instance": "rosterInstance",
  "roster.expired": "rosterExpired",
  "note.malformed": "rosterMalformed",
  "roster.malformed": "rosterMalformed",
  "roster.missing": "rosterMalformed",
  "session.refused": "signInRefused",
  "session.required": "signInRefused",
  "core.unavailable": "unreached",
  "store.unavailable": "unreached",
  "limit.reached": "busy",
};

/** What to tell the reviewer; a code that no reviewer should meet is said to be one. */
export function refusalOf(error: unknown): Refusal {
  return refusals[codeOf(error)] ?? "unexpected";
}

/** The warning when a roster is refused while one that was verified is in use. */
export function rosterWarningOf(error: unknown): Warning {
  const refusal = refusalOf(error);
  if (refusal === "rosterOlder" || refusal === "rosterForked") return refusal;
  return refusal === "rosterSigners" || refusal === "rosterInstance" ? "rosterEdited" : "rosterUnreadable";
}
