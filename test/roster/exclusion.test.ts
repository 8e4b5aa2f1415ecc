import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Sealed } from "../../src/base/brand.ts";
import { concat, fromBase64nopad, hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { dayOf } from "../../src/base/clock.ts";
import { encodeFrame } from "../../src/envelope/frame.ts";
import { readHeader } from "../../src/envelope/header-read.ts";
import { wrapKeyOf } from "../../src/envelope/hpke.ts";
import { openAead } from "../../src/envelope/kem-node.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import type { Identity } from "../../src/envelope/recipient.ts";
import type { Exclusion } from "../../src/envelope/report.ts";
import { sealedLength, shapeOf } from "../../src/envelope/shape.ts";
import { deskRecipients, isExcluded, readersOf } from "../../src/roster/readers.ts";
import { sealers, type Sealer } from "../envelope/sealers.ts";
import { HandClock, testBoard, testRoster } from "../support/board.ts";

const clock = new HandClock();
const board = testBoard(clock);
const roster = testRoster(clock, board);
const today = dayOf(clock.nowMs());
const [all] = roster.desks;
const people = board.people.slice(0, 5);

function sealFor(exclude: readonly Exclusion[], bodyBytes: number, sealer: Sealer): Sealed {
  const recipients = deskRecipients(roster, all!, exclude, today, systemChance);
  return sealer.seal(recipients, encodeFrame({ kind: "report", body: systemChance.bytes(bodyBytes) }), systemChance);
}

/** Each stanza as an outsider has it: encapsulation, 1 120 bytes, then the wrapped file key, 32. */
function stanzasOf(sealed: Sealed): readonly Uint8Array[] {
  return readHeader(sealed)!.stanzas.map(({ args, body }) => concat(fromBase64nopad(args[0]!)!, body));
}

/** The file key that this identity finds in this one stanza, or null. */
function fileKeyIn(stanza: Uint8Array, identity: Identity): Uint8Array | null {
  const { key, nonce } = wrapKeyOf(nodeDecapsulator.decapsulate(stanza.subarray(0, 1120), identity));
  return openAead(key, nonce, stanza.subarray(1120));
}

const exclusion: fc.Arbitrary<Exclusion> = fc.oneof(
  fc
    .constantFrom("ML", "ML04", "ML06", "ML07", "ML0703", "ML09", "ML01")
    .map((value) => ({ rule: "place" as const, value })),
  fc.constantFrom("Benkadi", "Jigi", "Hakili", "Nobody").map((value) => ({ rule: "organisation" as const, value })),
);
const exclusions = fc
  .array(exclusion, { maxLength: 4 })
  .filter((exclude) => readersOf(roster, all!, exclude, today).length >= 2);

describe("a file sealed with an exclusion", () => {
  test("has length, stanzas and order of the full desk's, and opens for the others at their own places alone", () => {
    fc.assert(
      fc.property(exclusions, fc.integer({ min: 0, max: 8000 }), (exclude, bodyBytes) => {
        const sealed = sealFor(exclude, bodyBytes, sealers[0]!);
        expect(shapeOf(sealed)).toEqual({ stanzas: 5, sizeClass: 8192 });
        expect(sealed).toHaveLength(sealedLength(5, 8192));
        const stanzas = stanzasOf(sealed);
        const keys = people.map(({ identity }) => stanzas.map((stanza) => fileKeyIn(stanza, identity)));
        const opens = keys.map((row) => row.map((key) => key !== null));
        const expected = people.map((_, person) =>
          people.map((__, place) => place === person && !isExcluded(roster.reviewers[person]!, exclude)),
        );
        expect(opens).toEqual(expected);
        expect(new Set(keys.flat().flatMap((key) => (key === null ? [] : [hex(key)]))).size).toBe(1);
      }),
      { numRuns: 50 },
    );
  });
});

/** Stanzas of one kind, as many as were looked at. */
type Sample = readonly Uint8Array[];

/**
 * How far two samples of bytes are apart: Pearson's statistic of homogeneity over the 256 values, as the standard normal
 * deviate it stands for (Wilson and Hilferty's cube root).
 */
function valuesApart(a: Sample, b: Sample): number {
  const [inA, inB] = [a, b].map((sample) => {
    const counts = new Float64Array(256);
    for (const stanza of sample) for (const byte of stanza) counts[byte]!++;
    return counts;
  }) as [Float64Array, Float64Array];
  const [sumA, sumB] = [a, b].map((sample) => sample.length * sample[0]!.length) as [number, number];
  let statistic = 0;
  for (let value = 0; value < 256; value++) {
    const both = inA[value]! + inB[value]!;
    const expected = (both * sumA) / (sumA + sumB);
    statistic += (inA[value]! - expected) ** 2 * (1 / expected + 1 / (both - expected));
  }
  const spread = 2 / (9 * 255);
  return (Math.cbrt(statistic / 255) - (1 - spread)) / Math.sqrt(spread);
}

/** The largest difference, in standard deviations, between how often any one bit of a stanza is set in two samples. */
function bitsApart(a: Sample, b: Sample): number {
  const [shareA, shareB] = [setBits(a), setBits(b)];
  let most = 0;
  for (const [bit, inA] of shareA.entries()) {
    const pooled = (inA * a.length + shareB[bit]! * b.length) / (a.length + b.length);
    const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / a.length + 1 / b.length));
    // The top bit of every X25519 share is zero, in both samples alike.
    if (deviation > 0) most = Math.max(most, Math.abs(inA - shareB[bit]!) / deviation);
  }
  return most;
}

function setBits(sample: Sample): Float64Array {
  const share = new Float64Array(sample[0]!.length * 8);
  for (const stanza of sample)
    for (let bit = 0; bit < share.length; bit++) share[bit]! += ((stanza[bit >> 3]! >> (bit & 7)) & 1) / sample.length;
  return share;
}

// Of honest samples the first passes 5.6 once in 10^8 runs; the second, over 9 216 bits, passes 7 once in 4 x 10^7.
const mostValuesApart = 5.6;
const mostBitsApart = 7;

/** Stanzas to real readers and to thrown-away keys, out of the same files. */
function samples(files: number, sealer: Sealer): { readonly real: Sample; readonly dummy: Sample } {
  const exclude = [{ rule: "organisation", value: "Benkadi" }] as const;
  const isDummy = roster.reviewers.slice(0, 5).map((reviewer) => isExcluded(reviewer, exclude));
  const [real, dummy]: [Uint8Array[], Uint8Array[]] = [[], []];
  for (let file = 0; file < files; file++)
    for (const [place, stanza] of stanzasOf(sealFor(exclude, 100, sealer)).entries())
      (isDummy[place]! ? dummy : real).push(stanza);
  return { real, dummy };
}

/** The sample with one bit of each stanza set, at `share` of them: what a careless throw-away key might show. */
function biased(sample: Sample, share: number, bit: number): Sample {
  return sample.map((stanza, at) => {
    const planted = Uint8Array.from(stanza);
    if ((at * 0.618) % 1 < share) planted[bit >> 3]! |= 1 << (bit & 7);
    return planted;
  });
}

const sizes = new Map([
  [sealers[0]!.name, 700],
  [sealers[1]!.name, 80],
]);

describe.each(sealers)("an outsider who looks at stanzas sealed by $name", (sealer) => {
  let real: Sample;
  let dummy: Sample;
  beforeAll(() => {
    ({ real, dummy } = samples(sizes.get(sealer.name)!, sealer));
  });

  test("has seen many of both kinds", () => {
    expect(real.length).toBe(sizes.get(sealer.name)! * 3);
    expect(dummy.length).toBe(sizes.get(sealer.name)! * 2);
    expect(new Set([...real, ...dummy].map(({ length }) => length))).toEqual(new Set([1152]));
  });

  test("cannot tell real from thrown-away by how often a byte or a bit comes up", () => {
    expect(valuesApart(real, dummy)).toBeLessThan(mostValuesApart);
    expect(bitsApart(real, dummy)).toBeLessThan(mostBitsApart);
  });

  test("would notice one planted bit, in encapsulation, share or wrapped key, and one value a little too frequent", () => {
    for (const bit of [3, 1087 * 8, 1100 * 8 + 7, 1151 * 8 + 2])
      expect(bitsApart(real, biased(dummy, 0.9, bit))).toBeGreaterThan(mostBitsApart);
    const oneInHundred = dummy.map((stanza) => stanza.map((byte, at) => (at % 100 === 0 ? 0 : byte)));
    expect(valuesApart(real, oneInHundred)).toBeGreaterThan(mostValuesApart);
  });
});
