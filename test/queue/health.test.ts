import { expect, test } from "vitest";
import type { Event } from "../../src/base/events.ts";
import { Health } from "../../src/queue/health.ts";

test("many errors are one outage, its end is told once, and closing is no outage", () => {
  const events: Event[] = [];
  const health = new Health((event) => events.push(event));
  health.worked();
  expect(events).toEqual([]);
  for (let error = 0; error < 3; error++) health.failed();
  for (let answer = 0; answer < 3; answer++) health.worked();
  const outage = [
    { event: "failed", part: "queue", code: "queue.unavailable" },
    { event: "recovered", part: "queue" },
  ];
  expect(events).toEqual(outage);
  health.end();
  health.failed();
  expect(events).toEqual(outage);
});
