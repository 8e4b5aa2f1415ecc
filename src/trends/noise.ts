import type { Chance } from "../base/chance.ts";
import { cellsOf, type Epsilon, type Figures, type KeySpace, type TableId } from "./key-space.ts";
import type { Counts } from "./bound.ts";
import { coinsOf, type CoinSource } from "./coins.ts";

// Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy" (arXiv 2004.00010, §5): integers and coin
// flips alone, since the rounding of floating point tells the count behind the noise.

/**
 * The counts with two-sided geometric noise on every cell, zeros included (trends.md, Mechanism). The same counts and the
 * same source give the same figures.
 */
export function addNoise(
  counts: Counts,
  keySpace: KeySpace,
  epsilon: Readonly<Record<TableId, Epsilon>>,
  source: CoinSource,
): Figures {
  const drawn = (table: TableId): readonly number[] =>
    cellsOf(table, keySpace).map((cell, index) => {
      return counts[table][index]! + discreteLaplace(epsilon[table], coinsOf(source, table, cell));
    });
  return { t1: drawn("t1"), t2: drawn("t2") };
}

/** An integer Z with P(Z = z) = (1 - a)/(1 + a) · a^|z|, a = e^-ε, exactly. */
export function discreteLaplace(epsilon: Epsilon, coins: Chance): number {
  return laplaceBy(flipsOf(coins), epsilon);
}

/** What the algorithms flip, each built on the ones before it: so that each can be enumerated alone. */
export interface Flips {
  /** Uniform in [0, n), n ≥ 1. */
  below(n: bigint): bigint;
  /** True with this probability, at most 1. */
  bernoulli(numerator: bigint, denominator: bigint): boolean;
  /** True with probability e^(-numerator/denominator), the fraction at most 1. */
  bernoulliExp(numerator: bigint, denominator: bigint): boolean;
}

export function flipsOf(coins: Chance): Flips {
  const below: Flips["below"] = (n) => uniformBelow(n, coins);
  const bernoulli: Flips["bernoulli"] = (numerator, denominator) => bernoulliBy({ below }, numerator, denominator);
  return { below, bernoulli, bernoulliExp: (numerator, denominator) => expBy({ bernoulli }, numerator, denominator) };
}

/** Algorithm 2, with s/t = ε. */
export function laplaceBy(flips: Flips, { numerator, denominator }: Epsilon): number {
  const s = BigInt(numerator);
  const t = BigInt(denominator);
  for (;;) {
    const u = flips.below(t);
    if (!flips.bernoulliExp(u, t)) continue;
    let v = 0n;
    while (flips.bernoulliExp(1n, 1n)) v++;
    const y = (u + t * v) / s;
    const negative = flips.bernoulli(1n, 2n);
    // Zero has one sign, or it would come twice as often as it may.
    if (negative && y === 0n) continue;
    return Number(negative ? -y : y);
  }
}

/** Algorithm 1, for fractions of at most 1. */
export function expBy(flips: Pick<Flips, "bernoulli">, numerator: bigint, denominator: bigint): boolean {
  let k = 1n;
  while (flips.bernoulli(numerator, denominator * k)) k++;
  return k % 2n === 1n;
}

/** In lowest terms, which fixes how many coins are flipped. */
export function bernoulliBy(flips: Pick<Flips, "below">, numerator: bigint, denominator: bigint): boolean {
  const common = numerator === 1n ? 1n : divisorOf(denominator, numerator);
  return flips.below(denominator / common) < numerator / common;
}

function divisorOf(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisorOf(b, a % b);
}

/**
 * An integer uniform in [0, n), n ≥ 1: as few bytes as hold n - 1, big-endian, without the bits above it, taken anew while
 * they say n or more. For n = 1 none is taken.
 */
export function uniformBelow(n: bigint, coins: Chance): bigint {
  if (n === 1n) return 0n;
  const bits = bitLength(n - 1n);
  const bytes = (bits + 7) >> 3;
  const mask = 0xff >> (8 * bytes - bits);
  for (;;) {
    const drawn = integerOf(coins.bytes(bytes), mask);
    if (drawn < n) return drawn;
  }
}

function bitLength(n: bigint): number {
  return n < 0x1_0000_0000n ? 32 - Math.clz32(Number(n)) : n.toString(2).length;
}

function integerOf(bytes: Uint8Array, mask: number): bigint {
  let value = BigInt(bytes[0]! & mask);
  for (let index = 1; index < bytes.length; index++) value = (value << 8n) | BigInt(bytes[index]!);
  return value;
}
