import { concat, hex } from "../base/bytes.ts";
import { sha256 } from "../envelope/hash.ts";
import { cellsOf, tableIds, type Figures, type KeySpace, type TableId, type TrendCategory } from "./key-space.ts";
import { encodeRow, type LabelItem } from "./row.ts";

/** Exact counts, one for each cell: in an officer's memory only, and nowhere else before noise is on them. */
export type Counts = Figures;

/** What a quarter's items come to. */
export interface Bounded {
  readonly counts: Counts;
  /** Items of a category or région outside the key-space: counted in no cell. */
  readonly refused: readonly LabelItem[];
}

interface Placed {
  readonly item: LabelItem;
  readonly category: TrendCategory;
  /** The same for one item wherever it stands, and not known before the claim is. */
  readonly rank: string;
}

/**
 * One counted item per unit and table (trends.md, Bounding): that of the smallest SHA-256(claim hash || row) among the
 * unit's own, so that nobody else's item moves or unlocks it. T1 counts units by category, T2 distinct (région, group,
 * locality). The order of items, and items that came twice, change nothing.
 */
export function bound(items: readonly LabelItem[], keySpace: KeySpace, claimHash: Uint8Array): Bounded {
  const categories = new Map(keySpace.taxonomy.categories.map((category) => [category.code, category]));
  const regions = new Set(keySpace.geography.regions.map(({ code }) => code));
  const placed: Placed[] = [];
  const refused: LabelItem[] = [];
  for (const item of items) {
    const category = categories.get(item.category);
    if (category === undefined || !regions.has(item.region)) refused.push(item);
    else placed.push({ item, category, rank: hex(sha256(concat(claimHash, encodeRow(item)))) });
  }
  const keys: Readonly<Record<TableId, readonly string[]>> = {
    t1: firstOfEach(placed).map(({ category }) => category.code),
    t2: distinctPlaces(firstOfEach(placed.filter(({ category }) => isRegional(category, keySpace)))),
  };
  const [t1, t2] = tableIds.map((table) => countOf(keys[table], cellsOf(table, keySpace)));
  return { counts: { t1: t1!, t2: t2! }, refused };
}

function firstOfEach(placed: readonly Placed[]): readonly Placed[] {
  const first = new Map<string, Placed>();
  for (const one of placed) {
    const unit = hex(one.item.unit);
    const held = first.get(unit);
    if (held === undefined || one.rank < held.rank) first.set(unit, one);
  }
  return [...first.values()];
}

function isRegional({ group }: TrendCategory, { taxonomy }: KeySpace): boolean {
  return taxonomy.groups.some(({ code, nationalOnly }) => code === group && !nationalOnly);
}

// The cell of each distinct (région, group, locality): how often a place is spoken of is not counted.
function distinctPlaces(placed: readonly Placed[]): readonly string[] {
  const cells = new Map<string, string>();
  for (const { item, category } of placed) {
    const cell = `${item.region}.${category.group}`;
    cells.set(`${cell}.${hex(item.locality)}`, cell);
  }
  return [...cells.values()];
}

function countOf(keys: readonly string[], cells: readonly string[]): readonly number[] {
  const counts = new Map(cells.map((cell) => [cell, 0]));
  for (const key of keys) counts.set(key, counts.get(key)! + 1);
  return [...counts.values()];
}
