import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { edgeStories, sms, turn } from "../conformance/edge.ts";
import { signedBy } from "../support/board.ts";
import { canary } from "../support/canary.ts";
import { emptyCore, reportBy, sealedIn, withCore, type TestCore } from "../support/core.ts";
import { deployed, workerEdge, type WorkerEdge } from "../support/edge.ts";
import { until } from "../support/store.ts";

edgeStories("an edge in workerd", workerEdge);

test("wrangler.toml names a date this workerd knows, this object, this build, a cron, and no log", () => {
  expect(deployed("compatibility_date") <= "2026-05-03").toBe(true);
  expect([deployed("class_name"), deployed("main")]).toEqual(["EdgeObject", "build/edge.js"]);
});

/** What Miniflare's types leave out without Cloudflare's own. */
interface Scheduled {
  scheduled(options: { readonly cron: string }): Promise<{ readonly outcome: string }>;
}

describe("a Worker", () => {
  let core: TestCore;
  let second: Uint8Array;
  beforeAll(async () => {
    core = await withCore();
    const { body, board } = core.board;
    const next = { ...body, serial: 2, previous: sha256(core.keys.note()) };
    second = signedBy(board.slice(0, 2), next);
  });
  afterAll(() => core.stop());
  beforeEach(() => emptyCore(core));

  async function withEdge(
    task: (edge: WorkerEdge) => Promise<void>,
    bound: Readonly<Record<string, string>> = {},
    options: { readonly durableObjectsPersist?: string } = {},
  ): Promise<void> {
    const edge = await workerEdge(core, bound, options);
    try {
      await task(edge);
    } finally {
      await edge.stop();
    }
  }

  test("that is bound wrongly answers nothing but that", async () => {
    await withEdge(
      async ({ request }) => {
        for (const [path, init] of [sms("x", "x"), ["/healthz", {}] as const]) {
          const response = await request(path, init);
          expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
            500,
            "config.refused",
          ]);
        }
      },
      { OPRF_KEY: "short" },
    );
  });

  test("that starts while its core is away says so to everybody, and serves once it is back", async () => {
    core.shut = true;
    await withEdge(async ({ request, printed }) => {
      expect((await request(...sms("early", "avant"))).status).toBe(503);
      expect((await request("/keys/roster.note")).status).toBe(503);
      expect((await request("/readyz")).status).toBe(503);
      core.shut = false;
      await until(async () => (await request(...sms("early", "avant"))).status === 200);
      expect((await sealedIn(core)).map((sealed) => reportBy(core, 0, sealed)?.text)).toEqual(["avant"]);
      await until(() => printed().includes("recovered roster"));
      const said = printed()
        .trim()
        .split("\n")
        .map((line) => line.replace(/^\S+ /, ""));
      expect(new Set(said)).toEqual(
        new Set([
          "failed roster core.unavailable",
          "failed gateway core.unavailable",
          "failed gate core.unavailable",
          "recovered roster",
        ]),
      );
    });
  });

  test("is kept in memory by its cron, which asks nothing of anybody outside", async () => {
    await withEdge(async ({ miniflare }) => {
      const worker = (await miniflare.getWorker()) as unknown as Scheduled;
      expect((await worker.scheduled({ cron: "* * * * *" })).outcome).toBe("ok");
    });
  });

  test("writes nothing down: no number, no word, not even in the object's own storage", async () => {
    const persist = await mkdtemp(join(tmpdir(), "gundo-worker-"));
    const text = "Ils cachent des armes pres du puits de Tassiga-Labbezanga";
    let said = "";
    await withEdge(
      async ({ request, printed }) => {
        expect((await request(...sms("planted", text, "+22370004217"))).status).toBe(200);
        await (await request(...turn("planted", `1*1*${text}`))).text();
        said = printed();
      },
      {},
      { durableObjectsPersist: persist },
    );
    const scan = canary({ numbers: ["+22370004217" as E164, "+22370000002" as E164], texts: [text] });
    expect((await readdir(persist, { recursive: true })).length).toBeGreaterThan(0);
    expect(await scan.scan({ directories: [persist], contents: [{ where: "printed", content: said }] })).toEqual([]);
    await rm(persist, { recursive: true });
  });

  test("takes the roster that its core serves now, and none older than the one it was built with", async () => {
    const first = core.keys.note();
    core.publish(second);
    await withEdge(async ({ request }) => {
      const served = new Uint8Array(await (await request("/keys/roster.note")).arrayBuffer());
      expect(served).toEqual(second);
      expect(new Uint8Array(await (await request("/keys/roster/1.note")).arrayBuffer())).toEqual(first);
      expect((await request(...sms("second", "x"))).status).toBe(200);
    });
    const built = { ...core, keys: { ...core.keys, note: () => second } };
    core.publish(first);
    const pinned = await workerEdge(built);
    expect((await pinned.request("/keys/roster.note")).status).toBe(503);
    expect((await pinned.request(...sms("older", "x"))).status).toBe(503);
    await pinned.stop();
  });
});
