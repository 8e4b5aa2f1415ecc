import type { DeskId, Sealed } from "../base/brand.ts";
import { hex, utf8 } from "../base/bytes.ts";
import type { UnixDay } from "../base/clock.ts";
import { sha256 } from "../envelope/hash.ts";
import type { ApprovalSignature } from "../envelope/order.ts";
import { sign, verify, type SigningKey } from "../envelope/sign.ts";
import { findDesk, findReviewer, mayReview, type RosterBody } from "./roster.ts";

/** What reviewers approve: this text, to whoever sealed this capsule, in the name of this desk. */
export interface Answer {
  readonly desk: DeskId;
  /** SHA-256 of the sealed capsule, 32 bytes. */
  readonly capsuleHash: Uint8Array;
  readonly text: string;
}

export function capsuleHashOf(capsule: Sealed): Uint8Array {
  return sha256(capsule);
}

/**
 * The exact bytes under an approval; the first line keeps it from being valid for anything else (envelope.md, Reply
 * capsules). The desk is named, so that what was approved for a desk that asks for three cannot go out by one that asks
 * for two. The text is last and goes to the end, so no two answers have the same bytes.
 */
export function answerMessage(instance: string, { desk, capsuleHash, text }: Answer): Uint8Array {
  return utf8(["gundo/answer/v1", instance, desk, hex(capsuleHash), text].join("\n"));
}

/** One reviewer's approval. */
export function signAnswer(instance: string, answer: Answer, reviewer: string, key: SigningKey): ApprovalSignature {
  return { reviewer, signature: sign(key, answerMessage(instance, answer)) };
}

/** Whose approvals hold today: distinct reviewers of the desk, in service, each over these very bytes. */
export function approversOf(
  roster: RosterBody,
  answer: Answer,
  signatures: readonly ApprovalSignature[],
  today: UnixDay,
): readonly string[] {
  const members = findDesk(roster, answer.desk)?.reviewers ?? [];
  const message = answerMessage(roster.instance, answer);
  const holds = ({ reviewer, signature }: ApprovalSignature): boolean => {
    const person = members.includes(reviewer) ? findReviewer(roster, reviewer) : null;
    return person !== null && mayReview(person, today) && verify(person.verifier.publicKey, message, signature);
  };
  return [...new Set(signatures.filter(holds).map(({ reviewer }) => reviewer))];
}

/** Whether as many approve as the desk asks for. */
export function isApproved(
  roster: RosterBody,
  answer: Answer,
  signatures: readonly ApprovalSignature[],
  today: UnixDay,
): boolean {
  const desk = findDesk(roster, answer.desk);
  return desk !== null && approversOf(roster, answer, signatures, today).length >= desk.approvals;
}
