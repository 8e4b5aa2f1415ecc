import { fromUtf8 } from "../../../src/base/bytes.ts";
import type { Chance } from "../../../src/base/chance.ts";
import { bound, type Counts } from "../../../src/trends/bound.ts";
import type { ReleaseContent } from "../../../src/trends/content.ts";
import { seedHash } from "../../../src/trends/commit.ts";
import { cellsOf, epsilons, tableIds, type Figures, type TableId } from "../../../src/trends/key-space.ts";
import { noted } from "../../../src/trends/note.ts";
import { categoriesCsv, regionsCsv } from "../../../src/trends/publish/csv.ts";
import { draw } from "../../../src/trends/release.ts";
import type { LabelItem } from "../../../src/trends/row.ts";
import { readCsv } from "../../support/csv.ts";
import { hashOf, officers, testClaim, testCommit, testPlan } from "../../support/releases.ts";
import { malianKeySpace } from "../../support/trends.ts";

/** How a quarter's items are counted: as an officer does, or as a mutant would. */
export type Bounding = typeof bound;

/** What an attacker has of one quarter: everybody's items but one's, the claim, and what was published. */
export interface Release {
  readonly published: Figures;
  /** What would be counted without the one, and with it. */
  readonly without: Counts;
  readonly with: Counts;
}

const plan = noted(hashOf("plan"), testPlan());

/** A quarter through the real draw and the CSV that everybody gets; the seeds are of `chance`. */
export function publish(
  others: readonly LabelItem[],
  one: readonly LabelItem[],
  spoke: boolean,
  chance: Chance,
): Release {
  const seeds = officers.map(() => chance.bytes(32));
  const commits = officers.map(({ id }, index) =>
    noted(hashOf(id), testCommit({ officer: id, plan: plan.hash, seed: seedHash(seeds[index]!) })),
  );
  const claim = noted(chance.bytes(32), testClaim({ plan: plan.hash, commits: commits.map(({ hash }) => hash) }));
  const items = spoke ? [...others, ...one] : others;
  const { content } = draw({ plan, claim, commits, seeds, items });
  return { published: readBack(content), ...countsOf(others, one, claim.hash, bound) };
}

/** The two counts an attacker weighs against each other; the claim that chooses is public. */
export function countsOf(
  others: readonly LabelItem[],
  one: readonly LabelItem[],
  claimHash: Uint8Array,
  bounding: Bounding,
): Pick<Release, "with" | "without"> {
  const [without, withOne] = [others, [...others, ...one]].map((items) => {
    return bounding(items, malianKeySpace, claimHash).counts;
  });
  return { without: without!, with: withOne! };
}

// From the CSV that everybody gets.
function readBack(content: ReleaseContent): Figures {
  return { t1: figuresIn(categoriesCsv(content, false)), t2: figuresIn(regionsCsv(content, false)) };
}

function figuresIn(csv: Uint8Array): readonly number[] {
  const [head, ...records] = readCsv(fromUtf8(csv)!);
  return records.map((record) => Number(record[head!.indexOf("figure")]));
}

/** A number that is positive where an attacker thinks that the one spoke. */
export type Attack = (releases: readonly Release[]) => number;

/** The best there is: the logarithm of how much likelier what was published is with the one than without. */
export function likelihood(tables: readonly TableId[]): Attack {
  return (releases) =>
    releases.reduce((sum, release) => sum + tables.reduce((own, table) => own + ratioOf(release, table), 0), 0);
}

function ratioOf(release: Release, table: TableId): number {
  const { numerator, denominator } = epsilons[table];
  const distance = release.published[table].reduce((sum, figure, cell) => {
    const [without, withOne] = [release.without[table][cell]!, release.with[table][cell]!];
    return sum + Math.abs(figure - without) - Math.abs(figure - withOne);
  }, 0);
  return (distance * numerator) / denominator;
}

export type Weights = readonly Readonly<Record<TableId, readonly number[]>>[];

/** An attacker who looks at one sum of figures, over tables and releases, and at nothing else. */
export function linear(weights: Weights): Attack {
  return (releases) => {
    const sumOf = (figuresOf: (release: Release) => Figures): number =>
      releases.reduce((sum, release, at) => sum + weighed(weights[at]!, figuresOf(release)), 0);
    const [seen, without, withOne] = [
      sumOf(({ published }) => published),
      sumOf((release) => release.without),
      sumOf((release) => release.with),
    ];
    return Math.abs(seen - without) - Math.abs(seen - withOne);
  };
}

function weighed(weights: Weights[number], figures: Figures): number {
  return tableIds.reduce((sum, table) => {
    return sum + figures[table].reduce((own, figure, cell) => own + figure * weights[table][cell]!, 0);
  }, 0);
}

/** Weights that are zero but for the cells that `weight` names. */
export function weightsOf(weight: (table: TableId, cell: string) => number): Weights[number] {
  const of = (table: TableId): readonly number[] => cellsOf(table, malianKeySpace).map((cell) => weight(table, cell));
  return { t1: of("t1"), t2: of("t2") };
}
