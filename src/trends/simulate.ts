import { sumOf } from "./epsilon.ts";
import { marginOf } from "./interval.ts";
import { tableIds, type Epsilon, type Figures, type TableId } from "./key-space.ts";
import { oddsFactor, posteriorBounds } from "./publish/odds.ts";

/** What an ε would do to one cell of a board's own volumes. */
interface SimulatedCell {
  /** Units the board expects there in a quarter. */
  readonly expected: number;
  /** Mean size of the noise as a share of what is expected; null where nothing is. */
  readonly relativeError: number | null;
  /** Chance, 0 to 1, that the bulletin says "indistinct from zero" of it. */
  readonly indistinct: number;
}

interface SimulatedTable {
  readonly epsilon: Epsilon;
  /** Half the width of the 95 % interval. */
  readonly margin: number;
  /** Mean size of the noise, in units. */
  readonly meanError: number;
  readonly cells: readonly SimulatedCell[];
}

/** What somebody believed of one unit before, and between what they can believe after reading everything. */
interface SimulatedBelief {
  readonly before: number;
  readonly least: number;
  readonly most: number;
}

export interface Simulation {
  readonly tables: Readonly<Record<TableId, SimulatedTable>>;
  /** What one unit spends in a quarter. */
  readonly spent: Epsilon;
  readonly beliefs: readonly SimulatedBelief[];
}

const priors = [0.01, 0.1, 0.5];

/**
 * What a board sees before it chooses ε (trends.md, Published): expected errors over its own volumes, one whole number a
 * cell, and what a reader of every table can learn of one unit. Nothing is drawn here: these are the exact expectations,
 * rounded as floating point rounds.
 */
export function simulate(expected: Figures, epsilon: Readonly<Record<TableId, Epsilon>>): Simulation {
  const [t1, t2] = tableIds.map((table) => tableOf(expected[table], epsilon[table]));
  const spent = sumOf(tableIds.map((table) => epsilon[table]));
  const beliefs = priors.map((before) => ({ before, ...posteriorBounds(before, spent) }));
  return { tables: { t1: t1!, t2: t2! }, spent, beliefs };
}

function tableOf(expected: readonly number[], epsilon: Epsilon): SimulatedTable {
  const decay = 1 / oddsFactor(epsilon);
  const margin = marginOf(epsilon);
  // E|Z| of the two-sided geometric distribution of this decay.
  const meanError = (2 * decay) / (1 - decay * decay);
  const cells = expected.map((units) => ({
    expected: units,
    relativeError: units === 0 ? null : meanError / units,
    // The interval reaches zero when figure - margin ≤ 0.
    indistinct: chanceAtMost(margin - units, decay),
  }));
  return { epsilon, margin, meanError, cells };
}

/** P(Z ≤ k) of the two-sided geometric distribution. */
function chanceAtMost(k: number, decay: number): number {
  const tail = decay ** (k < 0 ? -k : k + 1) / (1 + decay);
  return k < 0 ? tail : 1 - tail;
}
