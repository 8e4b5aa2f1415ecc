import { expect, inject, test } from "vitest";
import { redisIsHere } from "../support/redis.ts";
import { drill, type Drilled } from "./drill.ts";

const kills = 5;
const template = inject("demoTemplate");

function expectWell({ kills: struck, acknowledged, ...wrong }: Drilled): void {
  expect(struck.length).toBe(kills);
  for (const [kind, count] of Object.entries(acknowledged)) expect([kind, count > 0]).toEqual([kind, true]);
  const { seconds: _, ...rest } = wrong;
  expect(rest).toEqual({
    lost: [],
    doubled: [],
    offersWrong: 0,
    sweptTwice: 0,
    remindersOver: 0,
    targetsWithoutReminder: 0,
    fell: [],
    told: [],
  });
}

// Killed workers' jobs are given to others after a minute at most, and a busy machine starts processes slowly.
const withinMs = 900_000;

test(
  "two edges, cores and workers on PostgreSQL alone, five kill -9 under load: each acknowledgement holds, once",
  { timeout: withinMs },
  async () => {
    expectWell(await drill({ template, onRedis: false, kills, redisAwayMs: 0 }));
  },
);

test.runIf(redisIsHere)(
  "the same with the queues on Redis, which is killed, stays away, and is flushed",
  { timeout: withinMs },
  async () => {
    expectWell(await drill({ template, onRedis: true, kills, redisAwayMs: 3_000 }));
  },
);
