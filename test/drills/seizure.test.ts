import { expect, test } from "vitest";
import { redisIsHere } from "../support/redis.ts";
import { seize } from "./seizure/seizure.ts";

// Half a minute on two quiet cores; a busy machine takes its time.
const withinMs = 600_000;

const says = "a production server is seized: no number, name, place or word in it, and no value that a number makes";
test(says, { timeout: withinMs }, async () => {
  const range = { first: 70_000_000, count: 20_000 };
  const seized = await seize({ onRedis: redisIsHere, reports: 100, ranges: [range] });
  const { told, matched, missed, openedBySeized } = seized;
  expect({ told, matched, missed, openedBySeized }).toEqual({ told: [], matched: [], missed: [], openedBySeized: 0 });
  // What was dug out is what is there: a reviewer, whose key no server has, reads it.
  expect(seized.openedByReviewer).toBeGreaterThan(100);
  expect(seized.followUps).toBeGreaterThan(0);
  const { mixed, anHourLater, afterTheNight } = seized.shows;
  expect(mixed.reports).toBe(100);
  // Batches stand one after the other until the hour; then the day's are one.
  expect(mixed.groups).toBeGreaterThanOrEqual(5);
  expect([anHourLater.groups, afterTheNight.groups]).toEqual([1, 1]);
  expect(mixed.order).toBeGreaterThan(0.5);
  for (const { order, orderOfOffers, timed } of [anHourLater, afterTheNight]) {
    expect(Math.abs(order)).toBeLessThan(0.4);
    expect(Math.abs(orderOfOffers)).toBeLessThan(0.4);
    expect(timed).toBe(0);
  }
  // What waits for the mix has order and time: the seven of whoever spoke last.
  expect([seized.waiting.arrivals, seized.waiting.timed]).toEqual([7, 7]);
});
