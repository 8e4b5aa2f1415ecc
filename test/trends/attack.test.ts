import { describe, expect, test } from "vitest";
import { sha256 } from "../../src/envelope/hash.ts";
import { bound } from "../../src/trends/bound.ts";
import { cellsOf, epsilons, tableIds, type Epsilon, type Figures, type TableId } from "../../src/trends/key-space.ts";
import { discreteLaplace } from "../../src/trends/noise.ts";
import type { LabelItem } from "../../src/trends/row.ts";
import { streamOf } from "../support/stream.ts";
import { malianKeySpace } from "../support/trends.ts";
import {
  countsOf,
  likelihood,
  linear,
  publish,
  weightsOf,
  type Attack,
  type Bounding,
  type Release,
  type Weights,
} from "./checks/attacker.ts";
import { token } from "./checks/bounding.ts";

// An attacker knows every report but one's, who may have spoken or not, as a coin fell; reads what everybody reads; and says
// which. Nobody may be right more often than e^ε/(1 + e^ε) (trends.md).

const trials = 1500;
const whole: Epsilon = { numerator: 1, denominator: 1 };

const item = (category: string, region: string, unit: number, locality: number): LabelItem => {
  return { category, region, unit: token(unit), locality: token(locality) };
};

const others: readonly LabelItem[] = [
  item("DRG", "ML01", 1, 1),
  item("DRG", "ML01", 2, 2),
  item("KID", "ML07", 3, 3),
  item("COR", "ML07", 4, 4),
  item("CAT", "ML05", 5, 5),
  item("OTH", "ML05", 6, 6),
];
/** The one: of a village that nobody else speaks of. */
const one: readonly LabelItem[] = [item("KID", "ML07", 100, 100)];

const ceilingOf = ({ numerator, denominator }: Epsilon, times = 1): number => {
  const odds = Math.exp((times * numerator) / denominator);
  return odds / (1 + odds);
};

/** Four and a half standard errors, since many attackers are tried. */
const slack = 4.5 * Math.sqrt(0.25 / trials);

interface Trial {
  readonly spoke: boolean;
  readonly releases: readonly Release[];
}

const chance = streamOf("attack");
/** Quarters of the same people, each with its own claim and seeds: those in which the one spoke, and the others. */
const quarters = [true, false].map((spoke) =>
  Array.from({ length: trials }, () => publish(others, one, spoke, chance)),
);
const [spoken, silent] = [quarters[0]!, quarters[1]!];

const trialsOf = (run: (index: number, quarter: readonly Release[]) => readonly Release[]): readonly Trial[] =>
  [spoken, silent].flatMap((quarter) =>
    quarter.slice(0, trials / 2).map((_, index) => ({ spoke: quarter === spoken, releases: run(index, quarter) })),
  );

/** How often an attacker is right; where he cannot tell, a coin says. */
function successOf(attack: Attack, over: readonly Trial[]): number {
  const coins = streamOf("ties");
  const right = over.filter(({ spoke, releases }) => {
    const says = attack(releases);
    return (says === 0 ? coins.bytes(1)[0]! < 128 : says > 0) === spoke;
  });
  return right.length / over.length;
}

describe("one release, through the real draw and the files as published", () => {
  const over = trialsOf((index, quarter) => [quarter[index]!]);

  test.each([
    ["t1", epsilons.t1],
    ["t2", epsilons.t2],
  ] as const)("the best attacker on %s is as good as ε allows, and no better", (table, epsilon) => {
    const success = successOf(likelihood([table]), over);
    expect(success).toBeLessThan(ceilingOf(epsilon) + slack);
    // So the attacker is the best there is, and this test can fail.
    expect(success).toBeGreaterThan(ceilingOf(epsilon) - slack);
  });

  test("both tables together tell no more than ε = 1", () => {
    expect(successOf(likelihood(tableIds), over)).toBeLessThan(ceilingOf(whole) + slack);
  });

  test("no cell, no sum, and no difference of the tables tells more", () => {
    const attacks = sums().map((weights) => linear([weights]));
    expect(attacks.length).toBeGreaterThan(50);
    for (const attack of attacks) expect(successOf(attack, over)).toBeLessThan(ceilingOf(whole) + slack);
  });
});

/** Every cell, each région's and group's sum, and every sum and difference of the tables. */
function sums(): readonly Weights[number][] {
  const groupOf = new Map(malianKeySpace.taxonomy.categories.map(({ code, group }) => [code, group]));
  const cells = tableIds.flatMap((table) =>
    cellsOf(table, malianKeySpace).map((cell) => weightsOf((t, c) => Number(t === table && c === cell))),
  );
  const regions = malianKeySpace.geography.regions.map(({ code }) => weightsOf((_t, c) => Number(c.startsWith(code))));
  const groups = malianKeySpace.taxonomy.groups.flatMap(({ code }) =>
    [-1, 0, 1].map((sign) =>
      weightsOf((t, c) => (t === "t1" ? Number(groupOf.get(c) === code) : sign * Number(c.endsWith(code)))),
    ),
  );
  const tables = [-1, 0, 1].map((sign) => weightsOf((t) => (t === "t1" ? 1 : sign)));
  return [...cells, ...regions, ...groups, ...tables];
}

describe("two releases", () => {
  test("who spoke in one is hidden in both: no sum and no difference of the two tells more than the one", () => {
    const over = trialsOf((index, quarter) => [quarter[index]!, silent[index + trials / 2]!]);
    // What nobody doubts of the other quarter weighs nothing.
    const known = over.map(({ spoke, releases: [own, other] }) => ({
      spoke,
      releases: [own!, { ...other!, with: other!.without }],
    }));
    expect(successOf(likelihood(tableIds), known)).toBeLessThan(ceilingOf(whole) + slack);
    for (const weights of sums())
      for (const sign of [-1, 1]) {
        const turned = { t1: weights.t1.map((w) => sign * w), t2: weights.t2.map((w) => sign * w) };
        expect(successOf(linear([weights, turned]), known)).toBeLessThan(ceilingOf(whole) + slack);
      }
  });

  test("who spoke in both is protected at 2 ε, as the card says, and better seen than in one", () => {
    const over = trialsOf((index, quarter) => [quarter[index]!, quarter[index + trials / 2]!]);
    const success = successOf(likelihood(tableIds), over);
    expect(success).toBeLessThan(ceilingOf(whole, 2) + slack);
    expect(success).toBeGreaterThan(
      successOf(
        likelihood(tableIds),
        trialsOf((index, quarter) => [quarter[index]!]),
      ),
    );
  });
});

const most = 5;
const cell = cellsOf("t2", malianKeySpace).indexOf("ML07.G3");

/** The attacker's own reports, from as many phones and places: one fewer than are shown. */
const injected = Array.from({ length: most - 1 }, (_, index) => item("KID", "ML07", 200 + index, 200 + index));

describe("an attacker who reports, so that the one would be the fifth", () => {
  const rest = others.filter(({ region }) => region !== "ML07");
  const claim = new Uint8Array(32);
  const exact = (spoke: boolean): Figures =>
    bound([...rest, ...injected, ...(spoke ? one : [])], malianKeySpace, claim).counts;

  test("is always right about exact counts of which those under five are withheld", () => {
    const shown = [true, false].map((spoke) => exact(spoke).t2[cell]!).map((count) => (count < most ? null : count));
    expect(shown).toEqual([5, null]);
  });

  test("is always right about withheld counts beside an exact total, without reporting at all", () => {
    const totals = [[...others, ...one], others].map((items) =>
      bound(items, malianKeySpace, claim).counts.t1.reduce((sum, count) => sum + count, 0),
    );
    expect(totals).toEqual([others.length + 1, others.length]);
  });

  test("is no better off with ours than if nobody else had reported", () => {
    const coins = streamOf("injection");
    const over = trialsOf((_index, quarter) => [publish([...rest, ...injected], one, quarter === spoken, coins)]);
    expect(successOf(likelihood(tableIds), over)).toBeLessThan(ceilingOf(whole) + slack);
    expect(successOf(linear([weightsOf((t, c) => Number(t === "t2" && c === "ML07.G3"))]), over)).toBeLessThan(
      ceilingOf(epsilons.t2) + slack,
    );
  });
});

// Each item as a unit of its own, as under a cap of two.
const twice: Bounding = (items, ...rest) => {
  const apart = items.map((each, index) => ({ ...each, unit: sha256(token(index)).slice(0, 16) }));
  return bound(apart, ...rest);
};
describe("the same attackers are better than ε allows", () => {
  const coins = streamOf("mutants");
  const noisy = (counts: Figures, onEvery: boolean): Figures => {
    const of = (table: TableId): readonly number[] =>
      counts[table].map((count) => (count === 0 && !onEvery ? 0 : count + discreteLaplace(epsilons[table], coins)));
    return { t1: of("t1"), t2: of("t2") };
  };
  const against = (bounding: Bounding, own: readonly LabelItem[], onEvery: boolean): readonly Trial[] =>
    trialsOf((_index, quarter) => {
      const counts = countsOf(others, own, coins.bytes(32), bounding);
      return [{ ...counts, published: noisy(quarter === spoken ? counts.with : counts.without, onEvery) }];
    });

  const both = [item("KID", "ML07", 100, 100), item("KID", "ML07", 100, 101)];

  test("when a unit counts twice", () => {
    const success = successOf(likelihood(["t1"]), against(twice, both, true));
    expect(success).toBeGreaterThan(ceilingOf(epsilons.t1) + slack);
    expect(successOf(likelihood(["t1"]), against(bound, both, true))).toBeLessThan(ceilingOf(epsilons.t1) + slack);
  });

  test("when cells of nobody have no noise", () => {
    const nobodys = [item("TIP", "ML03", 100, 100)];
    const success = successOf(likelihood(["t1"]), against(bound, nobodys, false));
    expect(success).toBeGreaterThan(ceilingOf(epsilons.t1) + slack);
  });
});
