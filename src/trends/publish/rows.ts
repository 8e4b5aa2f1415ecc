import type { ReleaseContent } from "../content.ts";
import { totalMarginOf } from "../interval.ts";
import { cellsOf, type BothLanguages, type TableId } from "../key-space.ts";

/** One cell as it is published: the unbiased noisy integer, which may be negative, and its exact 95 % interval. */
export interface Measured {
  readonly figure: number;
  readonly low: number;
  readonly high: number;
}

/** A code of the key-space and its names. */
export interface Named {
  readonly code: string;
  readonly name: BothLanguages;
}

/** A row of T1. */
export interface CategoryRow extends Measured {
  readonly category: Named;
}

/** A row of T2. */
export interface RegionRow extends Measured {
  readonly region: { readonly code: string; readonly name: string };
  readonly group: Named;
}

/** Every cell of a table, in the order of `cellsOf`. */
export function measured(table: TableId, { figures, margins }: ReleaseContent): readonly Measured[] {
  const margin = margins[table];
  return figures[table].map((figure) => ({ figure, low: figure - margin, high: figure + margin }));
}

/** The sum of a table's cells, whose noise adds up too. */
export function totalOf(table: TableId, { figures, epsilon }: ReleaseContent): Measured {
  const figure = figures[table].reduce((sum, one) => sum + one, 0);
  const margin = totalMarginOf(epsilon[table], figures[table].length);
  return { figure, low: figure - margin, high: figure + margin };
}

/** Whether anybody could tell it from nothing: its interval stays above zero. */
export function isDistinct({ low }: Measured): boolean {
  return low > 0;
}

/** T1, row by row. */
export function categoryRows(content: ReleaseContent): readonly CategoryRow[] {
  const cells = measured("t1", content);
  return content.keySpace.taxonomy.categories.map((category, at) => ({ category, ...cells[at]! }));
}

/** T2, row by row: the groups of a région beside each other. */
export function regionRows(content: ReleaseContent): readonly RegionRow[] {
  const cells = new Map(cellsOf("t2", content.keySpace).map((cell, at) => [cell, measured("t2", content)[at]!]));
  return content.keySpace.geography.regions.flatMap((region) =>
    regionalGroups(content).map((group) => ({ region, group, ...cells.get(`${region.code}.${group.code}`)! })),
  );
}

/** The groups that have a column in T2. */
export function regionalGroups({ keySpace }: Pick<ReleaseContent, "keySpace">): readonly Named[] {
  return keySpace.taxonomy.groups.filter(({ nationalOnly }) => !nationalOnly);
}

/** The categories that are counted nationally and in no région. */
export function nationalCategories({ keySpace }: Pick<ReleaseContent, "keySpace">): readonly Named[] {
  const regional = new Set(regionalGroups({ keySpace }).map(({ code }) => code));
  return keySpace.taxonomy.categories.filter(({ group }) => !regional.has(group));
}
