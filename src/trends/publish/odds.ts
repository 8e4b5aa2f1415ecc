import type { Epsilon } from "../key-space.ts";

/**
 * e^ε, by which reading a release can multiply or divide anybody's odds that one unit spoke. For words only, never for
 * noise; by sums and products alone, which every browser rounds alike, so that everybody recomputes the same card.
 */
export function oddsFactor({ numerator, denominator }: Epsilon): number {
  const epsilon = numerator / denominator;
  let sum = 1;
  let term = 1;
  for (let power = 1; sum + term !== sum || power <= epsilon; power++) {
    term *= epsilon / power;
    sum += term;
  }
  return sum;
}

/** Between what a belief held before can end after reading: both are probabilities. */
export function posteriorBounds(prior: number, epsilon: Epsilon): { readonly least: number; readonly most: number } {
  const factor = oddsFactor(epsilon);
  const after = (odds: number): number => (prior * odds) / (1 - prior + prior * odds);
  return { least: after(1 / factor), most: after(factor) };
}
