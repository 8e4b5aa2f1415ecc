import { inflateSync } from "node:zlib";
import * as cctv from "cctv-age";
import { Miniflare } from "miniflare";
import { describe, expect, test } from "vitest";
import { nobleDecapsulator } from "../../src/envelope/opener-noble.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import { sodiumDecapsulator } from "../../src/envelope/opener-sodium.ts";
import type { InBrowser } from "../conformance/vectors-browser.ts";
import { tryVectors, type AgeVector, type Tried } from "../conformance/vectors.ts";
import { bundleForBrowser, bundleForWorkerd } from "../mailbox/bundle.ts";
import { startBrowser, visit } from "../support/browser.ts";

function vectorOf([name, file]: [string, Uint8Array]): AgeVector {
  const whole = Buffer.from(file);
  const end = whole.indexOf("\n\n");
  const lines = whole.subarray(0, end).toString().split("\n");
  const values = (key: string): readonly string[] =>
    lines.filter((line) => line.startsWith(`${key}: `)).map((line) => line.slice(key.length + 2));
  const body = whole.subarray(end + 2);
  const inflated = values("compressed")[0] === "zlib" ? inflateSync(body) : body;
  return {
    name,
    expect: values("expect")[0]!,
    payload: values("payload")[0] ?? "",
    identities: values("identity"),
    fileKey: values("file key")[0] ?? "",
    file: inflated.toString("base64"),
  };
}

const age = Object.entries(cctv).map(vectorOf);

interface Runtime {
  readonly name: string;
  readonly openers: readonly string[];
  readonly run: (vectors: readonly AgeVector[]) => Promise<Tried>;
}

const runtimes: readonly Runtime[] = [
  {
    name: "Node",
    openers: ["node:crypto", "noble", "libsodium"],
    run: async (vectors) => {
      const openers = { "node:crypto": nodeDecapsulator, noble: nobleDecapsulator };
      return tryVectors(vectors, { ...openers, libsodium: await sodiumDecapsulator() });
    },
  },
  {
    name: "a real browser",
    openers: ["noble", "libsodium"],
    run: async (vectors) => {
      const script = await bundleForBrowser("test/conformance/vectors-browser.ts");
      const browser = await startBrowser();
      try {
        await using visitor = await visit(browser);
        await visitor.page.addScriptTag({ content: script, type: "module" });
        await visitor.page.waitForFunction("globalThis.tryInBrowser");
        return await visitor.page.evaluate(
          (input) => (globalThis as typeof globalThis & InBrowser).tryInBrowser(input),
          vectors,
        );
      } finally {
        await browser.close();
      }
    },
  },
  {
    name: "workerd",
    openers: ["noble"],
    run: async (vectors) => {
      const files = await bundleForWorkerd("test/conformance/vectors-worker.ts");
      const worker = new Miniflare({
        modules: [...files].map(([path, contents]) => ({ type: "ESModule", path, contents })),
        compatibilityDate: "2026-01-01",
        host: "127.0.0.1",
      });
      try {
        const response = await worker.dispatchFetch("http://localhost/", {
          method: "POST",
          body: JSON.stringify(vectors),
        });
        return (await response.json()) as Tried;
      } finally {
        await worker.dispose();
      }
    },
  },
];

/** Vectors of each document that any runtime has to have tried, openers aside. */
const least = {
  "age format": 45,
  HPKE: 2,
  "RFC 8032": 3,
  "Ed25519 edge cases": 12,
  "Ed25519 spoiled": 219,
  "RFC 9497": 2,
};

describe.each(runtimes)("other people's vectors in $name", ({ openers, run }) => {
  let tried: Tried;
  test("were tried, every document and every opener", async () => {
    tried = await run(age);
    for (const [of, count] of Object.entries(least)) expect(tried.counts[of], of).toBeGreaterThanOrEqual(count);
    for (const opener of openers) {
      expect(tried.counts[`age hybrid, ${opener}`], opener).toBeGreaterThanOrEqual(16);
      expect(tried.counts[`sealed here, ${opener}`], opener).toBe(3);
    }
    expect(tried.counts["X-Wing"]).toBe(openers.length + 2);
  });

  test("hold", () => {
    expect(tried.failures).toEqual([]);
  });

  test("and are seen to fail when one of them is spoiled", async () => {
    const [first] = age.filter(({ name, expect: outcome }) => name.startsWith("hybrid") && outcome === "success");
    const file = Buffer.from(first!.file, "base64");
    file[file.length - 1]! ^= 1;
    const again = await run([{ ...first!, file: file.toString("base64") }]);
    expect(again.failures).toEqual(openers.map((opener) => `age hybrid, ${opener}: ${first!.name}`));
  });
});
