import { afterAll, beforeAll, expect, test } from "vitest";
import { sql } from "kysely";
import { u32be } from "../../src/base/bytes.ts";
import { shuffled, systemChance, type Chance } from "../../src/base/chance.ts";
import { countArrivals, insertArrival } from "../../src/store/arrival.ts";
import { demoMixRule, mixTicks } from "../../src/triage/mix.ts";
import { HandClock } from "../support/board.ts";
import { arrival, numberOf } from "../support/reports.ts";
import { withStore, type TestStore } from "../support/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await withStore();
});
afterAll(() => store.stop());

/** Every choice that can be made in putting four things in order: of four, of three, of two. */
const choices = [0, 1, 2, 3].flatMap((a) => [0, 1, 2].flatMap((b) => [0, 1].map((c) => [a, b, c] as const)));

/** Gives the drawn numbers in turn, four bytes each; other lengths are identifiers and nobody's order. */
function giving(draws: readonly number[]): Chance & { left(): number } {
  const left = [...draws];
  return {
    bytes: (length) => {
      if (length !== 4) return systemChance.bytes(length);
      const draw = left.shift();
      if (draw === undefined) throw new Error("drawn more often than the order needs");
      return u32be(draw);
    },
    left: () => left.length,
  };
}

test("over all of its source each order of four comes exactly once, so none is likelier than another", () => {
  const orders = choices.map((draws) => {
    const chance = giving(draws);
    const order = shuffled(chance, [0, 1, 2, 3]).join("");
    expect(chance.left()).toBe(0);
    return order;
  });
  expect(orders).toHaveLength(24);
  expect(new Set(orders).size).toBe(24);
});

test("a draw that would make one number likelier is drawn again", () => {
  // 2^32 is one more than a multiple of three: the highest number is the one too many.
  const chance = giving([3, 2 ** 32 - 1, 1, 0]);
  expect(shuffled(chance, [0, 1, 2, 3])).toEqual(shuffled(giving([3, 1, 0]), [0, 1, 2, 3]));
  expect(chance.left()).toBe(0);
});

test("what the mix writes is that order and no other: all 24, once each", async () => {
  const { db } = store.store;
  const clock = new HandClock();
  const seen = new Set<string>();
  for (const draws of choices) {
    await db.deleteFrom("report").execute();
    for (let number = 0; number < 4; number++) await insertArrival(db, arrival(number));
    const chance = giving(draws);
    const waiting = await numbers("arrival");
    await mixTicks({ store: store.store, rule: demoMixRule, clock, chance, enqueue: async () => undefined })();
    expect(await countArrivals(db)).toBe(0);
    expect(chance.left()).toBe(0);
    const written = await numbers("report");
    expect(written).toEqual(shuffled(giving(draws), waiting));
    seen.add(written.map((number) => waiting.indexOf(number)).join(""));
  }
  expect(seen.size).toBe(24);
});

/** The rows' numbers as they lie on disk, which is all that could betray an order. */
async function numbers(table: "arrival" | "report"): Promise<readonly number[]> {
  const rows = await store.store.db
    .selectFrom(table)
    .select("door_hash")
    .orderBy(sql`ctid`)
    .execute();
  return rows.map(({ door_hash }) => numberOf(door_hash));
}
