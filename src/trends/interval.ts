import { arithmeticOf, type Arithmetic, type Enclosed } from "./exact.ts";
import type { Epsilon } from "./key-space.ts";

/** A probability as a fraction. */
interface Confidence {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const nineteenOfTwenty: Confidence = { numerator: 19n, denominator: 20n };
// Of 43 cells at most about one bulletin in twenty then calls a change that is noise alone: 43/1000.
const allButOneInThousand: Confidence = { numerator: 999n, denominator: 1000n };

/** Half the width of the 95 % interval of a figure: the least m with P(|noise| ≤ m) ≥ 19/20, decided exactly. */
export function marginOf(epsilon: Epsilon): number {
  return leastMargin(epsilon, 1, nineteenOfTwenty);
}

/**
 * A figure has changed from one release to another of the same ε only if it differs by more than this: the least m with
 * P(|difference of two draws| ≤ m) ≥ 999/1000.
 */
export function changeMarginOf(epsilon: Epsilon): number {
  // Noise is symmetric: the difference of two draws is spread as their sum.
  return leastMargin(epsilon, 2, allButOneInThousand);
}

/** Half the width of the 95 % interval of a total of so many figures, each with its own draw. */
export function totalMarginOf(epsilon: Epsilon, draws: number): number {
  return leastMargin(epsilon, draws, nineteenOfTwenty);
}

// Enough for the ε of a release; the totals of others ask for more, so that the doubling is a path that tests walk.
const firstBits = 32n;

// e^-ε is no fraction, so no probability here equals one: some precision decides every comparison.
function leastMargin(epsilon: Epsilon, draws: number, confidence: Confidence): number {
  for (let bits = firstBits; ; bits *= 2n) {
    const margin = marginAt(arithmeticOf(bits), epsilon, draws, confidence);
    if (margin !== null) return margin;
  }
}

// Null when this precision does not decide. With a = e^-ε and n draws, P(S = s) is (1 - a)/(1 + a)^(2n-1) times what
// `massOf` gives: both sides are multiplied by what is below.
function marginAt(
  exact: Arithmetic,
  epsilon: Epsilon,
  draws: number,
  { numerator, denominator }: Confidence,
): number | null {
  const a = exact.decay(epsilon);
  const square = exact.product(a, a);
  const rest = exact.sum(exact.integer(1n), exact.scaled(a, -1n));
  const wanted = exact.scaled(exact.power(exact.sum(exact.integer(1n), a), 2 * draws - 1), numerator);
  let decayed = exact.integer(1n);
  let within = exact.integer(0n);
  for (let s = 0; ; s++) {
    const mass = exact.product(decayed, massOf(exact, square, draws, s));
    within = exact.sum(within, exact.scaled(mass, s === 0 ? 1n : 2n));
    const reached = exact.scaled(exact.product(rest, within), denominator);
    if (reached.low >= wanted.high) return s;
    if (reached.high >= wanted.low) return null;
    decayed = exact.product(decayed, a);
  }
}

// The sum of n draws is the difference of two negative binomials, so P(S = s) = (1 - a)^2n a^s Σ C(n-1+j, j) C(n-1+s+j, s+j)
// a^2j. By Euler's transformation the series is (1 - a²)^(1-2n) times a polynomial in a² of degree n - 1: this one.
function massOf(exact: Arithmetic, square: Enclosed, draws: number, s: number): Enclosed {
  let power = exact.integer(1n);
  let total = exact.integer(0n);
  for (let k = 0; k < draws; k++) {
    total = exact.sum(total, exact.scaled(power, coefficientOf(draws, s, k)));
    power = exact.product(power, square);
  }
  return total;
}

// C(n-1, k) · Π (n-1-s … n-k-s) · Π (s+k+1 … s+n-1) / (n-1)!, an integer, which may be negative.
function coefficientOf(draws: number, s: number, k: number): bigint {
  let above = 1n;
  let below = 1n;
  for (let i = 1; i < draws; i++) {
    above *= BigInt(i <= k ? draws - i - s : s + i);
    above *= BigInt(i <= k ? draws - i : 1);
    below *= BigInt(i) * BigInt(i <= k ? i : 1);
  }
  return above / below;
}
