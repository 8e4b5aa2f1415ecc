import { inspect } from "node:util";
import { expect, test } from "vitest";
import { refusalText } from "../../src/config/refusal.ts";
import { readWorkerConfig } from "../../src/config/worker.ts";

const long = "k".repeat(43);
const key = "A".repeat(43);
const bound = {
  CORE_URL: "https://core.example",
  EDGE_SECRET: long,
  GATEWAY_SECRET: `${long},${long}x`,
  OPRF_KEY: key,
  SEEN_KEY: key,
  EDGE: {},
};

test("a whole set of bindings is taken, the Durable Object's own passed over", () => {
  const reading = readWorkerConfig(bound);
  if (!reading.ok) throw new Error("refused");
  expect(reading.config.coreUrl).toBe("https://core.example");
  expect(reading.config.edgeSecret.reveal()).toBe(long);
  expect(reading.config.gatewaySecrets.map((secret) => secret.reveal())).toEqual([long, `${long}x`]);
  expect(reading.config.oprfKey.reveal()).toHaveLength(32);
  expect(reading.config.seenKey.reveal()).toHaveLength(32);
  expect(inspect(reading, { depth: 9 }) + JSON.stringify(reading)).not.toMatch(/kkkk|AAAA/);
});

test.each([
  ["CORE_URL", undefined, "required"],
  ["CORE_URL", "http://core.example", "httpsUrl"],
  ["CORE_URL", "core.example", "httpsUrl"],
  ["EDGE_SECRET", undefined, "required"],
  ["EDGE_SECRET", "short", "longSecret"],
  ["EDGE_SECRET", `${long} x`, "headerSecret"],
  ["GATEWAY_SECRET", undefined, "required"],
  ["GATEWAY_SECRET", "demo", "longSecret"],
  ["GATEWAY_SECRET", `${long},short`, "longSecret"],
  ["GATEWAY_SECRET", `${long}/x`, "pathSecret"],
  ["OPRF_KEY", "x", "key32"],
  ["OPRF_KEY_PREVIOUS", "x", "key32"],
  ["SEEN_KEY", undefined, "required"],
] as const)("%s: %j is refused by name and rule", (variable, value, rule) => {
  const reading = readWorkerConfig({ ...bound, [variable]: value });
  if (reading.ok) throw new Error("taken");
  expect(reading.refusals).toContainEqual({ variable, rule });
  expect(refusalText(reading.refusals)).toContain(`  ${variable} must be`);
});

const previousIn = (bindings: object): number | null => {
  const reading = readWorkerConfig({ ...bound, ...bindings });
  if (!reading.ok) throw new Error("refused");
  return reading.config.oprfKeyPrevious?.reveal().length ?? null;
};

test("a former VOPRF key is taken where there is one, and an empty one is none", () => {
  expect(previousIn({ OPRF_KEY_PREVIOUS: key })).toBe(32);
  expect([previousIn({}), previousIn({ OPRF_KEY_PREVIOUS: "" })]).toEqual([null, null]);
});

test("a core on the same machine may go without TLS; nothing bound at all is refused in whole", () => {
  expect(readWorkerConfig({ ...bound, CORE_URL: "http://127.0.0.1:8080" }).ok).toBe(true);
  const nothing = readWorkerConfig(undefined);
  expect(nothing.ok).toBe(false);
  const reading = readWorkerConfig({});
  expect(reading.ok ? [] : reading.refusals.map(({ variable }) => variable)).toEqual([
    "CORE_URL",
    "EDGE_SECRET",
    "GATEWAY_SECRET",
    "OPRF_KEY",
    "SEEN_KEY",
  ]);
});
