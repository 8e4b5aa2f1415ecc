import { describe, expect, test } from "vitest";
import { arithmeticOf, type Enclosed } from "../../src/trends/exact.ts";
import type { Epsilon } from "../../src/trends/key-space.ts";
import { bernoulliBy, expBy, laplaceBy, type Flips } from "../../src/trends/noise.ts";

// The algorithms themselves are run through every way their flips can fall, each with its exact probability. That bytes make
// uniform integers, noise.test.ts shows; each level here takes the one below as it was just shown to be.

const exact = arithmeticOf(256n);
const zero = exact.integer(0n);
const one = exact.integer(1n);
const fraction = (above: bigint, below: bigint): Enclosed => exact.scaled(one, above, below);
const minus = (a: Enclosed, b: Enclosed): Enclosed => exact.sum(a, exact.scaled(b, -1n));
const close = 1n << (256n - 100n);

/** One of the ways: which of them, of what probabilities. */
type Choose = (probabilities: readonly Enclosed[]) => number;

/** The probability of each outcome of `run`, and what is left once more than `most` choices would be made. */
function massOf(run: (choose: Choose) => string, most: number): ReadonlyMap<string, Enclosed> {
  const mass = new Map<string, Enclosed>();
  const path: number[] = [];
  for (;;) {
    const seen: (readonly Enclosed[])[] = [];
    const outcome = outcomeOf(run, (probabilities) => {
      if (seen.length === most) throw new Cut();
      seen.push(probabilities);
      if (path.length < seen.length) path.push(0);
      return path[seen.length - 1]!;
    });
    const weight = seen.reduce((product, probabilities, at) => exact.product(product, probabilities[path[at]!]!), one);
    mass.set(outcome, exact.sum(mass.get(outcome) ?? zero, weight));
    while (path.length > 0 && path.at(-1)! + 1 === seen[path.length - 1]!.length) path.pop();
    if (path.length === 0) return mass;
    path.push(path.pop()! + 1);
  }
}

class Cut extends Error {}

function outcomeOf(run: (choose: Choose) => string, choose: Choose): string {
  try {
    return run(choose);
  } catch (error) {
    if (error instanceof Cut) return "cut";
    throw error;
  }
}

const decays = new Map<string, Enclosed>();

function decayed(above: bigint, below: bigint): Enclosed {
  const name = `${above}/${below}`;
  const known = decays.get(name);
  if (known !== undefined) return known;
  const p = above === 0n ? one : exact.decay({ numerator: Number(above), denominator: Number(below) });
  decays.set(name, p);
  return p;
}

function expectClose(a: Enclosed, b: Enclosed): void {
  expect(a.low).toBeLessThan(b.high + close);
  expect(b.low).toBeLessThan(a.high + close);
  expect(a.high - a.low).toBeLessThan(close);
}

const coin = (choose: Choose): Flips["bernoulli"] => {
  return (above, below) => choose([fraction(above, below), fraction(below - above, below)]) === 0;
};

describe("exact probabilities, by enumeration", () => {
  test("a fraction comes true as often as it says", () => {
    for (let below = 1n; below <= 24n; below++)
      for (let above = 0n; above <= below; above++) {
        const mass = massOf((choose) => {
          const uniform = (n: bigint): bigint =>
            BigInt(choose(Array.from({ length: Number(n) }, () => fraction(1n, n))));
          return String(bernoulliBy({ below: uniform }, above, below));
        }, 1);
        expectClose(mass.get("true") ?? zero, fraction(above, below));
      }
  });

  test("e^-γ comes true as often as it says, for every γ that a draw asks for", () => {
    for (const [above, below] of [
      [0n, 1n],
      [1n, 1n],
      ...Array.from({ length: 19 }, (_, u) => [BigInt(u + 1), 20n] as const),
    ] as const) {
      const mass = massOf((choose) => String(expBy({ bernoulli: coin(choose) }, above, below)), 60);
      expectClose(mass.get("true")!, decayed(above, below));
      expect(mass.get("cut")?.high ?? 0n).toBeLessThan(close);
    }
  });

  test.each([
    { numerator: 7, denominator: 20 },
    { numerator: 13, denominator: 20 },
    { numerator: 1, denominator: 1 },
    { numerator: 1, denominator: 10 },
    { numerator: 3, denominator: 1 },
    { numerator: 5, denominator: 2 },
  ])("a draw is z with probability (1 - a)/(1 + a) · a^|z|, ε = $numerator/$denominator", (epsilon) => {
    const mass = massOf((choose) => firstTry(epsilon, choose), 90);
    const again = mass.get("again")!;
    const a = exact.decay(epsilon);
    let wanted = minus(one, a);
    for (let z = 0; z <= 25; z++) {
      // P(z) · (1 + a) · P(not again) on both sides.
      const expected = exact.product(wanted, minus(one, again));
      for (const signed of [z, -z]) expectClose(exact.product(mass.get(String(signed))!, exact.sum(one, a)), expected);
      wanted = exact.product(wanted, a);
    }
    expect(mass.get("cut")!.high).toBeLessThan(close);
  });
});

/** What a draw's first try gives; a rejected one begins another, which is as the first. */
function firstTry(epsilon: Epsilon, choose: Choose): string {
  let tries = 0;
  const flips: Flips = {
    below: (n) => {
      if (tries++ > 0) throw new Again();
      return BigInt(choose(Array.from({ length: Number(n) }, () => fraction(1n, n))));
    },
    bernoulli: coin(choose),
    bernoulliExp: (above, below) => {
      const p = decayed(above, below);
      return choose([p, minus(one, p)]) === 0;
    },
  };
  try {
    return String(laplaceBy(flips, epsilon));
  } catch (error) {
    if (error instanceof Again) return "again";
    throw error;
  }
}

class Again extends Error {}
