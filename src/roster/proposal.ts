import { parseDeskId, parseReportId, type DeskId, type ReportId } from "../base/brand.ts";
import { base64url, fromBase64url, fromUtf8, utf8 } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import { parseJson, strictList, strictRecord, strictText } from "../base/strict.ts";
import { isAnswerText, readSignature, signaturesJson, type ApprovalSignature } from "../envelope/order.ts";
import type { Answer } from "./answer.ts";

/**
 * An answer by SMS that waits for approvals. It names the report and not its capsule's bytes: who approves takes the
 * capsule out of the report as they themselves opened it, so that nobody can slip in another number.
 */
export interface Proposal extends Answer {
  readonly report: ReportId;
  readonly desk: DeskId;
  readonly language: string;
  readonly signatures: readonly ApprovalSignature[];
}

/** @throws Fault `proposal.malformed` for a proposal that `decodeProposal` would refuse. */
export function encodeProposal(proposal: Proposal): Uint8Array {
  const bytes = utf8(jsonOf(proposal));
  decodeProposal(bytes);
  return bytes;
}

/** Strict, and one spelling only. @throws Fault `proposal.malformed`. */
export function decodeProposal(bytes: Uint8Array): Proposal {
  const json = fromUtf8(bytes) ?? "";
  const proposal = proposalOf(parseJson(json));
  if (proposal === null || jsonOf(proposal) !== json) throw new Fault("proposal.malformed");
  return proposal;
}

function proposalOf(value: unknown): Proposal | null {
  const fields = strictRecord(value, ["v", "report", "desk", "capsule", "language", "text", "signatures"]);
  const text = strictText(fields?.["text"], /^/);
  const report = parseReportId(strictText(fields?.["report"], /^/) ?? "");
  const desk = parseDeskId(strictText(fields?.["desk"], /^/) ?? "");
  const capsuleHash = fromBase64url(strictText(fields?.["capsule"], /^/) ?? "");
  const language = strictText(fields?.["language"], /^[a-z]{2,3}$/);
  const signatures = strictList(fields?.["signatures"], readSignature);
  if (fields?.["v"] !== 1 || text === null || !isAnswerText(text) || report === null || desk === null) return null;
  if (capsuleHash?.length !== 32 || language === null || signatures === null) return null;
  return { report, desk, capsuleHash, language, text, signatures };
}

function jsonOf({ report, desk, capsuleHash, language, text, signatures }: Proposal): string {
  const capsule = base64url(capsuleHash);
  return JSON.stringify({ v: 1, report, desk, capsule, language, text, signatures: signaturesJson(signatures) });
}
