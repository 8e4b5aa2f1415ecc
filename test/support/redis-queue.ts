import { createRedisBackend, Queue } from "bullmq";
import { Cluster, type Redis } from "ioredis";
import { openRedisQueues, prefixOf } from "../../src/queue/redis.ts";
import type { Bench } from "../conformance/queue.ts";
import { lineTo } from "./outage.ts";
import { withRedisCluster } from "./redis-cluster.ts";
import { redisAt, withRedis, type TestRedis } from "./redis.ts";

export interface RedisBench extends Bench {
  readonly server: TestRedis;
}

/** Queues on a Redis of their own. */
export async function withRedisQueues(): Promise<RedisBench> {
  const server = await withRedis();
  const line = await lineTo(server.path);
  const client = server.client();
  return {
    server,
    open: (settings) => openRedisQueues({ ...settings, connection: redisAt(server.path) }),
    openOverLine: (settings) => openRedisQueues({ ...settings, connection: redisAt(`redis://127.0.0.1:${line.port}`) }),
    cut: () => line.cut(),
    mend: () => line.mend(),
    addForeign: (kind, data) => addForeign(client, kind, data),
    start: async (lock_ms) => ({ redis: server.path, lock_ms }),
    clear: async () => void (await client.flushall()),
    stop: async () => {
      await line.close();
      await server.stop();
    },
  };
}

/** The same on a cluster of three. */
export async function withRedisClusterQueues(): Promise<Bench> {
  const cluster = await withRedisCluster();
  const url = `redis://127.0.0.1:${cluster.ports[0]}`;
  const client = new Cluster(cluster.ports.map((port) => ({ host: "127.0.0.1", port })));
  client.on("error", () => undefined);
  const open: Bench["open"] = (settings) => openRedisQueues({ ...settings, connection: redisAt(url) });
  return {
    open,
    openOverLine: open,
    cut: () => cluster.cut(),
    mend: () => cluster.mend(),
    addForeign: (kind, data) => addForeign(client, kind, data),
    start: async (lock_ms) => ({ redis: url, lock_ms }),
    clear: async () => void (await Promise.all(cluster.servers.map((server) => server.client().flushall()))),
    stop: async () => {
      client.disconnect();
      await cluster.stop();
    },
  };
}

async function addForeign(connection: Redis | Cluster, kind: string, data: unknown): Promise<void> {
  const queue = new Queue(kind, { connection, prefix: prefixOf(kind) }, createRedisBackend);
  await queue.add(kind, data);
  await queue.close();
}
