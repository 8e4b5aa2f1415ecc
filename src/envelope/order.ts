import type { DeskId, Sealed } from "../base/brand.ts";
import { parseDeskId } from "../base/brand.ts";
import { base64url, concat, fromBase64url, fromUtf8, isWellFormed, readU32be, u32be, utf8 } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import { parseJson, strictList, strictRecord, strictText } from "../base/strict.ts";
import { isCapsule } from "./capsule.ts";
import { sha256 } from "./hash.ts";

/** One reviewer's signature under an answer by SMS (roster/answer.ts says over what). */
export interface ApprovalSignature {
  /** The reviewer's id in the roster. */
  readonly reviewer: string;
  /** 64 bytes. */
  readonly signature: Uint8Array;
}

/** Body of a frame of kind `relayOrder`: what the relay is asked to send, and by whose word (envelope.md, Reply capsules). */
export interface RelayOrder {
  readonly desk: DeskId;
  readonly language: string;
  readonly text: string;
  readonly signatures: readonly ApprovalSignature[];
  /** The report's capsule, exactly as it lay there. */
  readonly capsule: Sealed;
}

/** Ten messages in GSM-7; what is longer is no answer by SMS. */
export const mostAnswerUnits = 1530;
const mostSignatures = 9;
const lengthBytes = 4;

/** Whether a text can be an answer by SMS: some letters, nothing but line breaks that a phone would not show. */
export function isAnswerText(text: string): boolean {
  const shown = text.replaceAll("\n", "");
  return text.trim() !== "" && text.length <= mostAnswerUnits && isWellFormed(text) && !/[\p{Cc}]/u.test(shown);
}

/**
 * u32 JSON length, JSON, capsule.
 * @throws Fault `order.malformed` for an order that `decodeOrder` would refuse.
 */
export function encodeOrder(order: RelayOrder): Uint8Array {
  const json = utf8(jsonOf(order));
  const body = concat(u32be(json.length), json, order.capsule);
  decodeOrder(body);
  return body;
}

/**
 * The order in a frame's body. Unknown fields, a second spelling of the same JSON and bytes that are no capsule are refused.
 * @throws Fault `order.malformed`.
 */
export function decodeOrder(body: Uint8Array): RelayOrder {
  const end = body.length < lengthBytes ? 0 : lengthBytes + readU32be(body, 0);
  const json = fromUtf8(body.subarray(lengthBytes, end)) ?? "";
  const capsule = body.slice(end);
  const order = end > body.length || !isCapsule(capsule) ? null : readOrder(json, capsule);
  if (order === null || jsonOf(order) !== json) throw new Fault("order.malformed");
  return order;
}

function readOrder(json: string, capsule: Sealed): RelayOrder | null {
  const fields = strictRecord(parseJson(json), ["v", "desk", "language", "text", "signatures"]);
  const desk = parseDeskId(strictText(fields?.["desk"], /^/) ?? "");
  const language = strictText(fields?.["language"], /^[a-z]{2,3}$/);
  const text = strictText(fields?.["text"], /^/);
  const signatures = strictList(fields?.["signatures"], readSignature);
  if (fields?.["v"] !== 1 || desk === null || language === null || text === null || signatures === null) return null;
  return isAnswerText(text) && signatures.length <= mostSignatures
    ? { desk, language, text, signatures, capsule }
    : null;
}

/** A signature out of strict JSON, or null. */
export function readSignature(value: unknown): ApprovalSignature | null {
  const fields = strictRecord(value, ["reviewer", "signature"]);
  const reviewer = strictText(fields?.["reviewer"], /^[a-z][a-z0-9-]{0,31}$/);
  const signature = fromBase64url(strictText(fields?.["signature"], /^/) ?? "");
  return reviewer === null || signature?.length !== 64 ? null : { reviewer, signature };
}

/** The one spelling of a list of signatures. */
export function signaturesJson(signatures: readonly ApprovalSignature[]): object {
  return signatures.map(({ reviewer, signature }) => ({ reviewer, signature: base64url(signature) }));
}

function jsonOf({ desk, language, text, signatures }: RelayOrder): string {
  return JSON.stringify({ v: 1, desk, language, text, signatures: signaturesJson(signatures) });
}

/** By what a delivery report finds its order: SHA-256 of the provider's own id of the message, 32 bytes. */
export function messageHashOf(providerId: string): Uint8Array {
  return sha256(utf8(providerId));
}
