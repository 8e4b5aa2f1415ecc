import { ristretto255, ristretto255_oprf } from "@noble/curves/ed25519.js";
import type { Brand } from "../base/brand.ts";
import { concat, utf8 } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import { Fault } from "../base/fault.ts";
import { Secret } from "../base/secret.ts";
import type { OprfKey } from "./oprf-key.ts";
import type { Receipt } from "./receipt.ts";

interface Evaluates {
  evaluate(secretKey: Uint8Array, input: Uint8Array): Uint8Array;
}

// noble 2.0.1 has Evaluate in this mode too; only its types leave it out.
const voprf = ristretto255_oprf.voprf as typeof ristretto255_oprf.voprf & Evaluates;

/** y: 64 bytes out of a receipt and the edge's key (RFC 9497, VOPRF mode). Only `evaluate` and `finalize` make one. */
export type OprfOutput = Brand<Uint8Array, "OprfOutput">;

/** A blinded element on the wire: 32 bytes, canonical, not the identity (RFC 9497 §2.1 and §4.1). It says nothing of the receipt. */
export type Blinded = Brand<Uint8Array, "Blinded">;

/** What the asker keeps between question and answer. */
export interface Blinding {
  readonly receipt: Receipt;
  /** 32-byte scalar: with it and `blinded` a receipt can be guessed at, so it dies with the answer. */
  readonly blind: Secret<Uint8Array>;
  /** What is sent. */
  readonly blinded: Blinded;
}

const elementBytes = 32;

/** y of a receipt in clear, for whoever holds the key: Evaluate of RFC 9497 §3.3.2. */
export function evaluate(key: OprfKey, receipt: Receipt): OprfOutput {
  return voprf.evaluate(key.secret.reveal(), utf8(receipt)) as OprfOutput;
}

/** The question of an asker who does not show the receipt: Blind of RFC 9497 §3.3.2. */
export function blind(receipt: Receipt, chance: Chance): Blinding {
  const { blind: scalar, blinded } = voprf.blind(utf8(receipt), drawing(chance));
  return { receipt, blind: new Secret<Uint8Array>(scalar), blinded: blinded as Blinded };
}

/** The blinded element, or null unless these are the 32 canonical bytes of one that is not the identity. */
export function parseBlinded(bytes: Uint8Array): Blinded | null {
  return isElement(bytes) ? (bytes as Blinded) : null;
}

/** The answer, 96 bytes: evaluated element, then the proof that this key made it (BlindEvaluate, RFC 9497 §3.3.2). */
export function blindEvaluate(key: OprfKey, blinded: Blinded, chance: Chance): Uint8Array {
  const { evaluated, proof } = voprf.blindEvaluate(key.secret.reveal(), key.publicKey, blinded, drawing(chance));
  return concat(evaluated, proof);
}

/**
 * y of the receipt that was blinded (Finalize, RFC 9497 §3.3.2). `publicKey` is the roster's, so that nobody is served a
 * key of their own and known by it. Throws `mailbox.proof` when the answer is anything but that key's to this question.
 */
export function finalize(blinding: Blinding, answer: Uint8Array, publicKey: Uint8Array): OprfOutput {
  const { receipt, blind: scalar, blinded } = blinding;
  // noble would take the identity as a key, under which anybody can prove anything (RFC 9497 §2.1).
  if (!isElement(publicKey)) throw new Fault("mailbox.proof");
  const [evaluated, proof] = [answer.subarray(0, elementBytes), answer.subarray(elementBytes)];
  try {
    return voprf.finalize(utf8(receipt), scalar.reveal(), evaluated, blinded, publicKey, proof) as OprfOutput;
  } catch {
    // What noble throws on: another length, an element or a scalar that is not canonical, a proof that does not hold.
    throw new Fault("mailbox.proof");
  }
}

function isElement(bytes: Uint8Array): boolean {
  try {
    return !ristretto255.Point.fromBytes(bytes).is0();
  } catch {
    // noble throws on another length and on every encoding that RFC 9496 §4.3.1 refuses.
    return false;
  }
}

/** noble's hook for randomness. It always asks for a length; the default would make it refuse what it gets. */
function drawing(chance: Chance): (length?: number) => Uint8Array {
  return (length = 0) => chance.bytes(length);
}
