import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { Refusal } from "../../src/config/config.ts";
import { readSecretFile, type Environment } from "../../src/config/environment.ts";
import { readConfig } from "../../src/config/read.ts";
import { refusalText } from "../../src/config/refusal.ts";

const long = "k".repeat(43);
const key = "A".repeat(43);
const production: Environment = {
  GUNDO_MODE: "production",
  PUBLIC_ORIGIN: "https://gundo.example",
  GATEWAY_SECRET: long,
  OPRF_KEY: key,
  CHECKPOINT_KEY: key,
};

function refusals(environment: Environment): readonly Refusal[] {
  const reading = readConfig(environment, readSecretFile);
  return reading.ok ? [] : reading.refusals;
}

test("an empty environment is a demo on loopback with everything under ./data", () => {
  const reading = readConfig({}, readSecretFile);
  expect(reading).toMatchObject({
    ok: true,
    config: { mode: "demo", role: "all", host: "127.0.0.1", port: 8080, publicOrigin: null, coreUrl: null },
  });
  if (!reading.ok) throw new Error("refused");
  expect(reading.config.home).toMatch(/\/data$/);
  expect(reading.config.keysDirectory).toBe(`${reading.config.home}/demo/keys`);
  expect(reading.secrets.gatewaySecrets.map((secret) => secret.reveal())).toEqual(["demo"]);
});

test("a whole production environment is accepted", () => {
  expect(refusals(production)).toEqual([]);
});

describe("each refusal names the variable and the rule", () => {
  const cases: readonly (readonly [Environment, Refusal])[] = [
    [{ PORT: "eighty" }, { variable: "PORT", rule: "port" }],
    [{ PORT: "65536" }, { variable: "PORT", rule: "port" }],
    [{ HOST: "a b" }, { variable: "HOST", rule: "host" }],
    [{ GUNDO_MODE: "live" }, { variable: "GUNDO_MODE", rule: "mode" }],
    [{ GUNDO_ROLE: "boss" }, { variable: "GUNDO_ROLE", rule: "role" }],
    [{ DATABASE_URL: "mysql://x" }, { variable: "DATABASE_URL", rule: "postgresUrl" }],
    ...[
      "redis://10.0.0.1:6379",
      "rediss://redis.example",
      "redis://user@redis.example:6379",
      "redis://127.0.0.1:7001,10.0.0.1:7001",
      "redis://:secret@a:7001,b:7001/1",
      "redis://:%@redis.example",
      "redis://127.0.0.1:port",
      "redis://127.0.0.1:7001,",
      "http://:secret@redis.example",
      "run/redis.sock",
    ].map((url) => [{ REDIS_URL: url }, { variable: "REDIS_URL", rule: "redisUrl" }] as const),
    [{ GATEWAY_SECRET: "a/b" }, { variable: "GATEWAY_SECRET", rule: "pathSecret" }],
    [{ PUBLIC_ORIGIN: "https://gundo.example/tips" }, { variable: "PUBLIC_ORIGIN", rule: "origin" }],
    [{ OPRF_KEY: "short" }, { variable: "OPRF_KEY", rule: "key32" }],
    [{ OPRF_KEY_PREVIOUS: "short" }, { variable: "OPRF_KEY_PREVIOUS", rule: "key32" }],
    [{ AT_USERNAME: "sandbox" }, { variable: "AT_API_KEY", rule: "together" }],
    [{ GUNDO_ROLE: "edge" }, { variable: "CORE_URL", rule: "required" }],
    [{ GUNDO_ROLE: "edge" }, { variable: "EDGE_SECRET", rule: "required" }],
    [{ GUNDO_ROLE: "edge" }, { variable: "OPRF_KEY", rule: "required" }],
    [{ GUNDO_ROLE: "core" }, { variable: "EDGE_SECRET", rule: "required" }],
    [{ GUNDO_ROLE: "worker" }, { variable: "DATABASE_URL", rule: "required" }],
    [{ EDGE_SECRET: "two words" }, { variable: "EDGE_SECRET", rule: "headerSecret" }],
    [{ AT_API_KEY_FILE: "/nowhere/at" }, { variable: "AT_API_KEY", rule: "file" }],
    [
      { ...production, PUBLIC_ORIGIN: "http://gundo.example" },
      { variable: "PUBLIC_ORIGIN", rule: "httpsOrigin" },
    ],
    [
      { ...production, PUBLIC_ORIGIN: "" },
      { variable: "PUBLIC_ORIGIN", rule: "required" },
    ],
    [
      { ...production, GATEWAY_SECRET: "demo" },
      { variable: "GATEWAY_SECRET", rule: "notDemo" },
    ],
    [
      { ...production, GATEWAY_SECRET: "s".repeat(31) },
      { variable: "GATEWAY_SECRET", rule: "longSecret" },
    ],
    [
      { ...production, GATEWAY_SECRET: `${long},short` },
      { variable: "GATEWAY_SECRET", rule: "longSecret" },
    ],
    [
      { ...production, CHECKPOINT_KEY: undefined },
      { variable: "CHECKPOINT_KEY", rule: "required" },
    ],
    [
      { ...production, GUNDO_ROLE: "core" },
      { variable: "EDGE_SECRET", rule: "required" },
    ],
  ];

  test.each(cases)("%j", (environment, refusal) => {
    expect(refusals(environment)).toContainEqual(refusal);
    expect(refusalText(refusals(environment))).toContain(`  ${refusal.variable} `);
  });
});

test("a worker in production needs a database, and no key of the core's", () => {
  const origin = { PUBLIC_ORIGIN: "https://gundo.example" };
  const environment = { GUNDO_MODE: "production", GUNDO_ROLE: "worker", ...origin, DATABASE_URL: "postgres://h/d" };
  expect(refusals(environment)).toEqual([]);
});

test("a role that misses something is told so once, in production too", () => {
  const missing = refusals({ ...production, GUNDO_ROLE: "edge" }).map(({ variable }) => variable);
  expect(missing).toEqual(["CORE_URL", "EDGE_SECRET", "SEEN_KEY"]);
  const edge = { GUNDO_ROLE: "edge", CORE_URL: "http://core:8080", EDGE_SECRET: long, OPRF_KEY: key };
  expect(refusals(edge)).toEqual([]);
  expect(refusals({ ...production, ...edge, SEEN_KEY: key })).toEqual([]);
});

test("an onion address may be plain http, and loopback Redis may go without a password", () => {
  expect(refusals({ ...production, PUBLIC_ORIGIN: `http://${"a".repeat(56)}.onion` })).toEqual([]);
  expect(refusals({ REDIS_URL: "redis://127.0.0.1:6379" })).toEqual([]);
  expect(refusals({ REDIS_URL: "rediss://:pass@redis.example:6380" })).toEqual([]);
});

test("a secret may lie in a file, but not in two places", () => {
  const path = join(mkdtempSync(join(tmpdir(), "gundo-config-")), "secret");
  writeFileSync(path, `${long}\n`);
  const reading = readConfig({ GATEWAY_SECRET_FILE: path }, readSecretFile);
  if (!reading.ok) throw new Error("refused");
  expect(reading.secrets.gatewaySecrets[0]?.reveal()).toBe(long);
  const twice = refusals({ GATEWAY_SECRET_FILE: path, GATEWAY_SECRET: long });
  expect(twice).toEqual([{ variable: "GATEWAY_SECRET", rule: "oneOf" }]);
});

test("no secret and no value shows in what is printed", () => {
  const reading = readConfig({ ...production, SEEN_KEY: key }, readSecretFile);
  expect(inspect(reading, { depth: 9 }) + JSON.stringify(reading)).not.toMatch(/kkkk|AAAA/);
  const value = "very-private-value";
  expect(refusalText(refusals({ PORT: value, OPRF_KEY: value, DATABASE_URL: value }))).not.toContain(value);
});

describe("REDIS_URL", () => {
  const plain = { username: null, password: null, tls: false, database: 0 };
  const [one, two] = [
    { host: "redis.example", port: 6379 },
    { host: "other.example", port: 7001 },
  ];
  test.each([
    ["/run/redis.sock", { ...plain, nodes: [{ path: "/run/redis.sock" }] }],
    ["unix:/run/redis.sock", { ...plain, nodes: [{ path: "/run/redis.sock" }] }],
    ["unix://:a@/run/r.sock", { ...plain, password: "a", nodes: [{ path: "/run/r.sock" }] }],
    ["redis://[::1]:7001/15", { ...plain, database: 15, nodes: [{ host: "::1", port: 7001 }] }],
    ["redis://localhost", { ...plain, nodes: [{ host: "localhost", port: 6379 }] }],
    ["rediss://:a%40b:c@redis.example", { ...plain, tls: true, password: "a@b:c", nodes: [one] }],
    [
      "redis://gundo:a@redis.example,other.example:7001",
      { ...plain, username: "gundo", password: "a", nodes: [one, two] },
    ],
  ])("%s", (url, address) => {
    const reading = readConfig({ REDIS_URL: url }, () => null);
    if (!reading.ok) throw new Error("refused");
    expect(reading.secrets.redis!.reveal()).toEqual(address);
    expect(JSON.stringify(reading)).not.toContain("a@b");
  });
});
