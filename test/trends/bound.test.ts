import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, hex } from "../../src/base/bytes.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { bound, type Counts } from "../../src/trends/bound.ts";
import { cellsOf, tableIds, type TableId } from "../../src/trends/key-space.ts";
import { encodeRow, type LabelItem } from "../../src/trends/row.ts";
import { malianKeySpace } from "../support/trends.ts";
import {
  anyClaim,
  anyItems,
  movesByAtMostOne,
  orderAndDoublesChangeNothing,
  placeMovesByItsGroups,
  token,
  type Bound,
} from "./checks/bounding.ts";

const claim = new Uint8Array(32).fill(7);

function item(category: string, region: string, unit: number, locality: number): LabelItem {
  return { category, region, unit: token(unit), locality: token(locality) };
}

/** The cells that are not zero. */
function seen(counts: Counts, table: TableId): Readonly<Record<string, number>> {
  const cells = cellsOf(table, malianKeySpace).map((cell, index) => [cell, counts[table][index]!] as const);
  return Object.fromEntries(cells.filter(([, count]) => count !== 0));
}

describe("one counted item per unit and table (trends.md, Bounding)", () => {
  test("T1 counts units, T2 distinct places and groups", () => {
    const { counts, refused } = bound(
      [
        item("DRG", "ML01", 1, 1),
        item("ARM", "ML01", 2, 1),
        item("KID", "ML01", 3, 1),
        item("DRG", "ML02", 4, 1),
        item("COR", "ML02", 5, 1),
        item("OTH", "ML02", 6, 1),
      ],
      malianKeySpace,
      claim,
    );
    expect(seen(counts, "t1")).toEqual({ DRG: 2, ARM: 1, KID: 1, COR: 1, OTH: 1 });
    // Two units of one group in one place are one; corruption and what is in no group are national only.
    expect(seen(counts, "t2")).toEqual({ "ML01.G1": 1, "ML01.G3": 1, "ML02.G1": 1 });
    expect(refused).toEqual([]);
  });

  test("of a unit's own items that of the smallest hash counts, in T2 among those of a régional group", () => {
    const items = [item("COR", "ML01", 1, 1), item("DRG", "ML01", 1, 1), item("KID", "ML02", 1, 2)];
    const rank = (one: LabelItem): string => hex(sha256(concat(claim, encodeRow(one))));
    const first = (of: readonly LabelItem[]): LabelItem => of.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))[0]!;
    const { counts } = bound(items, malianKeySpace, claim);
    expect(seen(counts, "t1")).toEqual({ [first(items).category]: 1 });
    expect(seen(counts, "t2")).toEqual({ [first(items.slice(1)).category === "DRG" ? "ML01.G1" : "ML02.G3"]: 1 });
  });

  test("another claim chooses anew, so that nobody can choose beforehand which of their items counts", () => {
    const items = Array.from({ length: 10 }, (_, place) => item("DRG", `ML0${1 + (place % 9)}`, 1, place));
    const chosen = Array.from({ length: 40 }, (_, salt) => {
      return Object.keys(seen(bound(items, malianKeySpace, token(salt)).counts, "t2"))[0];
    });
    expect(new Set(chosen).size).toBeGreaterThan(3);
  });

  test("what is outside the key-space is counted nowhere, and the officer is told", () => {
    const strange = [item("ZZZ", "ML01", 1, 1), item("DRG", "ML99", 2, 1)];
    const { counts, refused } = bound([...strange, item("DRG", "ML01", 1, 1)], malianKeySpace, claim);
    expect(refused).toEqual(strange);
    expect(seen(counts, "t1")).toEqual({ DRG: 1 });
  });

  test("every cell is there when nobody spoke", () => {
    const { counts } = bound([], malianKeySpace, claim);
    for (const table of tableIds) expect(counts[table]).toEqual(cellsOf(table, malianKeySpace).map(() => 0));
  });
});

describe("sensitivity, by the real thing", () => {
  test("any unit moves each table by at most 1", () => movesByAtMostOne(bound));
  test("any place moves T2 by at most its groups", () => placeMovesByItsGroups(bound));
  test("order and doubles change nothing", () => orderAndDoublesChangeNothing(bound));

  test("no count is over the number of units, nor T2's over T1's", () => {
    fc.assert(
      fc.property(anyItems, anyClaim, (items, salt) => {
        const { counts } = bound(items, malianKeySpace, salt);
        const [t1, t2] = tableIds.map((table) => counts[table].reduce((sum, count) => sum + count, 0));
        expect(t1).toBeLessThanOrEqual(new Set(items.map(({ unit }) => hex(unit))).size);
        expect(t2).toBeLessThanOrEqual(t1!);
      }),
    );
  });

  test("units that speak of two places are beyond the place's bound: taking one place away shows the other", () => {
    // So the page promises a unit's protection, and a place's for those who speak of that place alone.
    const items = Array.from({ length: 30 }, (_, unit) => [
      item("DRG", "ML01", unit + 1, 1),
      item("DRG", "ML02", unit + 1, 100 + unit),
    ]).flat();
    const all = seen(bound(items, malianKeySpace, claim).counts, "t2");
    const without = seen(
      bound(
        items.filter(({ region }) => region !== "ML01"),
        malianKeySpace,
        claim,
      ).counts,
      "t2",
    );
    expect(without["ML02.G1"]! - all["ML02.G1"]!).toBeGreaterThan(3);
  });
});

const byUnit = (items: readonly LabelItem[]): readonly (readonly LabelItem[])[] => [
  ...Map.groupBy(items, ({ unit }) => hex(unit)).values(),
];

const ranked = (items: readonly LabelItem[], salt: Uint8Array): readonly LabelItem[] =>
  items.toSorted((a, b) => Buffer.compare(sha256(concat(salt, encodeRow(a))), sha256(concat(salt, encodeRow(b)))));

// Counts each of these items as a unit of its own.
const apart: Bound = (items, keySpace, salt) => {
  const alone = items.map((one, index) => ({ ...one, unit: sha256(token(index)).slice(0, 16) }));
  return bound(alone, keySpace, salt);
};

const capOfTwo: Bound = (items, keySpace, salt) => {
  const kept = byUnit(items).flatMap((own) => ranked(own, salt).slice(0, 2));
  return apart(kept, keySpace, salt);
};

const sampledGlobally: Bound = (items, keySpace, salt) => bound(ranked(items, salt).slice(0, 8), keySpace, salt);

const seededByAll: Bound = (items, keySpace, salt) =>
  bound(items, keySpace, sha256(concat(salt, ...items.map(encodeRow))));

const corroborated: Bound = (items, keySpace, salt) => {
  const places = Map.groupBy(items, (one) => `${one.region} ${hex(one.locality)}`);
  const heard = [...places.values()].filter((own) => byUnit(own).length > 1);
  return bound(heard.flat(), keySpace, salt);
};

const everyUnitAPlace: Bound = (items, keySpace, salt) => {
  const places = items.map((one) => ({ ...one, locality: one.unit }));
  return bound(places, keySpace, salt);
};

const firstToCome: Bound = (items, keySpace, salt) => {
  const first = byUnit(items).map((own) => own[0]!);
  return bound(first, keySpace, salt);
};

describe("the same checks refuse", () => {
  test.each([
    ["no cap", movesByAtMostOne, apart],
    ["a cap of two", movesByAtMostOne, capOfTwo],
    ["a cap by sampling among everybody's, where one that leaves lets another in", movesByAtMostOne, sampledGlobally],
    ["a choice that everybody's items are the seed of", movesByAtMostOne, seededByAll],
    ["a place that counts once two units have spoken of it", movesByAtMostOne, corroborated],
    ["T2 counting units and not places", placeMovesByItsGroups, everyUnitAPlace],
    ["the first of a unit's items as they come", orderAndDoublesChangeNothing, firstToCome],
  ])("%s", (_what, check, mutant) => {
    expect(() => check(mutant)).toThrow("Property failed");
  });
});
