import { base64url, fromBase64url, utf8 } from "../../base/bytes.ts";
import { Fault } from "../../base/fault.ts";
import { parseJsonBytes, strictRecord, strictText } from "../../base/strict.ts";
import { verifierOf } from "../../envelope/note-sign.ts";
import { formatVerifierKey, parseVerifierKey, type NoteVerifier } from "../../envelope/note.ts";
import { parseRecipient, recipientOf, type Recipient } from "../../envelope/recipient.ts";
import { sign, verify } from "../../envelope/sign.ts";
import { keyFingerprint } from "../fingerprint.ts";
import type { Keys } from "../identity.ts";

/** The public halves of somebody who asks to be enrolled, proof checked. */
export interface Enrolment {
  readonly id: string;
  readonly recipient: Recipient;
  readonly verifier: NoteVerifier;
}

/** What a name may be in roster and anchors. */
export const idPattern = /^[a-z][a-z0-9-]{0,31}$/;

/** An enrolment request: both public keys under the signature of one, so that whoever passes it on cannot change the other. */
export function enrolmentRequest(keys: Keys): string {
  const recipient = recipientOf(keys.identity);
  const verifier = formatVerifierKey(keys.id, verifierOf(keys.signing));
  const proof = sign(keys.signing, signedPart(keys.id, recipient, verifier));
  return `${JSON.stringify({ v: 1, id: keys.id, recipient, verifier, proof: base64url(proof) }, null, 2)}\n`;
}

/** Throws `enrolment.malformed`; `enrolment.proof` when the signature does not cover both keys. */
export function parseEnrolment(file: Uint8Array): Enrolment {
  const record = strictRecord(parseJsonBytes(file), ["v", "id", "recipient", "verifier", "proof"]);
  const id = strictText(record?.["id"], idPattern);
  const recipient = parseRecipient(strictText(record?.["recipient"], /^/) ?? "");
  const verifierText = strictText(record?.["verifier"], /^/) ?? "";
  const verifier = parseVerifierKey(verifierText);
  const proof = fromBase64url(strictText(record?.["proof"], /^/) ?? "");
  if (record?.["v"] !== 1 || id === null || recipient === null || verifier?.name !== id || proof === null)
    throw new Fault("enrolment.malformed");
  if (!verify(verifier.publicKey, signedPart(id, recipient, verifierText), proof)) throw new Fault("enrolment.proof");
  return { id, recipient, verifier };
}

function signedPart(id: string, recipient: string, verifier: string): Uint8Array {
  return utf8(`gundo/enrol/v1\n${id}\n${recipient}\n${verifier}\n`);
}

/** Six groups of four digits: the person reads them to the board by telephone, and the board compares. */
export function enrolmentFingerprint({ recipient, verifier }: Enrolment): string {
  return keyFingerprint(recipient, verifier.publicKey);
}

/** Throws `enrolment.fingerprint` unless the digits are this enrolment's, however they are spaced. */
export function checkFingerprint(enrolment: Enrolment, spoken: string): void {
  if (digitsOf(spoken) !== digitsOf(enrolmentFingerprint(enrolment))) throw new Fault("enrolment.fingerprint");
}

function digitsOf(text: string): string {
  return text.replaceAll(/\s/g, "");
}
