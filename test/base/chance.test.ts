import { expect, test } from "vitest";
import { below, shuffled, systemChance, type Chance } from "../../src/base/chance.ts";

/** A source that gives these 32-bit integers, one after the other. */
function replay(draws: readonly number[]): Chance {
  const left = [...draws];
  return {
    bytes: (length) => {
      expect(length).toBe(4);
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setUint32(0, left.shift()!);
      return bytes;
    },
  };
}

test("below rejects what would favour small numbers", () => {
  const limit = 2 ** 32 - (2 ** 32 % 10);
  expect(below(replay([limit, 2 ** 32 - 1, limit - 1]), 10)).toBe(9);
  expect(below(replay([7]), 1)).toBe(0);
  expect(below(replay([2 ** 32 - 1]), 2 ** 32)).toBe(2 ** 32 - 1);
});

test("a shuffle is uniform over its source: of four items each order comes from exactly one choice of draws", () => {
  const orders: string[] = [];
  for (let a = 0; a < 4; a++)
    for (let b = 0; b < 3; b++)
      for (let c = 0; c < 2; c++) orders.push(shuffled(replay([a, b, c]), ["w", "x", "y", "z"]).join(""));
  expect(new Set(orders).size).toBe(24);
});

test("the system's source fills what it is asked for, also more than one call may give", () => {
  const drawn = systemChance.bytes(200_000);
  expect(drawn).toHaveLength(200_000);
  expect(drawn.subarray(-1000).some((byte) => byte !== 0)).toBe(true);
  expect(systemChance.bytes(32)).not.toEqual(systemChance.bytes(32));
});
