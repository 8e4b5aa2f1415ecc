import { equal } from "../../base/bytes.ts";
import type { Report } from "../../envelope/report.ts";

/** What two reports are compared by; none of it leaves this machine. */
export type Comparable = Pick<Report, "text" | "answers" | "sourceTag" | "joinHint">;

export interface LookAlike<One> {
  readonly one: One;
  /** 0 to 1: how much of what is rare in the two is in both. */
  readonly likeness: number;
}

/** Below this two reports share no more than a language. */
const leastLikeness = 0.25;
const mostShown = 8;
/** Likeness of two reports that name different régions is worth this much of itself. */
const elsewhere = 0.5;
const gramLength = 4;
const regionLength = 4;

/** Reports that came from the same phone on the same day (envelope.md, sourceTag), without the report itself. */
export function sameSource<One extends { readonly report: Comparable }>(one: One, all: readonly One[]): readonly One[] {
  const { sourceTag } = one.report;
  if (sourceTag === undefined) return [];
  return all.filter(
    (other) => other !== one && other.report.sourceTag !== undefined && equal(other.report.sourceTag, sourceTag),
  );
}

/** Parts of one long SMS that arrived apart (phones.md): those of the same phone that share the hint. */
export function otherParts<One extends { readonly report: Comparable }>(one: One, all: readonly One[]): readonly One[] {
  const { joinHint } = one.report;
  if (joinHint === undefined) return [];
  return sameSource(one, all).filter(({ report }) => report.joinHint === joinHint);
}

/**
 * Reports that may be about the same matter, the likeliest first: cosine of the pieces of four letters that their words
 * share, each counted by how rare it is among all. Pieces, not words: people spell one name in many ways.
 */
export function lookAlikes<One extends { readonly report: Comparable }>(
  one: One,
  all: readonly One[],
): readonly LookAlike<One>[] {
  const weigh = weightsAmong(all);
  const own = gramsOf(one.report);
  const length = lengthOf(own, weigh);
  return all
    .filter((other) => other !== one)
    .map((other) => ({ one: other, likeness: likeness({ own, length }, one.report, other.report, weigh) }))
    .filter((found) => found.likeness >= leastLikeness)
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, mostShown);
}

type Weigh = (gram: string) => number;
interface Measured {
  readonly own: ReadonlySet<string>;
  readonly length: number;
}

function likeness({ own, length }: Measured, report: Comparable, other: Comparable, weigh: Weigh): number {
  const grams = gramsOf(other);
  let shared = 0;
  for (const gram of own) if (grams.has(gram)) shared += weigh(gram) ** 2;
  const both = length * lengthOf(grams, weigh);
  return both === 0 ? 0 : (shared / both) * (isElsewhere(report, other) ? elsewhere : 1);
}

function lengthOf(grams: ReadonlySet<string>, weigh: Weigh): number {
  let sum = 0;
  for (const gram of grams) sum += weigh(gram) ** 2;
  return Math.sqrt(sum);
}

/** Rarer is heavier, and what only one report holds still counts. */
function weightsAmong(all: readonly { readonly report: Comparable }[]): Weigh {
  const counts = new Map<string, number>();
  for (const { report } of all) for (const gram of gramsOf(report)) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  return (gram) => Math.log(1 + all.length / (counts.get(gram) ?? 1));
}

function isElsewhere({ answers: { place: a } }: Comparable, { answers: { place: b } }: Comparable): boolean {
  return a !== undefined && b !== undefined && a.slice(0, regionLength) !== b.slice(0, regionLength);
}

// A report never changes, and goes when the inbox that holds it goes.
const known = new WeakMap<Comparable, ReadonlySet<string>>();

function gramsOf(report: Comparable): ReadonlySet<string> {
  const before = known.get(report);
  if (before !== undefined) return before;
  const grams = new Set(foldedWords(report.text).flatMap(gramsIn));
  known.set(report, grams);
  return grams;
}

function gramsIn(word: string): readonly string[] {
  const letters = Array.from(word);
  if (letters.length <= gramLength) return [word];
  return letters.slice(gramLength - 1).map((_, start) => letters.slice(start, start + gramLength).join(""));
}

const fewestLetters = 3;

/** Words of three letters and more, without accents and case. */
function foldedWords(text: string): readonly string[] {
  const folded = text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return (folded.match(/[\p{L}\p{Nd}]+/gu) ?? []).filter((word) => word.length >= fewestLetters);
}
