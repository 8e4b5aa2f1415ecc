import type { Redis } from "ioredis";
import { until } from "./store.ts";

/** Every key of a server with every word of its value: members, fields, scores and all. */
export async function contentsOf(client: Redis): Promise<ReadonlyMap<string, readonly string[]>> {
  const keys = await client.keys("*");
  return new Map(await Promise.all(keys.toSorted().map(async (key) => [key, await wordsAt(client, key)] as const)));
}

async function wordsAt(client: Redis, key: string): Promise<readonly string[]> {
  const readers: Readonly<Record<string, () => Promise<unknown>>> = {
    string: () => client.get(key),
    list: () => client.lrange(key, "0", "-1"),
    set: () => client.smembers(key),
    zset: () => client.zrange(key, "0", "-1", "WITHSCORES"),
    hash: async () => Object.entries(await client.hgetall(key)),
    stream: async () => (await client.xrange(key, "-", "+")).map(([, fields]) => fields),
  };
  const type = await client.type(key);
  // One that expired between the look and the reading.
  if (type === "none") return [];
  return [await readers[type]!()].flat(Infinity).map(String);
}

/** Once no rewrite of the files is under way or waits. */
export async function settledOnDisk(client: Redis): Promise<void> {
  const busy = /(aof_rewrite_in_progress|aof_rewrite_scheduled|rdb_bgsave_in_progress):1/;
  await until(async () => !busy.test(await client.info("persistence")));
}
