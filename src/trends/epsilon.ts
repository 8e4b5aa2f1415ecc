import { strictText } from "../base/strict.ts";
import type { Epsilon } from "./key-space.ts";

const form = /^[1-9]\d{0,5}(\/[1-9]\d{0,5})?$/;

/** `7/20`, or `1` for a whole number; in lowest terms. */
export function epsilonText(epsilon: Epsilon): string {
  const { numerator, denominator } = sumOf([epsilon]);
  return denominator === 1 ? String(numerator) : `${numerator}/${denominator}`;
}

/** The fraction in a text of that one spelling, or null: positive, with at most six digits above and below. */
export function parseEpsilon(value: unknown): Epsilon | null {
  const [numerator, denominator = "1"] = strictText(value, form)?.split("/") ?? [];
  if (numerator === undefined) return null;
  const epsilon = { numerator: Number(numerator), denominator: Number(denominator) };
  return epsilonText(epsilon) === value ? epsilon : null;
}

/** Their exact sum in lowest terms; zero is 0/1. */
export function sumOf(epsilons: readonly Epsilon[]): Epsilon {
  let above = 0n;
  let below = 1n;
  for (const { numerator, denominator } of epsilons) {
    above = above * BigInt(denominator) + BigInt(numerator) * below;
    below *= BigInt(denominator);
  }
  const common = divisorOf(above, below);
  return { numerator: Number(above / common), denominator: Number(below / common) };
}

/** The fraction, so many times. */
export function timesOf({ numerator, denominator }: Epsilon, times: number): Epsilon {
  return sumOf([{ numerator: numerator * times, denominator }]);
}

/** Whether `a` is more than `b`, exactly. */
export function isMore(a: Epsilon, b: Epsilon): boolean {
  return BigInt(a.numerator) * BigInt(b.denominator) > BigInt(b.numerator) * BigInt(a.denominator);
}

function divisorOf(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisorOf(b, a % b);
}
