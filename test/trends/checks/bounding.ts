import fc from "fast-check";
import { expect } from "vitest";
import { hex } from "../../../src/base/bytes.ts";
import type { bound, Counts } from "../../../src/trends/bound.ts";
import { cellsOf, tableIds, type TableId } from "../../../src/trends/key-space.ts";
import type { LabelItem } from "../../../src/trends/row.ts";
import { malianKeySpace } from "../../support/trends.ts";

/** What is bounded: the real thing, or a mutant of it. */
export type Bound = typeof bound;

const { taxonomy } = malianKeySpace;
const codes = taxonomy.categories.map(({ code }) => code);
const groups = taxonomy.groups.filter(({ nationalOnly }) => !nationalOnly);

/** A token of 16 bytes that this number stands for. */
export const token = (number: number): Uint8Array => new Uint8Array(16).fill(number);

// Few units and places, so that they meet often; now and then a code that nobody knows.
const anyItem: fc.Arbitrary<LabelItem> = fc.record({
  category: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...codes) }, { weight: 1, arbitrary: fc.constant("ZZZ") }),
  region: fc.constantFrom("ML01", "ML02", "ML07", "ML99"),
  unit: fc.integer({ min: 1, max: 9 }).map(token),
  locality: fc.integer({ min: 1, max: 4 }).map(token),
});
// Half of the time most units speak of one place alone.
export const anyItems = fc.tuple(fc.array(anyItem, { maxLength: 40 }), fc.boolean()).map(([items, isHome]) => {
  if (!isHome) return items;
  return items.map((item) => (item.unit[0]! > 6 ? item : { ...item, region: "ML01", locality: token(1) }));
});
export const anyClaim = fc.uint8Array({ minLength: 32, maxLength: 32 });

function distance(a: Counts, b: Counts, table: TableId): number {
  return a[table].reduce((sum, count, index) => sum + Math.abs(count - b[table][index]!), 0);
}

/** For any data and any unit, each table moves by at most 1: the sensitivity that ε is spent on (trends.md, Bounding). */
export function movesByAtMostOne(impl: Bound): void {
  fc.assert(
    fc.property(anyItems, fc.integer({ min: 1, max: 9 }), anyClaim, (items, unit, claim) => {
      const without = items.filter((item) => item.unit[0] !== unit);
      const [a, b] = [items, without].map((some) => impl(some, malianKeySpace, claim).counts);
      for (const table of tableIds) expect(distance(a!, b!, table)).toBeLessThanOrEqual(1);
    }),
    { numRuns: 500 },
  );
}

/** For any data and any place, what the units say that speak of no other moves T2 by at most its groups, there alone. */
export function placeMovesByItsGroups(impl: Bound): void {
  fc.assert(
    fc.property(anyItems, fc.constantFrom("ML01", "ML02"), fc.integer({ min: 1, max: 4 }), anyClaim, (...given) => {
      const [items, region, locality, claim] = given;
      const isThere = (item: LabelItem): boolean => item.region === region && item.locality[0] === locality;
      const others = items.filter((item) => !isThere(item)).map(({ unit }) => hex(unit));
      const without = items.filter((item) => others.includes(hex(item.unit)));
      const [a, b] = [items, without].map((some) => impl(some, malianKeySpace, claim).counts);
      expect(distance(a!, b!, "t2")).toBeLessThanOrEqual(groups.length);
      cellsOf("t2", malianKeySpace).forEach((cell, index) => {
        if (!cell.startsWith(region)) expect(a!.t2[index]).toBe(b!.t2[index]);
      });
    }),
    { numRuns: 500 },
  );
}

/** Order, doubles, and whose post an item came in, change nothing. */
export function orderAndDoublesChangeNothing(impl: Bound): void {
  const shuffles = anyItems.chain((items) =>
    fc.tuple(fc.constant(items), fc.shuffledSubarray([...items, ...items], { minLength: items.length })),
  );
  fc.assert(
    fc.property(shuffles, anyClaim, ([items, more], claim) => {
      const again = impl([...more, ...items.toReversed()], malianKeySpace, claim).counts;
      expect(again).toEqual(impl(items, malianKeySpace, claim).counts);
    }),
    { numRuns: 300 },
  );
}
