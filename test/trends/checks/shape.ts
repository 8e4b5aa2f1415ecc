import { expect } from "vitest";
import type { Chance } from "../../../src/base/chance.ts";
import type { Epsilon } from "../../../src/trends/key-space.ts";
import { discreteLaplace } from "../../../src/trends/noise.ts";
import { streamOf } from "../../support/stream.ts";

/** What draws noise: the real thing, or a mutant of it. */
export type Sampler = (epsilon: Epsilon, coins: Chance) => number;

/** How often each integer was drawn. */
export type Histogram = ReadonlyMap<number, number>;

export const samples = 1_000_000;

/** Draws of a stream of this name, the same in every run. */
export function histogramOf(sampler: Sampler, epsilon: Epsilon, name: string): Histogram {
  const coins = streamOf(name);
  const histogram = new Map<number, number>();
  for (let draw = 0; draw < samples; draw++) {
    const z = sampler(epsilon, coins);
    histogram.set(z, (histogram.get(z) ?? 0) + 1);
  }
  return histogram;
}

const decayOf = ({ numerator, denominator }: Epsilon): number => Math.exp(-numerator / denominator);

function countOf(histogram: Histogram, holds: (z: number) => boolean): number {
  let sum = 0;
  for (const [z, count] of histogram) if (holds(z)) sum += count;
  return sum;
}

/** Within five standard errors of so many out of all, and a half for the normal's own error. */
function expectShare(count: number, p: number, outOf = samples): void {
  expect(Math.abs(count - outOf * p)).toBeLessThan(5 * Math.sqrt(outOf * p * (1 - p)) + 1);
}

/** Pearson's χ² over every integer of which 25 are expected, and one cell for each tail: below its 1 - 10^-6 quantile. */
export function fitsByChiSquare(histogram: Histogram, epsilon: Epsilon): void {
  const a = decayOf(epsilon);
  const mass = (z: number): number => (samples * (1 - a) * a ** Math.abs(z)) / (1 + a);
  let reach = 0;
  while (mass(reach + 1) >= 25) reach++;
  const tail = (samples * a ** (reach + 1)) / (1 + a);
  let statistic = 0;
  const add = (seen: number, expected: number): void => void (statistic += (seen - expected) ** 2 / expected);
  for (let z = -reach; z <= reach; z++) add(histogram.get(z) ?? 0, mass(z));
  add(
    countOf(histogram, (z) => z > reach),
    tail,
  );
  add(
    countOf(histogram, (z) => z < -reach),
    tail,
  );
  const freedom = 2 * reach + 2;
  // Wilson and Hilferty's approximation of the quantile.
  const quantile = freedom * (1 - 2 / (9 * freedom) + 4.753 * Math.sqrt(2 / (9 * freedom))) ** 3;
  expect(statistic).toBeLessThan(quantile);
}

/** As often beyond each distance as the law says, as far out as a hundred are expected, and on either side. */
export function fitsInTheTails(histogram: Histogram, epsilon: Epsilon): void {
  const a = decayOf(epsilon);
  for (let distance = 0; (samples * a ** (distance + 1)) / (1 + a) > 100; distance++) {
    const beyond = a ** (distance + 1) / (1 + a);
    expectShare(
      countOf(histogram, (z) => z > distance),
      beyond,
    );
    expectShare(
      countOf(histogram, (z) => z < -distance),
      beyond,
    );
  }
}

/** As many above zero as below, and as many of each integer as of its negative. */
export function isSymmetric(histogram: Histogram): void {
  const [above, below] = [countOf(histogram, (z) => z > 0), countOf(histogram, (z) => z < 0)];
  expectShare(above, 0.5, above + below);
  for (const [z, count] of histogram) expectShare(count, 0.5, count + (histogram.get(-z) ?? 0));
}

/** The three of them on one set of draws. */
export function hasTheShape(sampler: Sampler, epsilon: Epsilon): void {
  const histogram = histogramOf(sampler, epsilon, `shape ${epsilon.numerator}/${epsilon.denominator}`);
  fitsByChiSquare(histogram, epsilon);
  fitsInTheTails(histogram, epsilon);
  isSymmetric(histogram);
}

/** A mutant: noise of 1.175 times the ε that is said, the least that Google's cases must refuse. */
export const moreEpsilon: Sampler = ({ numerator, denominator }, coins) =>
  discreteLaplace({ numerator: numerator * 47, denominator: denominator * 40 }, coins);
