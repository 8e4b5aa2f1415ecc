import { unit } from "../../../src/base/chance.ts";
import type { Epsilon } from "../../../src/trends/key-space.ts";
import { streamOf } from "../../support/stream.ts";
import { histogramOf, samples, type Histogram, type Sampler } from "./shape.ts";

// The statistics that google/differential-privacy judges its own noise by (StatisticalTestsUtil), over its cases
// (test/vectors/laplace.json).

interface Closeness {
  readonly name: string;
  readonly mean: number;
  readonly variance: number;
  readonly l2Tolerance: number;
  readonly granularity: number;
  readonly l0Sensitivity: number;
  readonly lInfSensitivity: number;
  readonly epsilon: number;
  readonly rawInput: number;
}

interface CountDp {
  readonly name: string;
  readonly epsilon: number;
  readonly delta: number;
  readonly deltaTolerance: number;
  readonly maxPartitionsContributed: number;
  readonly rawIncrementBy: readonly number[];
  readonly neighbourRawIncrementBy: readonly number[];
}

/** A real ε as a fraction that is off by less than a hundred-thousandth of it. */
function fractionOf(epsilon: number): Epsilon {
  const denominator = Math.round(1e5 / epsilon);
  return { numerator: Math.round(epsilon * denominator), denominator };
}

/**
 * Google takes the majority of 15 or 9 votes, each right nine times in ten or better: here the first one is believed when it
 * accepts, and when it does not two more must.
 */
export function accepted(vote: (vote: number) => boolean): boolean {
  return vote(0) || (vote(1) && vote(2));
}

/**
 * Our noise on the case's grid beside continuous Laplace noise rounded to it: the squared distance of the two distributions,
 * estimated from collisions, is under a quarter of the squared tolerance.
 */
export function isClose(sampler: Sampler, test: Closeness, vote: number): boolean {
  const perStep = (test.epsilon * test.granularity) / (test.l0Sensitivity * test.lInfSensitivity);
  const ours = drawnOnce(sampler, perStep, `closeness ${vote}`);
  const reference = referenceOf(test, vote);
  const self = [ours, reference].map((one) => (collisions(one, one) - samples) / 2);
  const value = self[0]! + self[1]! - ((samples - 1) / samples) * collisions(ours, reference);
  return value < (test.l2Tolerance ** 2 * samples * (samples - 1)) / 4;
}

const drawn = new Map<string, Histogram>();

// A count behind the noise moves every draw alike: cases that differ in it alone look at the same draws.
function drawnOnce(sampler: Sampler, epsilon: number, name: string): Histogram {
  const full = `${sampler.name} ${epsilon} ${name}`;
  const histogram = drawn.get(full) ?? histogramOf(sampler, fractionOf(epsilon), full);
  drawn.set(full, histogram);
  return histogram;
}

// Laplace numbers of scale 1, for every case's scale.
const standard = new Map<number, Float64Array>();

function standardOf(vote: number): Float64Array {
  const chance = streamOf(`reference ${vote}`);
  const numbers =
    standard.get(vote) ??
    Float64Array.from({ length: samples }, () => (chance.bytes(1)[0]! < 128 ? 1 : -1) * Math.log(unit(chance)));
  standard.set(vote, numbers);
  return numbers;
}

// In steps from the raw input, as ours are.
function referenceOf({ mean, variance, granularity, rawInput }: Closeness, vote: number): Histogram {
  const scale = Math.sqrt(variance / 2);
  const start = Math.round(rawInput / granularity);
  const histogram = new Map<number, number>();
  for (const number of standardOf(vote)) {
    const step = Math.round((mean + scale * number) / granularity) - start;
    histogram.set(step, (histogram.get(step) ?? 0) + 1);
  }
  return histogram;
}

function collisions(a: Histogram, b: Histogram): number {
  let pairs = 0;
  for (const [z, count] of a) pairs += count * (b.get(z) ?? 0);
  return pairs;
}

/** Noisy counts of the case's data and of its neighbour are (ε, δ) alike, within the case's tolerance, both ways. */
export function isPrivate(sampler: Sampler, test: CountDp, vote: number): boolean {
  const epsilon = test.epsilon / test.maxPartitionsContributed;
  const bound = test.delta + test.deltaTolerance;
  const raw = moved(drawnOnce(sampler, epsilon, `raw ${vote}`), test.rawIncrementBy);
  const neighbour = moved(drawnOnce(sampler, epsilon, `neighbour ${vote}`), test.neighbourRawIncrementBy);
  return excess(raw, neighbour, test.epsilon) < bound && excess(neighbour, raw, test.epsilon) < bound;
}

function moved(histogram: Histogram, increments: readonly number[]): Histogram {
  const by = increments.reduce((sum, increment) => sum + increment, 0);
  return new Map([...histogram].map(([z, count]) => [z + by, count]));
}

function excess(a: Histogram, b: Histogram, epsilon: number): number {
  let total = 0;
  for (const [z, count] of a) total += Math.max(0, count - Math.exp(epsilon) * (b.get(z) ?? 0)) / samples;
  return total;
}
