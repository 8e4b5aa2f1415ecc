import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Redis } from "ioredis";
import { Secret } from "../../src/base/secret.ts";
import { parseRedisUrl, type RedisAddress } from "../../src/config/redis-address.ts";
import { temporaryHome, until } from "./store.ts";

/** Whether this machine has a Redis server; one line says so when not, and `GUNDO_REQUIRE_REDIS=1` makes it a failure. */
export const redisIsHere = spawnSync("redis-server", ["--version"]).status === 0;
if (!redisIsHere && process.env["GUNDO_REQUIRE_REDIS"] === "1")
  throw new Error("GUNDO_REQUIRE_REDIS=1, and there is no redis-server");
if (!redisIsHere) console.log("no redis-server on this machine: the tests on Redis are left out");

/** A Redis server of the tests' own, with append-only file and snapshots on, in a directory of its own. */
export interface TestRedis {
  readonly home: string;
  /** Its unix socket. */
  readonly path: string;
  readonly port: number | null;
  /** A client for the test itself. */
  client(): Redis;
  kill(): Promise<void>;
  /** Again in the same home. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** As in redis.conf; a setting of several words is a list. */
export type RedisSettings = Readonly<Record<string, string | string[]>>;

/** Starts `redis-server` on a unix socket, with these settings besides. */
export async function withRedis(settings: RedisSettings = {}, port: number | null = null): Promise<TestRedis> {
  const home = await temporaryHome();
  const path = join(home, "redis.sock");
  const all = { ...defaults, ...settings, dir: home, unixsocket: path, ...(port === null ? {} : { port: `${port}` }) };
  const words = Object.entries(all).flatMap(([name, value]) => [`--${name}`, ...[value].flat()]);
  let child = await run(words, path);
  const clients: Redis[] = [];
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return {
    home,
    path,
    port,
    client: () => {
      const client = new Redis({ path });
      // It is closed after its server now and then.
      client.on("error", () => undefined);
      clients.push(client);
      return client;
    },
    kill,
    start: async () => void (child = await run(words, path)),
    stop: async () => {
      for (const client of clients) client.disconnect();
      await kill();
      await rm(home, { recursive: true });
    },
  };
}

const defaults = {
  port: "0",
  bind: "127.0.0.1",
  unixsocketperm: "700",
  appendonly: "yes",
  appendfsync: "always",
  save: "3600 1",
  "maxmemory-policy": "noeviction",
};

async function run(words: readonly string[], path: string): Promise<ChildProcess> {
  const child = spawn("redis-server", words, { stdio: "ignore" });
  await until(async () => {
    if (child.exitCode !== null) throw new Error("redis-server ended before it was ready");
    return await answers(path);
  });
  return child;
}

async function answers(path: string): Promise<boolean> {
  const client = new Redis({ path, lazyConnect: true, retryStrategy: () => null });
  // One that asks for its password is there too.
  let asked = false;
  client.on("error", (refusal) => (asked ||= String(refusal).includes("NOAUTH")));
  try {
    await client.connect();
    return true;
  } catch {
    return asked;
  } finally {
    client.disconnect();
  }
}

/** `REDIS_URL` as the configuration reads it. */
export function redisAt(url: string): Secret<RedisAddress> {
  const address = parseRedisUrl(url);
  if (address === null) throw new Error("not a REDIS_URL");
  return new Secret(address);
}
