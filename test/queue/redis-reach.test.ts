import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { describe, expect, onTestFinished, test } from "vitest";
import { hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import type { Event } from "../../src/base/events.ts";
import { Fault } from "../../src/base/fault.ts";
import type { Queues } from "../../src/queue/queue.ts";
import { openRedisQueues } from "../../src/queue/redis.ts";
import { selfSigned } from "../support/certificate.ts";
import { freePort } from "../support/ports.ts";
import { redisAt, redisIsHere, withRedis, type RedisSettings, type TestRedis } from "../support/redis.ts";
import { withRedisCluster } from "../support/redis-cluster.ts";
import { temporaryHome } from "../support/store.ts";

const patience = { timeout: 30_000, interval: 20 };
const newId = (): string => hex(systemChance.bytes(16));
let events: Event[] = [];

async function open(url: string): Promise<Queues> {
  events = [];
  const queues = await openRedisQueues({
    connection: redisAt(url),
    chance: systemChance,
    emit: (event) => events.push(event),
    backoff_ms: 1,
    lock_ms: 1_000,
  });
  onTestFinished(() => queues.close());
  return queues;
}

async function serve(settings: RedisSettings = {}, port?: number): Promise<TestRedis> {
  const server = await withRedis(settings, port);
  onTestFinished(() => server.stop());
  return server;
}

async function refusalOf(opening: Promise<unknown>): Promise<unknown> {
  const refusal: unknown = await opening.catch((thrown: unknown) => thrown);
  expect((refusal as Fault).cause).toBeUndefined();
  expect(events).toEqual([]);
  return refusal;
}

async function works(queues: Queues): Promise<void> {
  const taken: (string | null)[] = [];
  const worker = queues.work("triage", async (id) => void taken.push(id));
  const id = newId();
  await queues.add("triage", id);
  await expect.poll(() => taken, patience).toEqual([id]);
  await worker.close();
}

describe.runIf(redisIsHere)("a Redis is reached", () => {
  test("at a socket, in each way to write it, and in a numbered database", async () => {
    const port = await freePort();
    const { path } = await serve({}, port);
    const urls = [path, `unix:${path}`, `unix://${path}`, `redis://127.0.0.1:${port}/3`, `redis://localhost:${port}`];
    for (const url of urls) await works(await open(url));
  });

  test("with its password and with a user's, and not without or with another", async () => {
    const port = await freePort();
    const { path } = await serve(
      { requirepass: "a:long/pass@word", user: ["gundo", "on", ">secret", "~*", "&*", "+@all"] },
      port,
    );
    await works(await open(`redis://:a%3Along%2Fpass%40word@127.0.0.1:${port}`));
    await works(await open(`unix://gundo:secret@${path}`));
    for (const url of [path, `redis://:wrong@127.0.0.1:${port}`, `redis://gundo@127.0.0.1:${port}`])
      expect(await refusalOf(open(url))).toEqual(new Fault("queue.unavailable"));
  });

  test("over TLS by a certificate that is trusted, and by no other", async () => {
    const { certificate, key } = selfSigned();
    const home = await temporaryHome();
    const [cert, secret] = [join(home, "cert.pem"), join(home, "key.pem")];
    await writeFile(cert, certificate);
    await writeFile(secret, key);
    const port = await freePort();
    const tls = { "tls-port": String(port), "tls-cert-file": cert, "tls-key-file": secret, "tls-auth-clients": "no" };
    await serve(tls);
    expect(await refusalOf(open(`rediss://127.0.0.1:${port}`))).toEqual(new Fault("queue.unavailable"));
    expect(await refusalOf(open(`redis://127.0.0.1:${port}`))).toEqual(new Fault("queue.unavailable"));
    const trusted = getCACertificates();
    onTestFinished(() => setDefaultCACertificates(trusted));
    setDefaultCACertificates([...trusted, certificate]);
    await works(await open(`rediss://127.0.0.1:${port}`));
  });

  test("as a cluster, by any of its nodes, though another that is named be down", async () => {
    const cluster = await withRedisCluster();
    onTestFinished(() => cluster.stop());
    const hosts = cluster.ports.map((port) => `127.0.0.1:${port}`);
    await works(await open(`redis://${[`127.0.0.1:${await freePort()}`, ...hosts].join(",")}`));
    const queues = await open(`redis://${hosts[1]}`);
    for (const kind of ["mix", "triage", "sweep"] as const) await queues.add(kind, newId());
    const sizes = await Promise.all(cluster.servers.map((server) => server.client().dbsize()));
    expect(sizes.filter((size) => size > 0).length).toBeGreaterThan(1);
    const streams = async (): Promise<number> =>
      (await Promise.all(cluster.servers.map((server) => server.client().keys("*:events")))).flat().length;
    expect(await streams()).toBe(3);
    await queues.sweepEvents();
    expect(await streams()).toBe(0);
  });

  test("not when nobody listens: a refusal without words", async () => {
    const nobody = [`redis://:Fanta@127.0.0.1:${await freePort()}`, "/nowhere/redis.sock"];
    for (const url of nobody) expect(await refusalOf(open(url))).toEqual(new Fault("queue.unavailable"));
  });

  test("not when it drops keys to make room", async () => {
    const { path } = await serve({ "maxmemory-policy": "allkeys-lru" });
    expect(await refusalOf(open(path))).toEqual(new Fault("queue.evicts"));
  });
});

describe.runIf(redisIsHere)("a Redis that is ailing", () => {
  test("that is killed under load and started again loses no job that was acknowledged", async () => {
    const server = await serve();
    const queues = await open(server.path);
    const taken = new Set<string | null>();
    queues.work("triage", async (id) => void taken.add(id), { concurrency: 4 });
    const ids = Array.from({ length: 500 }, newId);
    await queues.addMany("triage", ids);
    await server.kill();
    expect(await queues.ready()).toBe(false);
    await server.start();
    await expect.poll(() => taken.size, patience).toBe(ids.length);
    expect(events.filter(({ event }) => event === "failed").length).toBe(1);
  });

  test("that cannot write is not ready, though it answers", async () => {
    const server = await serve();
    const queues = await open(server.path);
    expect(await queues.ready()).toBe(true);
    const client = server.client();
    await client.config("SET", "min-replicas-to-write", "1");
    expect(await client.ping()).toBe("PONG");
    expect(await queues.ready()).toBe(false);
    await client.config("SET", "min-replicas-to-write", "0");
    expect(await queues.ready()).toBe(true);
  });

  test("that is flushed takes jobs and ticks as before", async () => {
    const server = await serve();
    const queues = await open(server.path);
    let ticks = 0;
    queues.work("mix", async () => void (ticks += 1));
    await queues.every("mix", 50);
    await expect.poll(() => ticks, patience).toBeGreaterThan(1);
    await server.client().flushall();
    const before = ticks;
    await expect.poll(() => ticks, patience).toBeGreaterThan(before + 2);
    await works(queues);
  });
});
