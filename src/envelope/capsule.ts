import type { E164, Plain, Sealed } from "../base/brand.ts";
import { concat, fromUtf8, readU32be, u32be, utf8 } from "../base/bytes.ts";
import { addDays, type UnixDay } from "../base/clock.ts";
import type { Chance } from "../base/chance.ts";
import { Fault } from "../base/fault.ts";
import type { Recipient } from "./recipient.ts";
import { seal } from "./seal.ts";
import { hasShape } from "./shape.ts";

/** Days after the one it was sealed on for which a capsule can be answered; then the relay's key of its day is gone. */
export const capsuleDays = 14;

// In the order of their numbers, 1 to 4.
const gateways = ["africastalking", "kannel", "android", "simulator"] as const;

/** Which gateway brought the message, and so which one brings the answer. */
type CapsuleGateway = (typeof gateways)[number];

/** Where an SMS answer goes (envelope.md, Reply capsules): the only place in which a number lies anywhere. */
export interface Capsule {
  readonly gateway: CapsuleGateway;
  readonly number: E164;
  /** The last day on which it can be answered. */
  readonly expires: UnixDay;
}

/** Bytes of the plaintext: version, gateway, digits and their count, expires, nonce, zeros. */
export const capsuleBytes = 64;
const version = 1;
const digitsAt = 3;
const mostDigits = 15;
const expiresAt = digitsAt + mostDigits;
const nonceAt = expiresAt + 4;
const nonceBytes = 16;
const zerosAt = nonceAt + nonceBytes;

/**
 * The capsule of a number on `today`, sealed to the relay's key of that day: one age file with one stanza around 64 bytes,
 * of one length whatever the number. The nonce makes two capsules of one number differ in their plaintext too.
 */
export function sealCapsule(
  asked: Pick<Capsule, "gateway" | "number">,
  today: UnixDay,
  relay: Recipient,
  chance: Chance,
): Sealed {
  const plain = encodeCapsule({ ...asked, expires: addDays(today, capsuleDays) }, chance.bytes(nonceBytes));
  const sealed = seal([relay], plain, chance);
  plain.fill(0);
  return sealed;
}

/** Whether these bytes have the form of a sealed capsule; who can open it, nobody can tell. */
export function isCapsule(bytes: Uint8Array): bytes is Sealed {
  return hasShape(bytes, 1, capsuleBytes);
}

function encodeCapsule({ gateway, number, expires }: Capsule, nonce: Uint8Array): Plain {
  const digits = utf8(number.slice(1));
  const plain = new Uint8Array(capsuleBytes);
  plain.set(concat(Uint8Array.of(version, gateways.indexOf(gateway) + 1, digits.length), digits));
  plain.set(concat(u32be(expires), nonce), expiresAt);
  return plain as Uint8Array as Plain;
}

/**
 * What is in an opened capsule.
 * @throws Fault `capsule.malformed` on another length, version or gateway, no E.164 number, or a byte that is not zero
 * where nothing is written.
 */
export function decodeCapsule(plain: Plain): Capsule {
  const gateway = gateways[plain[1]! - 1];
  const count = plain[2] ?? 0;
  const digits = fromUtf8(plain.subarray(digitsAt, digitsAt + count)) ?? "";
  const padded = isZero(plain, digitsAt + count, expiresAt) && isZero(plain, zerosAt, capsuleBytes);
  const good = plain.length === capsuleBytes && plain[0] === version && count <= mostDigits && padded;
  if (!good || gateway === undefined || !/^[1-9]\d{7,14}$/.test(digits)) throw new Fault("capsule.malformed");
  return { gateway, number: `+${digits}` as E164, expires: readU32be(plain, expiresAt) as UnixDay };
}

function isZero(bytes: Uint8Array, from: number, to: number): boolean {
  return bytes.subarray(from, to).every((byte) => byte === 0);
}
