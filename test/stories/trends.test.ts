import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { systemClock } from "../../src/base/clock.ts";
import { checkpointTicks } from "../../src/triage/checkpoint.ts";
import type { TestPerson } from "../support/board.ts";
import { canary } from "../support/canary.ts";
import { plantSealed } from "../support/console.ts";
import { runGundo } from "../support/terminal.ts";
import { pathSecret } from "../support/gate.ts";
import { planOf, quarter, serveQuarter, type ServedQuarter } from "../support/quarter.ts";

const text = "Quarante boeufs volés à Hamidou Cissé près du puits de Kounari";
const village = "Tin-Hama-Sud";
let at: ServedQuarter;
let r3: TestPerson;
const said: string[] = [];
beforeAll(async () => {
  at = await serveQuarter((made) => [...made.gate.board.people.slice(0, 3), ...made.officers]);
  r3 = at.gate.board.people[2]!;
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterAll(async () => {
  vi.useRealTimers();
  await at.stop();
});

/** A day of the period and an hour, for the server and for every command. */
function passTo(after: number): void {
  at.day(after);
  vi.setSystemTime(at.gate.clock.nowMs());
}

async function run(person: TestPerson, ...words: readonly string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await at.as(person, ...words, "--json");
  said.push(out, err);
  if (code !== 0) throw new Error(err);
  return JSON.parse(out.split("\n")[0]!) as Record<string, unknown>;
}

const refusal = async (person: TestPerson, ...words: readonly string[]): Promise<string> =>
  /\(([a-zA-Z.]+)\)\n$/.exec((await at.as(person, ...words)).err)![1]!;
const dirOf = ({ id }: TestPerson): string => join(at.gate.store.home, `keep-${id}`);
const officer = (index: number, ...words: readonly string[]) =>
  run(at.officers[index]!, "release", ...words, "--dir", dirOf(at.officers[index]!));

async function label(person: TestPerson, words: string, ...more: readonly string[]): Promise<void> {
  await plantSealed(at.gate, { text: words, channel: "web" });
  const { out } = await at.as(person, "inbox", "--json");
  const lines = out.split("\n").filter((line) => line !== "");
  const { id } = lines
    .map((line) => JSON.parse(line) as { id: string; text: string })
    .find((one) => one.text === words)!;
  await run(person, "case", "take", "--report", id);
  await run(person, "case", "label", "--report", id, "--category", "CAT", "--place", "ML0702", ...more);
}

/** What is published now, in a directory. */
async function fetched(): Promise<string> {
  const directory = join(at.gate.store.home, `published-${systemClock.nowMs()}`);
  const { code, out, err } = await runGundo("release", "fetch", directory, "--url", at.url);
  said.push(out, err);
  expect([code, err]).toEqual([0, ""]);
  return directory;
}

const page = async (): Promise<string> => (await fetch(`${at.url}/trends`)).text();

/** What a phone is shown first under "5 Nouvelles". */
async function news(): Promise<string> {
  await at.gate.news.refresh();
  const sessionId = `ATUid_${at.gate.clock.nowMs()}`;
  const dialled = { sessionId, serviceCode: "*384*1234#", phoneNumber: "+22370000001", networkCode: "99999" };
  const turn = async (typed: string): Promise<string> => {
    const body = new URLSearchParams({ ...dialled, text: typed });
    return (await fetch(`${at.url}/gateway/africastalking/${pathSecret}/ussd`, { method: "POST", body })).text();
  };
  await turn("");
  return turn("5");
}

/** With the anchors, and nothing of the server but what was published. */
async function verified(directory: string): Promise<Record<string, unknown>> {
  const anchors = join(at.gate.store.home, "anchors.json");
  const { out } = await runGundo("release", "verify", directory, "--anchors", anchors, "--json");
  return JSON.parse(out) as Record<string, unknown>;
}

/** What the server signed with each step is still in its audit, and not in one that lost its end. */
async function auditHolds(directory: string): Promise<void> {
  const [copy, cut] = ["audit", "cut"].map((name) => join(at.gate.store.home, name)) as [string, string];
  const { store, roster, board, clock } = at.gate;
  await checkpointTicks({
    store: store.store,
    roster: () => roster,
    key: board.server.signing,
    rule: "atOnce",
    clock,
  })();
  await run(at.lead, "audit", "fetch", "--out", copy);
  // Anchors of somebody who keeps no checkpoint beside them: what was published is enough.
  const anchors = join(at.gate.store.home, "stranger", "anchors.json");
  await mkdir(join(at.gate.store.home, "stranger"));
  await copyFile(join(at.gate.store.home, "anchors.json"), anchors);
  const verify = (file: string) => runGundo("audit", "verify", file, "--anchors", anchors, "--releases", directory);
  expect(await verify(copy)).toMatchObject({ code: 0, err: "" });
  const lines = (await readFile(copy, "utf8")).split("\n");
  const rows = lines.filter((line) => line.startsWith('{"row"'));
  await writeFile(cut, `${[...lines.filter((line) => line.startsWith('{"roster"')), rows[0]].join("\n")}\n`);
  const { code, err } = await verify(cut);
  expect([code, err]).toEqual([1, expect.stringMatching(/: [0-9Q-]+\/[a-z0-9-]+\.seen\.note: the row/)]);
}

test("a quarter from its plan to its publication, by the hands of reviewers and officers alone", async () => {
  passTo(-20);
  expect(await officer(0, "plan")).toMatchObject({ period: quarter, outcome: "proposed" });
  expect(await officer(1, "plan", "--period", quarter)).toMatchObject({ outcome: "shown" });
  expect(await officer(1, "plan", "--period", quarter, "--sign")).toMatchObject({ outcome: "planned" });

  passTo(30);
  await label(at.lead, text, "--plausible", "--locality", village);
  await label(at.lead, "Vingt chèvres", "--plausible");
  await label(at.lead, "Une rumeur");
  await label(at.reviewer, "Une moto", "--plausible");
  for (const index of [0, 1]) expect(await officer(index, "commit")).toMatchObject({ outcome: "committed" });
  expect(await refusal(at.lead, "labels", "post")).toBe("release.order");

  passTo(92);
  expect(await refusal(at.reviewer, "labels", "post")).toBe("quarterKey.missing");
  const shown = await run(at.lead, "labels", "post", "--dry-run");
  const rows = shown["rows"] as readonly { readonly unit: number; readonly place: string }[];
  // Of one day, in no order; the rumour is not plausible.
  expect(rows.map(({ unit }) => unit)).toEqual([1, 2]);
  expect(rows.map(({ place }) => place).toSorted()).toEqual(["ML0702", "a locality"]);
  expect(rows[0]).toMatchObject({ category: "CAT", region: "ML07" });
  for (const person of [at.lead, at.reviewer, r3])
    expect(await run(person, "labels", "post")).toMatchObject({ period: quarter, outcome: "posted" });
  expect(await run(r3, "labels", "post")).toMatchObject({ outcome: "already" });
  expect(await refusal(at.officers[0]!, "release", "claim", "--dir", dirOf(at.officers[0]!))).toBe("release.order");

  passTo(106);
  expect(await officer(1, "claim")).toMatchObject({ outcome: "claimed", posts: 3 });
  for (const index of [0, 1]) expect(await officer(index, "reveal")).toMatchObject({ outcome: "revealed" });
  expect(await officer(0, "draw")).toMatchObject({ outcome: "drawn", gaps: [], refused: [], strayed: false });
  expect(await officer(1, "cosign")).toMatchObject({ outcome: "cosigned" });
  expect(await readdir(join(dirOf(at.officers[1]!), quarter))).toEqual(["release.note"]);
  expect(await officer(1, "publish")).toMatchObject({ outcome: "published" });
  expect(await officer(0, "status")).toMatchObject({ state: "cosigned", step: null, forgotten: true });
  expect(await readdir(join(dirOf(at.officers[0]!), quarter))).toEqual([]);
  const { db } = at.gate.store.store;
  for (const table of ["label", "quarter_key", "release_parcel"] as const)
    expect(await db.selectFrom(table).select("period").execute()).toEqual([]);
});

test("before its instant nobody is shown it; from then on it verifies with the anchors alone, and an edited figure does not", async () => {
  const { publishesMs } = planOf();
  at.gate.clock.advanceMs(publishesMs - 1 - at.gate.clock.nowMs());
  vi.setSystemTime(at.gate.clock.nowMs());
  const before = await fetched();
  expect(await page()).not.toContain("Vol de bétail");
  const coming = await news();
  expect((await readdir(join(before, quarter))).filter((name) => /release|csv/.test(name))).toEqual([]);
  expect(await verified(before)).toMatchObject({ ok: true });
  at.gate.clock.advanceMs(1);
  vi.setSystemTime(at.gate.clock.nowMs());
  const after = await fetched();
  // Pages are read from the store once a second, and edges ask every half minute.
  at.gate.clock.advanceMs(30_000);
  vi.setSystemTime(at.gate.clock.nowMs());
  expect(await page()).toContain("Vol de bétail");
  const heard = await news();
  expect(heard).toMatch(/^CON /);
  expect(heard).not.toBe(coming);
  expect(await verified(after)).toMatchObject({ ok: true });
  await auditHolds(after);
  const path = join(after, quarter, "t1.csv");
  const csv = await readFile(path, "utf8");
  await writeFile(
    path,
    csv.replace(/,(\d)/, (_, digit) => `,${(Number(digit) + 1) % 10}`),
  );
  expect(await verified(after)).toMatchObject({ ok: false, code: "release.file", path: `${quarter}/t1.csv` });
});

test("nothing that was reported, and no village, is anywhere on the server or in anything that was said", async () => {
  const scan = canary({ names: ["Hamidou Cissé"], places: [village], texts: [text] });
  const { home } = at.gate.store;
  const contents = [{ where: "said", content: said.filter((line) => !line.includes('"text"')).join("\n") }];
  const directories = [join(home, "postgres"), ...at.officers.map(dirOf)];
  expect(await scan.scan({ directories, contents })).toEqual([]);
  const planted = [{ where: "planted", content: `${text} ${village}` }];
  expect((await scan.scan({ contents: planted })).length).toBeGreaterThan(2);
});

test("every step that the runbook shows is a command of this program", async () => {
  const runbook = await readFile(join(import.meta.dirname, "../../deploy/RUNBOOK.md"), "utf8");
  const section = runbook.split(/^## /m).find((one) => one.startsWith("Trends: the quarter")) ?? "";
  const commands = new Set(
    [...section.matchAll(/npx gundo ((?:labels|release|roster) [a-z-]+)/g)].map(([, name]) => name!),
  );
  expect([...commands].toSorted()).toEqual([
    "labels key",
    "labels post",
    ...["authorise", "claim", "commit", "cosign", "draw", "erratum", "fetch"].map((name) => `release ${name}`),
    ...["plan", "publish", "reveal", "simulate", "status", "verify"].map((name) => `release ${name}`),
  ]);
  for (const name of commands) {
    const { code, out } = await runGundo(...name.split(" "), "--help");
    expect([code, out.startsWith(`gundo ${name}`)]).toEqual([0, true]);
  }
});
