/** ε as an exact fraction of two small positive integers, `7/20`: no floating point near the noise (trends.md, Mechanism). */
export interface Epsilon {
  readonly numerator: number;
  readonly denominator: number;
}

/** Words in the languages in which figures are published. */
export interface BothLanguages {
  readonly fr: string;
  readonly en: string;
}

/** A category as an instance settled it with its communities. */
export interface TrendCategory {
  readonly code: string;
  /** One of the groups, or empty: counted nationally and in no group. */
  readonly group: string;
  readonly name: BothLanguages;
  /** At most 16 GSM-7 septets, for a phone's screen. */
  readonly ussd: BothLanguages;
}

export interface TrendGroup {
  readonly code: string;
  readonly name: BothLanguages;
  /** Counted nationally only: in no régional table, since a région's figure could point at a person. */
  readonly nationalOnly: boolean;
}

/** What figures are counted by, fixed and published before a period opens. */
export interface KeySpace {
  readonly taxonomy: {
    readonly version: string;
    readonly categories: readonly TrendCategory[];
    readonly groups: readonly TrendGroup[];
  };
  readonly geography: {
    readonly version: string;
    readonly regions: readonly { readonly code: string; readonly name: string }[];
  };
}

/** T1: units nationally by category. T2: distinct (locality, group) pairs by région and group. */
export const tableIds = ["t1", "t2"] as const;
export type TableId = (typeof tableIds)[number];

/** What each table spends of one unit's budget of 1 in a period. */
export const epsilons: Readonly<Record<TableId, Epsilon>> = {
  t1: { numerator: 7, denominator: 20 },
  t2: { numerator: 13, denominator: 20 },
};

/** One number for each cell of `cellsOf`, in that order. */
export type Figures = Readonly<Record<TableId, readonly number[]>>;

/**
 * The names of a table's cells in order: `DRG` for T1, `ML05.G1` for T2. All of them are published, zeros too, or the
 * presence of a cell would tell that somebody spoke.
 */
export function cellsOf(table: TableId, { taxonomy, geography }: KeySpace): readonly string[] {
  if (table === "t1") return taxonomy.categories.map(({ code }) => code);
  const groups = taxonomy.groups.filter(({ nationalOnly }) => !nationalOnly);
  return geography.regions.flatMap((region) => groups.map((group) => `${region.code}.${group.code}`));
}
