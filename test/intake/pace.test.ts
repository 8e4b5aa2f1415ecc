import { expect, test } from "vitest";
import { openPace } from "../../src/intake/pace.ts";
import { HandClock } from "../support/board.ts";

/** A pace whose waits are noted and over at once, as the clock stands still. */
function paced(perSecond: number, mostWaitMs: number) {
  const clock = new HandClock();
  const waitedMs: number[] = [];
  const pace = openPace(perSecond, mostWaitMs, clock, async (ms) => void waitedMs.push(ms));
  return { clock, pace, waitedMs };
}

test("turns come one after another at their rate, and whoever would wait too long is told at once", async () => {
  const { pace, waitedMs } = paced(10, 300);
  const turns = await Promise.all(Array.from({ length: 6 }, () => pace.turn()));
  expect(turns).toEqual([true, true, true, true, false, false]);
  expect(waitedMs).toEqual([100, 200, 300]);
});

test("a quiet time gives the next ones no more than their rate", async () => {
  const { clock, pace, waitedMs } = paced(10, 1000);
  await pace.turn();
  clock.advanceMs(60_000);
  await Promise.all([pace.turn(), pace.turn()]);
  expect(waitedMs).toEqual([100]);
});

test("a clock set back by an hour makes nobody wait for it", async () => {
  const { clock, pace } = paced(10, 300);
  await pace.turn();
  clock.advanceMs(-3_600_000);
  expect(await pace.turn()).toBe(true);
});

test("the queue is what the next one would wait, and no more after a clock set back", async () => {
  const { clock, pace } = paced(10, 1000);
  expect(pace.queueMs()).toBe(0);
  await Promise.all([pace.turn(), pace.turn(), pace.turn()]);
  expect(pace.queueMs()).toBe(300);
  clock.advanceMs(200);
  expect(pace.queueMs()).toBe(100);
  clock.advanceMs(-3_600_000);
  expect(pace.queueMs()).toBe(0);
});

test("several turns come together or not at all, and a refusal takes none", async () => {
  const { pace, waitedMs } = paced(10, 300);
  expect(await pace.turn()).toBe(true);
  expect(await pace.turn(4)).toBe(false);
  expect(await pace.turn(3)).toBe(true);
  expect(waitedMs).toEqual([300]);
  expect(await pace.turn()).toBe(false);
});
