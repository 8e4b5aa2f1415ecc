import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { judge, type Conditions } from "./support/rooms/judge.ts";
import { globalDoors, importDoors, rooms } from "./support/rooms/table.ts";

interface Manifest {
  readonly imports: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const conditions: Conditions = Object.fromEntries(
  Object.entries(manifest.imports).map(([name, targets]) => [
    name,
    [...new Set(Object.values(targets))].map((target) => target.replace(/^\.\//, "")),
  ]),
);

const read = (files: readonly string[]) => new Map(files.map((file) => [file, readFileSync(file, "utf8")]));
const sources = read(globSync("{src,workers}/**/*.{ts,tsx,mts,cts}").toSorted());
const broken = (file: string, source: string, others: Readonly<Record<string, string>> = {}) =>
  judge(new Map([[file, source], ...Object.entries(others)]), conditions).map((one) => `${one.file}: ${one.breaks}`);

describe("the house's table (house.md, who may import whom)", () => {
  test("there are files to judge", () => {
    expect(sources.size).toBeGreaterThan(5);
    expect([...sources.keys()]).toContain("src/base/fault.ts");
  });

  test("only TypeScript is in src and workers, so that nothing escapes the parser", () => {
    expect(globSync("{src,workers}/**/*.{js,jsx,mjs,cjs}")).toEqual([]);
  });

  test("no file breaks it", () => {
    expect(judge(sources, conditions)).toEqual([]);
  });
});

describe("the check can fail", () => {
  const queue = "src/queue/a.ts";
  const store = "src/store/store.ts";

  test.each([
    ['import { x } from "../store/store.ts";', `room ${store}`],
    ['import type { x } from "../store/store.ts";', `room ${store}`],
    ['import { type x } from "../store/store.ts";', `room ${store}`],
    ['import "../store/store.ts";', `room ${store}`],
    ['export { x } from "../store/store.ts";', `room ${store}`],
    ['export type { x } from "../store/store.ts";', `room ${store}`],
    ['export * from "../store/store.ts";', `room ${store}`],
    ['export * as y from "../store/store.ts";', `room ${store}`],
    ['const x = await import("../store/store.ts");', `room ${store}`],
    ["const x = await import(`../store/store.ts`);", `room ${store}`],
    ['let x: import("../store/store.ts").X;', `room ${store}`],
    ['let x: typeof import("../store/store.ts");', `room ${store}`],
    ['import x = require("../store/store.ts");', `room ${store}`],
    ['const x = require("../store/store.ts");', `room ${store}`],
    ['const x = import.meta.resolve("../store/store.ts");', `room ${store}`],
    ['new Worker(new URL("../store/store.ts", import.meta.url));', `room ${store}`],
    ['import { x } from "./../queue/../store/store.ts";', `room ${store}`],
    ['import { x } from "../../test/support/x.ts";', "outside test/support/x.ts"],
    ['import { x } from "../nowhere/x.ts";', "room src/nowhere/x.ts"],
    ["const x = await import(name);", "computed import"],
    ["const x = require(name);", "computed import"],
    ['import { Hono } from "hono";', "package hono"],
    ['import { x } from "hono/deep";', "package hono"],
    ['import { x } from "#nothing";', "unknown #nothing"],
  ])("import: %s", (source, breaks) => {
    expect(broken(queue, source)).toEqual([`${queue}: ${breaks}`]);
  });

  test.each([
    ["src/base/a.ts", 'import fs from "node:fs";', "node node:fs"],
    ["src/base/a.ts", 'import fs from "fs/promises";', "node fs/promises"],
    ["src/envelope/a.ts", 'import { hash } from "node:crypto";', "node node:crypto"],
    ["src/envelope/other-node.ts", 'import fs from "node:fs";', "node node:fs"],
    ["src/roster/other-node.ts", 'import { hash } from "node:crypto";', "node node:crypto"],
    ["src/form/a.ts", 'import { x } from "../envelope/opener-node.ts";', "only on Node ../envelope/opener-node.ts"],
    ["src/envelope/a.ts", 'import { x } from "./xwing-node.ts";', "only on Node ./xwing-node.ts"],
    ["src/intake/a.ts", 'import { x } from "../envelope/opener-node.ts";', "only on Node ../envelope/opener-node.ts"],
    ["src/envelope/a.ts", 'import { open } from "./open.ts";', "door src/envelope/open.ts"],
    ["src/gate/a.ts", 'import type { O } from "../envelope/open.ts";', "door src/envelope/open.ts"],
    ["src/form/a.ts", 'import fs from "node:fs";', "node node:fs"],
    ["src/form/a.tsx", "export const a = <p />;", "package preact"],
    ["src/envelope/a.ts", 'import { kem } from "./kem-node.ts";', "condition ./kem-node.ts"],
    ["src/dialogue/a.ts", 'import { kem } from "#kem";', "room src/envelope/kem-node.ts"],
    ["src/trends/a.ts", 'import { seal } from "../envelope/seal.ts";', "room src/envelope/seal.ts"],
    ["src/form/a.ts", 'import { ussd } from "../dialogue/ussd.ts";', "room src/dialogue/ussd.ts"],
    ["src/store/a.ts", 'import { seal } from "../envelope/seal.ts";', "room src/envelope/seal.ts"],
    ["src/cli/a.ts", 'import { gate } from "../gate/gate.ts";', "room src/gate/gate.ts"],
    ["src/gateway/kannel.ts", 'import at from "africastalking";', "package africastalking"],
    ["src/gate/a.ts", 'import { mix } from "../../workers/mix.ts";', "outside workers/mix.ts"],
    ["src/main.ts", 'import { x } from "../test/support/x.ts";', "outside test/support/x.ts"],
    ["src/utils/a.ts", "export const a = 1;", "unknown room"],
    ["src/a.ts", "export const a = 1;", "unknown room"],
  ])("%s: %s", (file, source, breaks) => {
    expect(broken(file, source)).toContain(`${file}: ${breaks}`);
  });

  test.each([
    ["src/console/a.ts", 'import { open } from "../envelope/open.ts";'],
    ["src/mailbox/open.ts", 'import { open } from "../envelope/open.ts";'],
    ["src/cli/a.ts", 'import { sign } from "../roster/sign.ts"; console.log(sign);'],
    ["src/trends/a.ts", 'import { note } from "../envelope/note.ts";'],
    ["src/envelope/opener-node.ts", 'import type { O } from "./open.ts"; import { combine } from "./xwing-node.ts";'],
    ["src/envelope/opener-node.ts", 'import { decapsulate } from "node:crypto";'],
    ["src/cli/a.ts", 'import { opener } from "../envelope/opener-node.ts";'],
    ["src/form/a.ts", 'import { words } from "../dialogue/words.ts";'],
    ["src/store/a.ts", 'import type { Header } from "../envelope/seal.ts"; import pg from "pg";'],
    ["src/envelope/kem-node.ts", 'import { decapsulate } from "node:crypto";'],
    ["src/envelope/seal.ts", 'import { kem } from "#kem"; import { sha256 } from "@noble/hashes/sha2.js";'],
    ["src/gateway/africastalking/out.ts", 'import at from "africastalking";'],
    ["src/base/clock.ts", "export const now = () => Date.now();"],
    ["src/config/env.ts", 'export const port = process.env["PORT"];'],
    ["src/queue/a.ts", "interface A { Date: string; console: number } export const a = (b: A) => [b.Date, b.console];"],
    ["src/main.ts", 'import { mix } from "../workers/mix.ts";'],
    ["workers/mix.ts", 'import { serve } from "@hono/node-server"; import { mix } from "../src/triage/mix.ts";'],
  ])("and lets pass what is allowed: %s: %s", (file, source) => {
    expect(broken(file, source)).toEqual([]);
  });

  test.each(Object.entries(importDoors))("door %s is shut to every other room and to the wiring", (door, open) => {
    const outside = [...Object.keys(rooms).map((room) => `src/${room}/other.ts`), "workers/mix.ts", "src/main.ts"];
    for (const file of outside) {
      const up = file.split("/").length - 1;
      const passes = open.some((place) => place.endsWith("/") && file.startsWith(place));
      const found = broken(file, `import { x } from "${"../".repeat(up)}${door}";`);
      expect(found.includes(`${file}: door ${door}`)).toBe(!passes);
    }
  });

  const naming: Readonly<Record<string, readonly string[]>> = {
    Date: ["Date.now();", "new Date();", "const D = Date;", "globalThis.Date.now();", 'globalThis["Date"];'],
    "performance.now": [
      "performance.now();",
      "const p = performance;",
      'import { performance as p } from "node:perf_hooks";',
    ],
    "process.hrtime": ["process.hrtime.bigint();"],
    "Math.random": [
      "const m = Math;",
      "Math.random();",
      'Math["random"]();',
      "const { random } = Math;",
      "globalThis.Math.random();",
    ],
    getRandomValues: [
      "crypto.getRandomValues(a);",
      "const c = crypto;",
      "globalThis.crypto.getRandomValues(a);",
      "const { getRandomValues } = crypto;",
      "x25519.utils.randomSecretKey();",
      "ed25519.keygen();",
      'import { getRandomValues as g } from "node:crypto";',
    ],
    randomUUID: ["crypto.randomUUID();"],
    randomBytes: [
      'import { randomBytes } from "node:crypto";',
      'import { randomBytes as r } from "@noble/hashes/utils.js";',
    ],
    randomInt: ['import { randomInt } from "node:crypto";'],
    randomFill: ["crypto.randomFill(a, b);"],
    randomFillSync: ["crypto.randomFillSync(a);"],
    "process.env": [
      "process.env;",
      'process["env"];',
      "const { env } = process;",
      "globalThis.process.env;",
      'import { env } from "node:process";',
      'import p from "node:process";',
      "const p = globalThis.process;",
      "({ env } = process);",
    ],
    console: ["console.log(1);", "const { log } = console;", "f(console);", 'import { log } from "node:console";'],
    "process.stdout": ['process.stdout.write("a");'],
    "process.stderr": ['process.stderr.write("a");'],
    "process.exit": ["process.exit(1);", 'import { exit } from "node:process";', "process?.exit();"],
    "process.abort": ["process.abort();"],
    "process.reallyExit": ["process.reallyExit();"],
  };

  test.each(Object.entries(globalDoors))("global %s is found in every spelling", (name, open) => {
    expect(naming[name]?.length).toBeGreaterThan(0);
    for (const source of naming[name]!) {
      expect(broken("src/gate/other.ts", source), source).toContain(`src/gate/other.ts: global ${name}`);
      for (const file of ["src/main.ts", "workers/mix.ts"])
        expect(broken(file, source), source).toContain(`${file}: global ${name}`);
      for (const place of open) {
        const file = place.endsWith("/") ? `${place}a.ts` : place;
        expect(broken(file, source), source).not.toContain(`${file}: global ${name}`);
      }
    }
  });

  test("the edge's gate must not reach the core, however far; a type is no reach", () => {
    const others = {
      "src/gate/routes.ts": 'import { add } from "./more.ts";',
      "src/gate/more.ts": 'export * from "../store/store.ts";',
      "src/store/store.ts": "export const add = 1;",
    };
    expect(broken("src/gate/edge.ts", 'import "./routes.ts";', others)).toEqual([
      "src/gate/edge.ts: reaches src/store/store.ts",
    ]);
    expect(broken("src/gate/edge.ts", 'import type { X } from "./routes.ts";', others)).toEqual([]);
  });

  test("a source that does not parse is an error, not a pass", () => {
    expect(() => broken("src/base/a.ts", "import {")).toThrow("does not parse");
  });
});

test("nothing joins the top level of the tree (house.md, Rooms)", () => {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  });
  const top = [
    ...new Set(
      listed
        .split("\0")
        .filter((path) => path !== "")
        .map((path) => path.split("/")[0]!),
    ),
  ];
  const folders = ["src", "workers", "keys", "test", "deploy"];
  const files = ["package.json", "package-lock.json", "tsconfig.json", "wrangler.toml", "README.md", "LICENSE"];
  expect(top).toContain("src");
  expect(top.filter((name) => !name.startsWith(".") && ![...folders, ...files].includes(name))).toEqual([]);
});
