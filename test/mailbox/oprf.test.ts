import { ristretto255, ristretto255_hasher, ristretto255_oprf } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concat, fromHex, hex, utf8 } from "../../src/base/bytes.ts";
import { systemChance, type Chance } from "../../src/base/chance.ts";
import { Fault } from "../../src/base/fault.ts";
import { Secret } from "../../src/base/secret.ts";
import { oprfKeyOf, type OprfKey } from "../../src/mailbox/oprf-key.ts";
import { blind, blindEvaluate, evaluate, finalize, parseBlinded } from "../../src/mailbox/oprf.ts";
import { newReceipt, type Receipt } from "../../src/mailbox/receipt.ts";
import rfc from "../vectors/voprf-ristretto255.json" with { type: "json" };

const reversed = (text: string): string => hex(bytes(text).toReversed());
const bytes = (text: string): Uint8Array<ArrayBuffer> => fromHex(text)!;
const freshKey = (): OprfKey => oprfKeyOf(systemChance.bytes(32));
const mailboxProof = new Fault("mailbox.proof");

const order = 2n ** 252n + 27742317777372353535851937790883648493n;

// noble turns 48 bytes into a scalar as (bytes mod (order - 1)) + 1, little endian: these bytes make `scalar` come out.
function drawn(scalar: string): Uint8Array<ArrayBuffer> {
  const value = BigInt(`0x${reversed(scalar)}`) - 1n;
  expect(value < order - 1n).toBe(true);
  return bytes(reversed(value.toString(16).padStart(96, "0")));
}

function replay(scalar: string): Chance {
  return {
    bytes(length) {
      expect(length).toBe(48);
      return drawn(scalar);
    },
  };
}

describe("RFC 9497, appendix A.1.2: VOPRF(ristretto255, SHA-512)", () => {
  const key: OprfKey = { secret: new Secret<Uint8Array>(bytes(rfc.voprf.skSm)), publicKey: bytes(rfc.voprf.pkSm) };

  it("derives the key pair", () => {
    const pair = ristretto255_oprf.voprf.deriveKeyPair(bytes(rfc.seed), bytes(rfc.keyInfo));
    expect([hex(pair.secretKey), hex(pair.publicKey)]).toEqual([rfc.voprf.skSm, rfc.voprf.pkSm]);
  });

  it.each(rfc.voprf.vectors)("gives the output of $input, blind and in clear", (vector) => {
    // The vectors' inputs are no receipts, but ASCII all the same.
    const input = Buffer.from(vector.input, "hex").toString("ascii") as Receipt;
    const blinding = blind(input, replay(vector.blind));
    expect(hex(blinding.blind.reveal())).toBe(vector.blind);
    expect(hex(blinding.blinded)).toBe(vector.blindedElement);
    const answer = blindEvaluate(key, parseBlinded(blinding.blinded)!, replay(vector.proofRandomScalar));
    expect(hex(answer)).toBe(vector.evaluationElement + vector.proof);
    expect(hex(finalize(blinding, answer, key.publicKey))).toBe(vector.output);
    expect(hex(evaluate(key, input))).toBe(vector.output);
  });

  it("gives the batch of two (the library's; no question of ours holds two)", () => {
    const { batch, skSm, pkSm } = rfc.voprf;
    const { voprf } = ristretto255_oprf;
    const items = batch.input.map((input, at) => {
      const made = voprf.blind(bytes(input), () => drawn(batch.blind[at]!));
      expect(hex(made.blinded)).toBe(batch.blindedElement[at]);
      return { input: bytes(input), ...made };
    });
    const blinded = items.map((item) => item.blinded);
    const made = voprf.blindEvaluateBatch(bytes(skSm), bytes(pkSm), blinded, () => drawn(batch.proofRandomScalar));
    expect(made.evaluated.map(hex)).toEqual(batch.evaluationElement);
    expect(hex(made.proof)).toBe(batch.proof);
    const answered = items.map((item, at) => ({ ...item, evaluated: made.evaluated[at]! }));
    expect(voprf.finalizeBatch(answered, bytes(pkSm), made.proof).map(hex)).toEqual(batch.output);
  });
});

describe("RFC 9497, appendix A.1.1: OPRF(ristretto255, SHA-512), the ground under the verifiable mode", () => {
  const { oprf } = ristretto255_oprf;

  it("derives the secret key", () => {
    expect(hex(oprf.deriveKeyPair(bytes(rfc.seed), bytes(rfc.keyInfo)).secretKey)).toBe(rfc.oprf.skSm);
  });

  it.each(rfc.oprf.vectors)("gives the output of $input", (vector) => {
    const made = oprf.blind(bytes(vector.input), () => drawn(vector.blind));
    expect([hex(made.blind), hex(made.blinded)]).toEqual([vector.blind, vector.blindedElement]);
    const evaluated = oprf.blindEvaluate(bytes(rfc.oprf.skSm), made.blinded);
    expect(hex(evaluated)).toBe(vector.evaluationElement);
    expect(hex(oprf.finalize(bytes(vector.input), made.blind, evaluated))).toBe(vector.output);
  });
});

const sized = (part: Uint8Array): Uint8Array => concat(Uint8Array.of(part.length >> 8, part.length & 255), part);

// GenerateProof of RFC 9497 §2.2.1 for the key 0, which no key pair has: every equation of it holds.
function provenUnderIdentity(blinded: Uint8Array): Uint8Array {
  const { Point } = ristretto255;
  const context = concat(utf8("OPRFV1-"), Uint8Array.of(1), utf8("-ristretto255-SHA512"));
  const scalarOf = (label: string, ...parts: readonly Uint8Array[]): bigint =>
    ristretto255_hasher.hashToScalar(concat(...parts, utf8(label)), { DST: concat(utf8("HashToScalar-"), context) });
  const identity = Point.ZERO.toBytes();
  const seed = sha512(concat(sized(identity), sized(concat(utf8("Seed-"), context))));
  const d = scalarOf("Composite", sized(seed), Uint8Array.of(0, 0), sized(blinded), sized(identity));
  const composite = Point.fromBytes(blinded).multiply(d);
  const s = 7n;
  const [t2, t3] = [Point.BASE.multiply(s), composite.multiply(s)];
  const transcript = [identity, composite.toBytes(), identity, t2.toBytes(), t3.toBytes()];
  const c = scalarOf("Challenge", ...transcript.map(sized));
  return concat(identity, Point.Fn.toBytes(c), Point.Fn.toBytes(s));
}

describe("a blind question", () => {
  it("has the answer of the same receipt in clear", () => {
    for (let round = 0; round < 10; round++) {
      const key = freshKey();
      const receipt = newReceipt(systemChance);
      const blinding = blind(receipt, systemChance);
      const y = finalize(blinding, blindEvaluate(key, blinding.blinded, systemChance), key.publicKey);
      expect(y).toHaveLength(64);
      expect(hex(y)).toBe(hex(evaluate(key, receipt)));
    }
  });

  it("never looks the same, so that two of one receipt are not tied together", () => {
    const receipt = newReceipt(systemChance);
    expect(hex(blind(receipt, systemChance).blinded)).not.toBe(hex(blind(receipt, systemChance).blinded));
  });

  it("keeps its scalar out of print", () => {
    const blinding = blind(newReceipt(systemChance), systemChance);
    expect(JSON.stringify({ scalar: blinding.blind })).toBe('{"scalar":"[secret]"}');
  });

  it.each([
    ["the identity (RFC 9497 §4.1)", "00".repeat(32)],
    ["a negative field element (RFC 9496 §4.3.1)", `01${"00".repeat(31)}`],
    ["a field element that is not reduced", "ff".repeat(32)],
    ["no point of the curve", `02${"00".repeat(31)}`],
    ["a byte less", hex(blind(newReceipt(systemChance), systemChance).blinded.subarray(1))],
    ["a byte more", `${hex(blind(newReceipt(systemChance), systemChance).blinded)}00`],
    ["nothing", ""],
  ])("is refused: %s", (_what, text) => {
    expect(parseBlinded(bytes(text))).toBeNull();
  });
});

describe("an answer", () => {
  const key = freshKey();
  const blinding = blind(newReceipt(systemChance), systemChance);
  const answer = blindEvaluate(key, blinding.blinded, systemChance);

  it("of a key that is not the roster's is refused: nobody is marked by a key of their own", () => {
    const marked = freshKey();
    expect(() => finalize(blinding, blindEvaluate(marked, blinding.blinded, systemChance), key.publicKey)).toThrow(
      mailboxProof,
    );
    const claimed = { secret: marked.secret, publicKey: key.publicKey };
    expect(() => finalize(blinding, blindEvaluate(claimed, blinding.blinded, systemChance), key.publicKey)).toThrow(
      mailboxProof,
    );
  });

  it("to another question is refused", () => {
    const other = blind(blinding.receipt, systemChance);
    expect(() => finalize(other, answer, key.publicKey)).toThrow(mailboxProof);
  });

  it("with any bit changed is refused", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 96 * 8 - 1 }), (bit) => {
        const changed = answer.slice();
        changed[bit >> 3]! ^= 1 << (bit & 7);
        expect(() => finalize(blinding, changed, key.publicKey)).toThrow(mailboxProof);
      }),
      { numRuns: 60 },
    );
  });

  it("with a second spelling of a scalar is refused", () => {
    const scalar = BigInt(`0x${reversed(hex(answer.subarray(64)))}`) + order;
    const respelled = answer.slice();
    respelled.set(bytes(reversed(scalar.toString(16).padStart(64, "0"))), 64);
    expect(() => finalize(blinding, respelled, key.publicKey)).toThrow(mailboxProof);
  });

  it.each([
    ["shorter", answer.subarray(0, 95)],
    ["longer", Uint8Array.of(...answer, 0)],
    ["empty", new Uint8Array(0)],
    ["the identity", Uint8Array.of(...new Uint8Array(32), ...answer.subarray(32))],
  ])("is refused when %s", (_what, wrong) => {
    expect(() => finalize(blinding, wrong, key.publicKey)).toThrow(mailboxProof);
  });

  it("is refused under a public key that is none", () => {
    for (const none of [new Uint8Array(32), new Uint8Array(31), new Uint8Array(32).fill(0xff)])
      expect(() => finalize(blinding, answer, none)).toThrow(mailboxProof);
  });

  it("proven under the identity as public key is refused, though the proof holds", () => {
    expect(() => finalize(blinding, provenUnderIdentity(blinding.blinded), new Uint8Array(32))).toThrow(mailboxProof);
  });

  it("is taken unchanged", () => {
    expect(hex(finalize(blinding, answer, key.publicKey))).toBe(hex(evaluate(key, blinding.receipt)));
  });
});
