import type { Epsilon } from "./key-space.ts";

/** A real number between two, both as integers over 2^bits: what it decides is decided exactly, or not at all. */
export interface Enclosed {
  readonly low: bigint;
  readonly high: bigint;
}

/** Arithmetic on enclosed numbers of so many binary places, every rounding outward. */
export interface Arithmetic {
  integer(value: bigint): Enclosed;
  sum(a: Enclosed, b: Enclosed): Enclosed;
  product(a: Enclosed, b: Enclosed): Enclosed;
  /** Times an integer, over a positive one. */
  scaled(a: Enclosed, times: bigint, over?: bigint): Enclosed;
  power(a: Enclosed, exponent: number): Enclosed;
  /** e^-ε. */
  decay(epsilon: Epsilon): Enclosed;
}

export function arithmeticOf(bits: bigint): Arithmetic {
  const one = 1n << bits;
  const integer = (value: bigint): Enclosed => ({ low: value * one, high: value * one });
  const product = (a: Enclosed, b: Enclosed): Enclosed =>
    outward([a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high], one);
  const power = (a: Enclosed, exponent: number): Enclosed => {
    let raised = integer(1n);
    for (let time = 0; time < exponent; time++) raised = product(raised, a);
    return raised;
  };
  return { integer, sum, product, scaled, power, decay: (epsilon) => decayOf(epsilon, integer(1n), power) };
}

function sum(a: Enclosed, b: Enclosed): Enclosed {
  return { low: a.low + b.low, high: a.high + b.high };
}

function scaled({ low, high }: Enclosed, times: bigint, over = 1n): Enclosed {
  return outward([low * times, high * times], over);
}

/** What holds every one of these ends, each over a positive integer. */
function outward(ends: readonly bigint[], over: bigint): Enclosed {
  return { low: floorOver(least(ends), over), high: -floorOver(least(ends.map((end) => -end)), over) };
}

// The series of e^-y alternates, and for y ≤ 1 its terms shrink: what is left after a term is no larger than that term.
// A larger ε is cut into equal pieces.
function decayOf({ numerator, denominator }: Epsilon, one: Enclosed, power: Arithmetic["power"]): Enclosed {
  const [above, below] = [BigInt(numerator), BigInt(denominator)];
  const pieces = (above + below - 1n) / below;
  let term = one;
  let total = one;
  for (let k = 1n; term.high > 1n || term.low < -1n; k++) {
    term = scaled(term, -above, below * pieces * k);
    total = sum(total, term);
  }
  return power({ low: total.low - 1n, high: total.high + 1n }, Number(pieces));
}

function least(values: readonly bigint[]): bigint {
  return values.reduce((a, b) => (a < b ? a : b));
}

function floorOver(a: bigint, b: bigint): bigint {
  const rest = a % b;
  return (a - (rest < 0n ? rest + b : rest)) / b;
}
