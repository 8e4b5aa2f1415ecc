import { Hono } from "hono";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DeskId, E164 } from "../../src/base/brand.ts";
import { shuffled, systemChance } from "../../src/base/chance.ts";
import { dayOf, systemClock, type UnixDay } from "../../src/base/clock.ts";
import { mailboxRoutes } from "../../src/gate/mailbox.ts";
import type { Mailboxes } from "../../src/intake/core.ts";
import { openMailboxes } from "../../src/intake/mailboxes.ts";
import { openReadings } from "../../src/intake/readings.ts";
import { openReceipts } from "../../src/intake/receipts.ts";
import { openUssdSessions } from "../../src/intake/ussd-sessions.ts";
import { openSources } from "../../src/intake/sources.ts";
import { takeTurn, type PhoneEdge } from "../../src/intake/ussd.ts";
import { deriveMailbox, type Mailbox, type MailboxRead } from "../../src/mailbox/mailbox.ts";
import { evaluate } from "../../src/mailbox/oprf.ts";
import { oprfKeyOf } from "../../src/mailbox/oprf-key.ts";
import { newReceipt, type Receipt } from "../../src/mailbox/receipt.ts";
import { mailboxStore } from "../../src/store/mailbox.ts";
import { answerReleases, releaseRule } from "../../src/triage/mailbox.ts";
import { HandClock, testBoard, testRoster } from "../support/board.ts";
import { sealReply, TestMailboxes } from "../support/mailboxes.ts";
import { callFrom, MemoryCore, phoneEdge } from "../support/phone.ts";
import { withStore, type TestStore } from "../support/store.ts";

const each = 200;
/** Six hundred readings take minutes on a busy machine, and may have to be done twice. */
const twoMeasures = 600_000;
const kinds = ["wrong", "empty", "full"] as const;
type Kind = (typeof kinds)[number];

const key = oprfKeyOf(systemChance.bytes(32));
const boxOf = (receipt: Receipt): Promise<Mailbox> => deriveMailbox(receipt, evaluate(key, receipt));

let store: TestStore;
let mailboxes: Mailboxes;
/** A receipt whose mailbox holds four answers, and one whose mailbox was emptied. */
let receipts: Readonly<Record<"full" | "empty", Receipt>>;
let boxes: Readonly<Record<"full" | "empty", Mailbox>>;

beforeAll(async () => {
  store = await withStore();
  mailboxes = openMailboxes(mailboxStore(store.store.db), systemClock, systemChance);
  receipts = { full: newReceipt(systemChance), empty: newReceipt(systemChance) };
  boxes = { full: await boxOf(receipts.full), empty: await boxOf(receipts.empty) };
  const day: UnixDay = dayOf(systemClock.nowMs());
  for (const box of Object.values(boxes))
    for (let count = 0; count < 4; count++) {
      const text = `Réponse ${count} `.repeat(count === 3 ? 250 : 20);
      const reply = { desk: "all" as DeskId, exclude: [], language: "fr", day, text };
      await mailboxes.write(box.id, sealReply(box, reply));
    }
  const release = answerReleases({ store: store.store, rule: releaseRule, clock: systemClock, chance: systemChance });
  await release();
  await mailboxes.forget(boxes.empty.read);
});
afterAll(() => store.stop());

interface Taken<T> {
  readonly kind: Kind;
  readonly ms: number;
  readonly got: T;
}

const later = "END Lecture impossible";

/** On a machine that is busy with other tests a phone may be told to read later; then it tries again, as people do. */
async function timed<T>(kind: Kind, read: (kind: Kind) => Promise<T>): Promise<{ ms: number; got: T }> {
  for (;;) {
    const before = performance.now();
    const got = await read(kind);
    const ms = performance.now() - before;
    if (typeof got !== "string" || !got.startsWith(later)) return { ms, got };
  }
}

/** Two hundred of each kind in one random order, so many at once, each with its time. */
async function measured<T>(width: number, read: (kind: Kind) => Promise<T>): Promise<readonly Taken<T>[]> {
  const all = kinds.flatMap((kind) => Array.from({ length: each }, () => kind));
  const order = shuffled(systemChance, all);
  const taken: Taken<T>[] = [];
  const lane = async (): Promise<void> => {
    for (let kind = order.pop(); kind !== undefined; kind = order.pop()) {
      taken.push({ kind, ...(await timed(kind, read)) });
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return taken;
}

function below(sample: readonly number[], at: number): number {
  return sample.filter((one) => one <= at).length / sample.length;
}

/** Kolmogorov and Smirnov's statistic: the widest gap between two samples' distribution functions. */
function widestGap(a: readonly number[], b: readonly number[]): number {
  return Math.max(...[...a, ...b].map((at) => Math.abs(below(a, at) - below(b, at))));
}

// sqrt(-ln(alpha / 2) / 2) * sqrt(2 / n) at alpha = 0.001 (Smirnov 1948).
const distinguished = Math.sqrt(-Math.log(0.0005) / 2) * Math.sqrt(2 / each);

function tellsApart(taken: readonly Taken<unknown>[]): boolean {
  const times = (kind: Kind): readonly number[] => taken.filter((one) => one.kind === kind).map(({ ms }) => ms);
  const pairs = [
    ["wrong", "empty"],
    ["wrong", "full"],
    ["empty", "full"],
  ] as const;
  return pairs.some(([a, b]) => widestGap(times(a), times(b)) > distinguished);
}

/** Chance alone tells apart once in 300 runs; twice in a row it does not. */
async function indistinguishable<T>(measure: () => Promise<readonly Taken<T>[]>): Promise<readonly Taken<T>[]> {
  const taken = await measure();
  if (!tellsApart(taken)) return taken;
  const again = await measure();
  expect(tellsApart(again)).toBe(false);
  return again;
}

const rightOf = (kind: Kind): MailboxRead =>
  kind === "wrong" ? (systemChance.bytes(16) as Uint8Array as MailboxRead) : boxes[kind].read;

interface Heard {
  readonly status: number;
  readonly headers: string;
  readonly bytes: number;
}

async function readOver(app: Hono, kind: Kind): Promise<Heard> {
  const answer = await app.request("/mailbox/read", { method: "POST", body: new Uint8Array(rightOf(kind)) });
  const { byteLength: bytes } = await answer.arrayBuffer();
  return { status: answer.status, headers: JSON.stringify([...answer.headers]), bytes };
}

const free = (): null => null;

test(
  "over HTTP a wrong right, an empty and a full mailbox have one length, one head and one time",
  async () => {
    const app = new Hono().route("/", mailboxRoutes(mailboxes, free));
    const taken = await indistinguishable(() => measured(8, (kind) => readOver(app, kind)));
    expect(taken).toHaveLength(kinds.length * each);
    expect(new Set(taken.map(({ got }) => JSON.stringify(got))).size).toBe(1);
  },
  twoMeasures,
);

/** Mailboxes that take so much longer where something lies. */
const slowerBy = (ms: number): Mailboxes => ({
  ...mailboxes,
  read: async (read) => {
    const files = await mailboxes.read(read);
    if (read === boxes.full.read) await pause(ms);
    return files;
  },
});

test(
  "the measure tells them apart where an answer is given as soon as it is there",
  async () => {
    // So much that it stands out where other work takes turns with it too.
    const bared = slowerBy(100);
    const bare = (kind: Kind): Promise<unknown> => bared.read(kind === "full" ? boxes.full.read : rightOf(kind));
    expect(tellsApart(await measured(4, bare))).toBe(true);
    const slower = slowerBy(20);
    const app = new Hono().route(
      "/",
      mailboxRoutes({ ...slower, read: (read) => slower.read(isFull(read) ? boxes.full.read : read) }, free),
    );
    await indistinguishable(() => measured(8, (kind) => readOver(app, kind)));
  },
  twoMeasures,
);

const isFull = (read: MailboxRead): boolean => read.every((byte, index) => byte === boxes.full.read[index]);

test(
  "on the phone they have one time, and a wrong code and an empty box one screen",
  async () => {
    const clock = new HandClock(new Date().toISOString());
    const board = testBoard(clock);
    const roster = testRoster(clock, board);
    const oprfKeys = { current: key, previous: null };
    const parts = { core: new MemoryCore(), held: new TestMailboxes(), roster, clock, oprfKeys };
    const made = phoneEdge({ ...parts, seenKey: systemChance.bytes(32) });
    const edgeOf = (): PhoneEdge => {
      const derived = openReceipts(oprfKeys, systemChance);
      const readings = openReadings({ receipts: derived, mailboxes, clock: systemClock });
      return {
        ...made,
        sources: openSources(clock, systemChance),
        sessions: openUssdSessions(clock),
        mailboxes,
        readings,
      };
    };
    let phones = 0;
    const dial = async (kind: Kind, edge: PhoneEdge, sessionId: string): Promise<string> => {
      const digits = kind === "wrong" ? newReceipt(systemChance) : receipts[kind];
      const from = `+2237${String(phones++).padStart(7, "0")}` as E164;
      return takeTurn(edge, { kind: "ussdTurn", ...callFrom(from, sessionId, `2*${digits}`) });
    };
    const measure = async (): Promise<readonly Taken<string>[]> => {
      const edges = [edgeOf(), edgeOf()];
      let sessions = 0;
      return measured(8, (kind) => dial(kind, edges[sessions % 2]!, `s${sessions++}`));
    };
    const taken = await indistinguishable(measure);
    const screens = (kind: Kind): ReadonlySet<string> =>
      new Set(taken.filter((one) => one.kind === kind).map(({ got }) => got));
    expect(screens("wrong").size).toBe(1);
    expect(screens("empty")).toEqual(screens("wrong"));
    expect([...screens("wrong")][0]).toMatch(/^CON Pas encore de reponse\./);
    for (const screen of screens("full")) expect(screen).toMatch(/^CON Reponse du /);
  },
  twoMeasures,
);
