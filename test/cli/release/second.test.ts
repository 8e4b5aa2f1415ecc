import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { authoriseClaim, halfOfLabels, quarter, serveQuarter, type ServedQuarter } from "../../support/quarter.ts";
import { runGundo } from "../../support/terminal.ts";

let at: ServedQuarter;
beforeAll(async () => {
  at = await serveQuarter((made) => [made.lead, ...made.officers]);
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterAll(async () => {
  vi.useRealTimers();
  await at.stop();
});

function passTo(after: number): void {
  at.day(after);
  vi.setSystemTime(at.gate.clock.nowMs());
}

const keepOf = (index: number): string => join(at.gate.store.home, `keep-${index}`);
const file = (name: string): string => join(at.gate.store.home, name);

/** The code a step of an officer is refused with, or null. */
async function officer(index: number, ...words: readonly string[]): Promise<string | null> {
  const named = ["--dir", keepOf(index), "--period", quarter];
  const { code, err } = await at.as(at.officers[index]!, "release", ...words, ...named);
  return code === 0 ? null : (/\(([a-zA-Z.]+)\)\n$/.exec(err)?.[1] ?? err);
}

/** Where the quarter stands for an officer. */
async function standing(index: number): Promise<unknown> {
  const { out } = await at.as(at.officers[index]!, "release", "status", "--json", "--dir", keepOf(index));
  return JSON.parse(out.split("\n")[0]!) as unknown;
}

async function both(...words: readonly string[]): Promise<void> {
  for (const index of [0, 1]) expect(await officer(index, ...words)).toBeNull();
}

test("a seed is lost, and part of a list: the board allows a second draw, whose cost is in the ledger, and everything verifies", async () => {
  passTo(-20);
  expect(await officer(0, "plan")).toBeNull();
  expect(await officer(1, "plan", "--sign")).toBeNull();
  passTo(40);
  await both("commit");
  passTo(92);
  expect((await at.as(at.lead, "labels", "post")).code).toBe(0);
  const half = halfOfLabels(at.reviewer, at.officers);
  const posted = { method: "POST", body: new Uint8Array(half), headers: { "content-type": "application/age" } };
  expect((await at.ask(at.reviewer, `/api/releases/labels?period=${quarter}`, posted)).status).toBe(201);
  passTo(106);
  expect(await officer(0, "claim")).toBeNull();
  // A lost laptop alone costs nothing: the seed is on the core too.
  await rm(keepOf(1), { recursive: true });
  expect(await officer(1, "reveal")).toBeNull();
  await at.gate.store.store.db.deleteFrom("release_parcel").where("officer", "=", "o2").execute();
  expect(await officer(1, "reveal")).toBe("release.commitment");
  expect(await officer(0, "claim")).toBeNull();

  expect(await standing(0)).toMatchObject({ state: "claimed", attempt: 1, mayAgain: true, step: "reveal" });
  expect(await officer(0, "commit", "--again")).toBeNull();
  expect(await standing(1)).toMatchObject({ state: "planned", attempt: 2, mayAgain: false, step: "commitAgain" });
  expect(await officer(1, "commit", "--again")).toBeNull();
  expect(await standing(0)).toMatchObject({ state: "committed", attempt: 2, step: "claimAgain" });
  expect(await officer(0, "claim")).toBe("release.redrawn");
  expect(await officer(0, "claim", "--out", file("claim-0"))).toBeNull();
  expect(await officer(0, "claim", "--note", file("claim-0"))).toBe("release.redrawn");
  await authoriseClaim(at, 0, file("claim-0"), file("claim-1"));
  await authoriseClaim(at, 1, file("claim-1"), file("claim-2"));
  expect(await officer(0, "claim", "--note", file("claim-2"))).toBeNull();
  await both("reveal");
  const gap = await at.as(at.officers[1]!, "release", "draw", "--dir", keepOf(1), "--period", quarter);
  expect([gap.code, gap.err]).toEqual([1, expect.stringMatching(/part of what r2 posted is missing.*\n.*labels\.gap/)]);
  expect(await officer(1, "cosign")).toBe("release.order");
  const drawn = await at.as(at.officers[1]!, "release", "draw", "--with-gaps", "--dir", keepOf(1), "--period", quarter);
  expect(drawn.code).toBe(0);
  const cosign = (...words: readonly string[]) =>
    at.as(at.officers[0]!, "release", "cosign", "--dir", keepOf(0), "--period", quarter, ...words);
  const unasked = await cosign();
  expect([unasked.code, unasked.err]).toEqual([1, expect.stringMatching(/part of what r2 posted.*\n.*labels\.gap/)]);
  expect(await officer(0, "publish")).toBe("release.order");
  const signed = await cosign("--with-gaps");
  expect([signed.code, signed.err]).toEqual([0, expect.stringContaining("r2")]);
  expect(await officer(0, "publish")).toBeNull();

  passTo(160);
  const directory = file("published");
  expect((await runGundo("release", "fetch", directory, "--url", at.url)).code).toBe(0);
  const checked = await runGundo("release", "verify", directory, "--anchors", file("anchors.json"), "--json");
  expect(JSON.parse(checked.out)).toMatchObject({ ok: true });
  const note = await (await at.gate.app.request(releasePath)).text();
  expect(note).toContain('"attempts":2');
  expect(note).toContain('"sum":"2"');
});

const releasePath = `/api/releases/note?period=${quarter}&name=release`;
