import fc from "fast-check";
import { expect, test } from "vitest";
import { bringYounger } from "../../src/base/older.ts";

const owners: readonly (readonly [owner: object, name: string])[] = [
  [Array.prototype, "toSorted"],
  [Array.prototype, "toReversed"],
  [Map, "groupBy"],
  [Symbol, "dispose"],
];

const ownOf = (owner: object, name: string): PropertyDescriptor => Object.getOwnPropertyDescriptor(owner, name)!;

/** Each as base/older.ts brings it, whatever this Node has. */
function brought(): Readonly<Record<string, PropertyDescriptor>> {
  const kept = owners.map(([owner, name]) => [owner, name, ownOf(owner, name)] as const);
  // This Node's own cannot be taken away; what older browsers have not is simply not there.
  const takeable = kept.filter(([, , { configurable }]) => configurable === true);
  try {
    for (const [owner, name] of takeable) Reflect.deleteProperty(owner, name);
    bringYounger();
    return Object.fromEntries(takeable.map(([owner, name]) => [name, ownOf(owner, name)]));
  } finally {
    for (const [owner, name, own] of takeable) Reflect.defineProperty(owner, name, own);
  }
}

type Compare = (a: number, b: number) => number;
const byTens: Compare = (a, b) => Math.trunc(a / 10) - Math.trunc(b / 10);
const keyOf = (one: number, index: number): number => (one + index) % 3;

test("what older browsers lack is brought, and does for lists what theirs would", () => {
  const { toSorted, toReversed, groupBy } = brought();
  expect([toSorted, toReversed, groupBy].map((one) => one?.enumerable)).toEqual([false, false, false]);
  const sorted = toSorted!.value as (this: readonly number[], compare?: Compare) => number[];
  const reversed = toReversed!.value as (this: readonly number[]) => number[];
  const grouped = groupBy!.value as typeof Map.groupBy;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -40, max: 40 })), (list) => {
      const before = [...list];
      for (const compare of [undefined, byTens]) expect(sorted.call(list, compare)).toEqual(list.toSorted(compare));
      expect(reversed.call(list)).toEqual(list.toReversed());
      expect([...grouped(list, keyOf)]).toEqual([...Map.groupBy(list, keyOf)]);
      expect(list).toEqual(before);
    }),
  );
});

test("what a browser has of itself stays", () => {
  const before = owners.map(([owner, name]) => ownOf(owner, name));
  bringYounger();
  expect(owners.map(([owner, name]) => ownOf(owner, name))).toEqual(before);
});
