import { publicBytesOf } from "#kem";
import type { Sealed } from "../../src/base/brand.ts";
import { base64, concat, equal, fromBase64, fromHex, hex, utf8 } from "../../src/base/bytes.ts";
import { systemChance, type Chance } from "../../src/base/chance.ts";
import { codeOf } from "../../src/base/fault.ts";
import { Secret } from "../../src/base/secret.ts";
import { encodeFrame } from "../../src/envelope/frame.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { readHeader } from "../../src/envelope/header-read.ts";
import { encapsulate } from "../../src/envelope/kem-noble.ts";
import { scheduleOf, wrapKeyUnder } from "../../src/envelope/hpke.ts";
import { open, type Decapsulator } from "../../src/envelope/open.ts";
import { openPayload } from "../../src/envelope/payload-read.ts";
import {
  identityOfSeed,
  newIdentity,
  parseIdentity,
  recipientOf,
  recipientOfBytes,
  type Identity,
} from "../../src/envelope/recipient.ts";
import { seal } from "../../src/envelope/seal.ts";
import { isPublicKey, publicKeyOf, sign, verify } from "../../src/envelope/sign.ts";
import { blind, blindEvaluate, evaluate, finalize, parseBlinded } from "../../src/mailbox/oprf.ts";
import type { Receipt } from "../../src/mailbox/receipt.ts";
import ed25519 from "../vectors/ed25519.json" with { type: "json" };
import hpke from "../vectors/hpke.json" with { type: "json" };
import rfc9497 from "../vectors/voprf-ristretto255.json" with { type: "json" };
import xwing from "../vectors/xwing.json" with { type: "json" };

/** One vector of the age test kit (c2sp.org/CCTV/age), inflated; `file` is base64. */
export interface AgeVector {
  readonly name: string;
  readonly expect: string;
  readonly payload: string;
  readonly identities: readonly string[];
  /** Hex; "" where the kit gives none. */
  readonly fileKey: string;
  readonly file: string;
}

/** What one runtime made of all vectors. */
export interface Tried {
  /** Vectors tried, by their document; those opened, once for each opener. */
  readonly counts: Readonly<Record<string, number>>;
  readonly failures: readonly string[];
}

/** Whatever decapsulates in this runtime, by name. */
export type Openers = Readonly<Record<string, Decapsulator>>;

interface Outcome {
  readonly of: string;
  readonly name: string;
  readonly holds: boolean;
}

const bytes = (digits: string): Uint8Array<ArrayBuffer> => fromHex(digits)!;

/** The suite that every runtime goes through, with its own engine behind `#kem` and its own openers. */
export function tryVectors(age: readonly AgeVector[], openers: Openers): Tried {
  const outcomes = [
    ...Object.entries(openers).flatMap(([name, opener]) => [
      ...age.filter(isHybrid).map((vector) => hybrid(vector, name, opener)),
      ...xWingOpened(name, opener),
      ...sealedHere(name, opener),
    ]),
    ...age.filter(isFormat).map(format),
    ...xWingSealed(),
    ...keySchedule(),
    ...signatures(),
    ...evaluations(),
  ];
  const counts: Record<string, number> = {};
  for (const { of } of outcomes) counts[of] = (counts[of] ?? 0) + 1;
  return { counts, failures: outcomes.filter(({ holds }) => !holds).map(({ of, name }) => `${of}: ${name}`) };
}

const isHybrid = ({ name }: AgeVector): boolean => name.startsWith("hybrid");
// Sealed for recipients that Gundo does not have: header, MAC and payload are tried with the file key the kit gives.
const isFormat = ({ name }: AgeVector): boolean => /^(empty|header|hmac|stanza|stream|version)/.test(name);

function hybrid({ name, expect, payload, identities, file }: AgeVector, opener: string, by: Decapsulator): Outcome {
  const sealed = fromBase64(file)! as Uint8Array as Sealed;
  const known = identities.map(parseIdentity).filter((identity) => identity !== null);
  const made = known.map((identity) => opened(sealed, identity, by));
  const wanted = expect === "success" ? payload : "envelope.unopenable";
  return { of: `age hybrid, ${opener}`, name, holds: known.length > 0 && made.every((one) => one === wanted) };
}

function opened(sealed: Sealed, identity: Identity, by: Decapsulator): string {
  try {
    return hex(sha256(open(sealed, identity, by)));
  } catch (thrown) {
    return codeOf(thrown);
  }
}

function format({ name, expect, payload, fileKey, file }: AgeVector): Outcome {
  const header = readHeader(fromBase64(file)!);
  const body = header === null ? null : openPayload(header, bytes(fileKey));
  // A nonce that is missing is the payload's lack, as these files are read here.
  const inHeader = expect === "header failure" && !/^stream_(no|short)_nonce$/.test(name);
  const fails = inHeader ? header === null : body === null;
  const holds = expect === "success" ? body !== null && hex(sha256(body)) === payload : fails;
  return { of: "age format", name, holds };
}

function xWingOpened(name: string, by: Decapsulator): readonly Outcome[] {
  const identity = identityOfSeed(bytes(xwing.sk))!;
  const holds = hex(by.decapsulate(bytes(xwing.ct), identity)) === xwing.ss;
  return [{ of: "X-Wing", name: `decapsulated, ${name}`, holds }];
}

/** Hands out the vector's randomness in the order the draft takes it. */
function replay(all: Uint8Array<ArrayBuffer>): Chance {
  let at = 0;
  return { bytes: (length) => all.slice(at, (at += length)) };
}

// OpenSSL takes no randomness from outside: what Node seals with it is tried by being opened.
function xWingSealed(): readonly Outcome[] {
  const { enc, sharedSecret } = encapsulate(recipientOfBytes(bytes(xwing.pk))!, replay(bytes(xwing.eseed)));
  const replayed = hex(enc) === xwing.ct && hex(sharedSecret) === xwing.ss;
  const derived = hex(publicBytesOf(bytes(xwing.sk))) === xwing.pk;
  return [
    { of: "X-Wing", name: "public key of the seed", holds: derived },
    { of: "X-Wing", name: "encapsulated by noble", holds: replayed },
  ];
}

/** What this runtime seals, this opener opens, at its place and behind others. */
function sealedHere(name: string, by: Decapsulator): readonly Outcome[] {
  const identities = [newIdentity(systemChance), newIdentity(systemChance), newIdentity(systemChance)];
  const frame = encodeFrame({ kind: "report", body: utf8("Kouroufing") });
  const sealed = seal(identities.map(recipientOf), frame, systemChance);
  return identities.map((identity, place) => ({
    of: `sealed here, ${name}`,
    name: `place ${place}`,
    holds: equal(open(sealed, identity, by, place), frame),
  }));
}

function keySchedule(): readonly Outcome[] {
  return hpke.vectors.map(({ source, kemId, info, sharedSecret, ...wanted }) => {
    const { key, nonce } = wrapKeyUnder(scheduleOf(kemId, bytes(info)), bytes(sharedSecret));
    return { of: "HPKE", name: source, holds: hex(key) === wanted.key && hex(nonce) === wanted.baseNonce };
  });
}

function signatures(): readonly Outcome[] {
  const made = ed25519.rfc8032.vectors.map(({ secret, publicKey, message, signature }, at) => {
    const key = new Secret<Uint8Array>(bytes(secret));
    const signs = hex(sign(key, bytes(message))) === signature && hex(publicKeyOf(key)) === publicKey;
    const verifies = verify(bytes(publicKey), bytes(message), bytes(signature));
    return { of: "RFC 8032", name: `test ${at + 1}`, holds: signs && verifies };
  });
  const edges = ed25519.edgeCases.vectors.map(({ what, publicKey, message, signature, verifies }) => {
    const taken = verify(bytes(publicKey), bytes(message), bytes(signature));
    return {
      of: "Ed25519 edge cases",
      name: what,
      holds: taken === verifies && (isPublicKey(bytes(publicKey)) || !taken),
    };
  });
  return [...made, ...edges, ...ed25519.rfc8032.vectors.flatMap(spoiled)];
}

const order = 2n ** 252n + 27742317777372353535851937790883648493n;

/** The ways Wycheproof spoils an Ed25519 signature (its flags): every one has to fail. */
function spoiled(vector: (typeof ed25519.rfc8032.vectors)[number]): readonly Outcome[] {
  const [publicKey, message, good] = [bytes(vector.publicKey), bytes(vector.message), bytes(vector.signature)];
  const [r, s] = [good.slice(0, 32), good.slice(32)];
  const wrong: Readonly<Record<string, Uint8Array>> = {
    "SignatureMalleability: S plus the order": concat(r, littleEndian(numberOf(s) + order)),
    TruncatedSignature: good.slice(0, 63),
    SignatureWithGarbage: concat(good, Uint8Array.of(0)),
    "InvalidSignature: S is 0": concat(r, new Uint8Array(32)),
    "InvalidSignature: S is the order": concat(r, littleEndian(order)),
    "InvalidSignature: R is 0": concat(new Uint8Array(32), s),
    "InvalidEncoding: R is no point": concat(new Uint8Array(32).fill(0xff), s),
    "CompressedSignature: R alone": r,
    empty: new Uint8Array(0),
  };
  const flipped = Array.from({ length: 64 }, (_, at): [string, Uint8Array] => {
    const changed = Uint8Array.from(good);
    changed[at]! ^= 1 << (at % 8);
    return [`one bit of byte ${at}`, changed];
  });
  return [...Object.entries(wrong), ...flipped].map(([name, signature]) => ({
    of: "Ed25519 spoiled",
    name,
    holds: !verify(publicKey, message, signature),
  }));
}

function numberOf(little: Uint8Array): bigint {
  return BigInt(`0x${hex(little.toReversed())}`);
}

function littleEndian(value: bigint): Uint8Array {
  return bytes(value.toString(16).padStart(64, "0")).toReversed();
}

// noble turns 48 bytes into a scalar as (bytes mod (order - 1)) + 1, little endian: these bytes make `scalar` come out.
function drawn(scalar: string): Chance {
  const value = numberOf(bytes(scalar)) - 1n;
  return { bytes: () => Uint8Array.from(bytes(value.toString(16).padStart(96, "0")).toReversed()) };
}

function evaluations(): readonly Outcome[] {
  const { skSm, pkSm, vectors } = rfc9497.voprf;
  const key = { secret: new Secret<Uint8Array>(bytes(skSm)), publicKey: bytes(pkSm) };
  return vectors.map((vector) => {
    // The vectors' inputs are no receipts, but ASCII all the same.
    const input = String.fromCharCode(...bytes(vector.input)) as Receipt;
    const blinding = blind(input, drawn(vector.blind));
    const answer = blindEvaluate(key, parseBlinded(blinding.blinded)!, drawn(vector.proofRandomScalar));
    const holds =
      hex(blinding.blinded) === vector.blindedElement &&
      hex(answer) === vector.evaluationElement + vector.proof &&
      hex(finalize(blinding, answer, key.publicKey)) === vector.output &&
      hex(evaluate(key, input)) === vector.output;
    return { of: "RFC 9497", name: `input ${base64(bytes(vector.input))}`, holds };
  });
}
