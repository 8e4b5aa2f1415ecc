import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DeskId } from "../../src/base/brand.ts";
import { hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { msPerDay } from "../../src/base/clock.ts";
import { runDecoys, type Timer } from "../../src/intake/decoy-clock.ts";
import { alike } from "../../src/intake/alike.ts";
import { openTally } from "../../src/intake/decoys.ts";
import { remoteCore } from "../../src/intake/remote.ts";
import { findDesk } from "../../src/roster/roster.ts";
import { demoMixRule, mixTicks } from "../../src/triage/mix.ts";
import { turn, sms, webPost } from "../conformance/edge.ts";
import { edgeSecret, openedBy, withCore, type Heard, type TestCore } from "../support/core.ts";
import { meansFor, nodeEdge, type TestEdge } from "../support/edge.ts";
import { until } from "../support/store.ts";
import { plainBytes } from "../../src/store/bytes.ts";
import type { Sealed } from "../../src/base/brand.ts";

const each = 100;
const long = "Le camion blanc passe chaque mardi avant l'aube près du puits. ";

let core: TestCore;
let edge: TestEdge;
const heard = new Map<string, readonly Heard[]>();
const stored = new Map<string, readonly Row[]>();
/** Rows of the table `seen` for each channel. */
const repeats = new Map<string, string>();

/** All that the core keeps of one report, and what of it can be told without a key. */
interface Row {
  readonly columns: string;
  readonly lengths: string;
  readonly values: string;
  readonly header: string;
  readonly sealed: Sealed;
}

/** A sealed file with every byte that chance or a key decides made the same: its skeleton. */
function skeleton(sealed: Uint8Array): string {
  const text = Buffer.from(sealed).toString("latin1");
  const payload = text.indexOf("\n", text.indexOf("\n--- ") + 1) + 1;
  const header = text
    .slice(0, payload)
    .replaceAll(/(?<=^-> mlkem768x25519 )\S+|(?<=^--- )\S+|^[A-Za-z0-9+/]{43}$/gm, (part) => `<${part.length}>`);
  return `${header}${text.length - payload}`;
}

function lengthOf(value: unknown): string {
  return value instanceof Uint8Array ? `${value.length} bytes` : typeof value;
}

async function rowsOf(): Promise<readonly Row[]> {
  const { rows } = await sql<Record<string, unknown>>`select * from gundo.report`.execute(core.store.store.db);
  return rows.map((row) => {
    const entries = Object.entries(row);
    return {
      columns: entries.map(([name]) => name).join(),
      lengths: entries.map(([name, value]) => `${name}: ${lengthOf(value)}`).join(),
      values: entries
        .flatMap(([name, value]) => (value instanceof Uint8Array ? [] : [`${name}: ${String(value)}`]))
        .join(),
      header: skeleton(plainBytes(row["sealed"] as Uint8Array)),
      sealed: plainBytes(row["sealed"] as Uint8Array) as Sealed,
    };
  });
}

/** What came in by one channel, as the core heard it and, once mixed, as it keeps it. */
async function record(channel: string, send: () => Promise<void>): Promise<void> {
  const { db } = core.store.store;
  for (const table of ["arrival", "report", "seen"] as const) await db.deleteFrom(table).execute();
  core.heard.length = 0;
  await send();
  const posts = core.heard.filter(({ method }) => method === "POST");
  expect(posts, channel).toHaveLength(each);
  heard.set(channel, posts);
  const { rows } = await sql<{ count: string }>`select count(*) from gundo.seen`.execute(db);
  repeats.set(channel, rows[0]!.count);
  const { clock } = core;
  const parts = { store: core.store.store, rule: demoMixRule, clock, chance: systemChance };
  await mixTicks({ ...parts, enqueue: async () => undefined })();
  stored.set(channel, await rowsOf());
}

// More browser posts under way than this are asked for work first.
const atOnce = 32;

async function sendAll(requests: readonly [string, RequestInit][], status: number): Promise<void> {
  for (let from = 0; from < requests.length; from += atOnce) {
    const some = requests.slice(from, from + atOnce);
    const answers = await Promise.all(some.map(([path, init]) => edge.request(path, init)));
    for (const answer of answers) expect([answer.status, await answer.text()]).toEqual([status, expect.anything()]);
  }
}

const numbered = (make: (index: number) => [string, RequestInit]): [string, RequestInit][] =>
  Array.from({ length: each }, (_, index) => make(index));

/** Decoys of the first desk as an edge posts them, one after another without the hours between. */
async function sendDecoys(): Promise<void> {
  const { clock, url } = core;
  const due: (() => void)[] = [];
  const timer: Timer = (_afterMs, run) => {
    due.push(run);
    return () => undefined;
  };
  const { seenKeys } = meansFor(core);
  const roster = core.roster();
  const first = { ...roster, desks: [findDesk(roster, "all" as DeskId)!] };
  const tally = openTally(clock);
  // So often that none is put off: the wait is never longer than the time to draw again.
  const parts = { tally, floorPerDay: msPerDay, chance: systemChance, timer, roster: () => first };
  let posted = 0;
  const way = alike(remoteCore({ url, edgeSecret }), seenKeys, systemChance);
  const counted = {
    accept: async (posting: Parameters<typeof way.accept>[0]) => way.accept(posting).finally(() => posted++),
  };
  const decoys = runDecoys({
    ...parts,
    core: counted,
    failed: (code) => {
      throw new Error(code);
    },
  });
  for (let times = 0; times < each; times++) due.shift()!();
  await until(() => posted === each);
  await decoys[Symbol.asyncDispose]();
}

beforeAll(async () => {
  core = await withCore();
  edge = await nodeEdge(core);
  await record("sms", () =>
    sendAll(
      numbered((index) => sms(`sms-${index}`, long.repeat(1 + (index % 25)))),
      200,
    ),
  );
  await record("ussd", () =>
    sendAll(
      numbered((index) => turn(`ussd-${index}`, `1*1*Mots ${index}*0`)),
      200,
    ),
  );
  await record("web", () =>
    sendAll(
      numbered((index) => webPost(core, long.repeat(1 + (index % 50)))),
      201,
    ),
  );
  await record("decoys", sendDecoys);
});
afterAll(async () => {
  await edge?.stop();
  await core?.stop();
});

const channels = ["sms", "ussd", "web", "decoys"];

test("a hundred of each came, reports open for their reader and decoys for nobody", () => {
  for (const channel of channels) {
    const kinds = stored.get(channel)!.map(({ sealed }) => openedBy(core, 0, sealed)?.kind ?? null);
    expect(kinds).toEqual(Array.from({ length: each }, () => (channel === "decoys" ? null : "report")));
  }
});

test.each(["columns", "lengths", "values", "header"] as const)("the %s of what the core keeps are one set", (facet) => {
  const sets = channels.map((channel) => [
    ...new Set(
      stored
        .get(channel)!
        .map((row) => (facet === "values" ? row.values.replace(/received_day: \d+/, "") : row[facet])),
    ),
  ]);
  expect(sets[0]).toHaveLength(1);
  for (const set of sets) expect(set).toEqual(sets[0]);
});

test("stanzas are as many, and each file has one length", () => {
  const lengths = channels.map((channel) => new Set(stored.get(channel)!.map(({ sealed }) => sealed.length)));
  expect(new Set(lengths.flatMap((one) => [...one])).size).toBe(1);
  const [{ header }] = stored.get("decoys") as readonly [Row];
  expect(header.match(/^-> mlkem768x25519 <\d+>$/gm)).toHaveLength(5);
});

test("no two rows of any channel share a byte string: nothing marks a channel by being the same", () => {
  const rows = channels.flatMap((channel) => stored.get(channel)!);
  for (const part of [0, 1200, 9000]) {
    const pieces = rows.map(({ sealed }) => hex(sealed.subarray(part + 60, part + 92)));
    expect(new Set(pieces).size).toBe(rows.length);
  }
});

function heardOf(channel: string): Set<string> {
  return new Set(
    heard.get(channel)!.map(({ path, headers }) => {
      const named = [...headers].map(([name, value]) => `${name} ${value.length}`).toSorted();
      return `${path} ${named.join()}`;
    }),
  );
}

test("the core hears the same of each: path, names of headers, their lengths", () => {
  expect(heardOf("sms").size).toBe(1);
  for (const channel of channels) expect(heardOf(channel)).toEqual(heardOf("sms"));
});

test("the table of repeats holds as many rows for each, so it counts no phones", () => {
  // Two keys are live.
  expect(channels.map((channel) => repeats.get(channel))).toEqual(channels.map(() => String(2 * each)));
});
