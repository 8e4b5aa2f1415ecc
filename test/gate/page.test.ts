import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { base64 } from "../../src/base/bytes.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { pageLanguages } from "../../src/gate/page/languages.ts";
import { countArrivals } from "../../src/store/arrival.ts";
import { signedBy } from "../support/board.ts";
import { withGate, type TestGate } from "../support/gate.ts";
import { verifyRoster } from "../../src/roster/verify.ts";

let gate: TestGate;
beforeAll(async () => {
  gate = await withGate({ page: true });
});
afterAll(() => gate.store.stop());

const stored = (): Promise<number> => countArrivals(gate.store.store.db);
const form = (fields: Readonly<Record<string, string>> | string): RequestInit => ({
  method: "POST",
  body: new URLSearchParams(fields).toString(),
  headers: { "content-type": "application/x-www-form-urlencoded" },
});

describe("headers", () => {
  test.each(["/", "/en"])(
    "%s runs, loads and styles what was hashed and nothing else, and is kept nowhere",
    async (path) => {
      const response = await gate.app.request(path);
      const html = await response.text();
      const policy = response.headers.get("content-security-policy")!.split("; ");
      const hashed = (tag: string): string => {
        const [, content] = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(html)!;
        return `'sha256-${base64(sha256(new TextEncoder().encode(content)))}'`;
      };
      expect(policy).toContain(`script-src ${hashed("script")} 'strict-dynamic' 'wasm-unsafe-eval'`);
      expect(policy).toContain(`style-src ${hashed("style")}`);
      for (const rule of ["default-src 'none'", "connect-src 'self'", "form-action 'self'", "base-uri 'none'"])
        expect(policy).toContain(rule);
      expect(policy).toContain("require-trusted-types-for 'script'");
      expect(Object.fromEntries(response.headers)).toMatchObject({
        "cache-control": "no-store",
        "cross-origin-embedder-policy": "require-corp",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
      });
      expect(response.headers.has("set-cookie")).toBe(false);
      expect(html.match(/<script/g)).toHaveLength(1);
      expect(html.replace(/<script>[^]*?<\/script>/, "")).not.toMatch(/ on\w+=|style=|https?:|src=/);
    },
  );

  test("what was compressed beforehand is the same page and script", async () => {
    for (const path of ["/", "/form.js"]) {
      const plain = await (await gate.app.request(path)).text();
      const as = async (encoding: string): Promise<Buffer> => {
        const response = await gate.app.request(path, { headers: { "accept-encoding": `deflate, ${encoding};q=0.9` } });
        expect([response.headers.get("content-encoding"), response.headers.get("vary")]).toEqual([
          encoding,
          "accept-encoding",
        ]);
        return Buffer.from(await response.arrayBuffer());
      };
      expect(brotliDecompressSync(await as("br")).toString()).toBe(plain);
      expect(gunzipSync(await as("gzip")).toString()).toBe(plain);
    }
  });
});

describe("a form without script", () => {
  test("that holds more than can be sent comes back whole, and only far beyond is it cut off", async () => {
    const before = await stored();
    const long = "œ<&".repeat(3000);
    const refused = await gate.app.request("/", form({ text: long }));
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain("œ&lt;&amp;".repeat(3000));
    expect((await gate.app.request("/", form({ text: "a".repeat(300_000) }))).status).toBe(413);
    expect((await gate.app.request("/", { method: "POST", body: new Uint8Array([255, 254]) })).status).toBe(400);
    expect(await stored()).toBe(before);
  });

  test.each([
    ["nothing written", { text: "  " }, /data-notice="empty">/],
    [
      "an organisation that the roster does not name",
      { text: "x", "without-organisation": "Nobody" },
      /data-notice="changed">/,
    ],
    ["a place that is none", { text: "x", "without-place": "ML0" }, /data-notice="changed">/],
    [
      "too few readers",
      "text=x&without-organisation=Benkadi&without-organisation=Jigi",
      /data-notice="tooFewReaders">/,
    ],
  ])("is refused with its reason and stored nowhere: %s", async (_name, fields, shown) => {
    const before = await stored();
    const response = await gate.app.request("/en", form(fields));
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toMatch(shown);
    expect(html.match(/data-notice="\w+">/g)).toHaveLength(1);
    expect(await stored()).toBe(before);
  });

  test("is answered 'not sent' while the store refuses, with the words in it, and none of them in an event", async () => {
    const { db } = gate.store.store;
    await db.schema.alterTable("arrival").renameTo("away").execute();
    const refused = await gate.app.request("/", form({ text: "plus tard" }));
    expect(refused.status).toBe(503);
    expect(await refused.text()).toMatch(/>\s*plus tard<\/textarea>[^]*data-notice="notSent">/);
    expect(gate.events).toMatchObject([{ event: "failed", part: "gate" }]);
    expect(JSON.stringify(gate.events)).not.toContain("plus tard");
    await db.schema.alterTable("away").renameTo("arrival").execute();
    const before = await stored();
    expect((await gate.app.request("/", form({ text: "plus tard" }))).status).toBe(200);
    expect(await stored()).toBe(before + 1);
  });
});

test("a new roster makes a new page at once", async () => {
  const { board, clock } = gate;
  const before = await (await gate.app.request("/")).text();
  const [first, ...others] = board.body.reviewers;
  const reviewers = [{ ...first!, organisation: "Un autre nom" }, ...others];
  const note = signedBy(board.board, { ...board.body, reviewers, serial: 2, previous: gate.roster.noteHash });
  gate.roster = verifyRoster(board.anchors, note, null, clock.nowMs()).roster;
  const after = await (await gate.app.request("/")).text();
  expect(before).not.toContain("Un autre nom");
  expect(after).toContain("Un autre nom");
});

test("both languages say everything, in words of their own", () => {
  const [french, english] = pageLanguages.map((words) => Object.entries(words.notices));
  expect(french!.map(([name]) => name)).toEqual(english!.map(([name]) => name));
  const texts = [...french!, ...english!].map(([, says]) => says);
  expect(new Set(texts).size).toBe(texts.length);
});
