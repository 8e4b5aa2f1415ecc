import { describe } from "vitest";
import { queueConformance } from "../conformance/queue.ts";
import { redisIsHere } from "../support/redis.ts";
import { withRedisClusterQueues, withRedisQueues } from "../support/redis-queue.ts";

describe.runIf(redisIsHere)("on Redis", () => {
  queueConformance("Redis", withRedisQueues);
  queueConformance("Redis Cluster", withRedisClusterQueues);
});
