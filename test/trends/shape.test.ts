import { describe, expect, test } from "vitest";
import { unit } from "../../src/base/chance.ts";
import { epsilons } from "../../src/trends/key-space.ts";
import { discreteLaplace, flipsOf, laplaceBy } from "../../src/trends/noise.ts";
import recorded from "../vectors/geometric.json" with { type: "json" };
import { replays } from "./checks/replay.ts";
import {
  fitsByChiSquare,
  fitsInTheTails,
  hasTheShape,
  histogramOf,
  isSymmetric,
  moreEpsilon,
  type Histogram,
  type Sampler,
} from "./checks/shape.ts";

const { t1, t2 } = epsilons;

describe("a million draws", () => {
  test.each([t1, t2, { numerator: 3, denominator: 1 }])("fit the law, ε = $numerator/$denominator", (epsilon) => {
    hasTheShape(discreteLaplace, epsilon);
  });
});

// Laplace noise by a logarithm, rounded: what a page of code in any language would draw first.
const rounded: Sampler = ({ numerator, denominator }, coins) => {
  const far = (-Math.log(unit(coins)) * denominator) / numerator;
  return Math.round(coins.bytes(1)[0]! < 128 ? far : -far);
};

const floored: Sampler = ({ numerator, denominator }, coins) => {
  const far = (-Math.log(unit(coins)) * denominator) / numerator;
  return Math.floor(coins.bytes(1)[0]! < 128 ? far : -far);
};

// One sign in 256 too many.
const signBias: Sampler = (epsilon, coins) => {
  const flips = flipsOf(coins);
  const bernoulli = (above: bigint, below: bigint): boolean =>
    below === 2n ? coins.bytes(1)[0]! < 129 : flips.bernoulli(above, below);
  return laplaceBy({ ...flips, bernoulli }, epsilon);
};

const twoZeros: Sampler = (epsilon, coins) => {
  const flips = flipsOf(coins);
  const positive = (): number => {
    for (;;) {
      const z = laplaceBy(flips, epsilon);
      if (z >= 0) return z;
    }
  };
  const far = positive();
  return flips.bernoulli(1n, 2n) ? far : -far;
};

const cutTails: Sampler = (epsilon, coins) => {
  for (;;) {
    const z = discreteLaplace(epsilon, coins);
    if (Math.abs(z) < 20) return z;
  }
};

// The right law, by floating point: a difference of two geometric numbers, each by a logarithm.
const floatGeometric: Sampler = ({ numerator, denominator }, coins) => {
  const geometric = (): number => Math.floor((-Math.log(unit(coins)) * denominator) / numerator);
  return geometric() - geometric();
};

const ofT1 = (sampler: Sampler): Histogram => histogramOf(sampler, t1, "mutant");

describe("the same checks refuse", () => {
  test("ε × 1.175", () => {
    expect(() => fitsByChiSquare(ofT1(moreEpsilon), t1)).toThrow("to be less than");
  });

  test.each([
    ["rounded", rounded],
    ["with a zero of each sign", twoZeros],
  ])("Laplace noise %s, by χ²", (_what, sampler) => {
    expect(() => fitsByChiSquare(ofT1(sampler), t1)).toThrow("to be less than");
  });

  test.each([
    ["rounded down", floored],
    ["with one sign in 256 too many", signBias],
  ])("Laplace noise %s, by symmetry", (_what, sampler) => {
    expect(() => isSymmetric(ofT1(sampler))).toThrow("to be less than");
  });

  test("noise that is never large, in the tails", () => {
    expect(() => fitsInTheTails(ofT1(cutTails), t1)).toThrow("to be less than");
  });

  test("whatever draws by floating point, even with the right law, by its flips", () => {
    hasTheShape(floatGeometric, t1);
    for (const sampler of [rounded, floored, floatGeometric])
      for (const one of recorded.cases) expect(() => replays(sampler, one)).toThrow(/read past|to be/);
  });
});
