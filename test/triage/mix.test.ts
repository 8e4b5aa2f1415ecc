import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ReportId } from "../../src/base/brand.ts";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, dayOf, msPerDay } from "../../src/base/clock.ts";
import { countArrivals, insertArrival } from "../../src/store/arrival.ts";
import { listReports } from "../../src/store/report.ts";
import { mixRule, mixTicks } from "../../src/triage/mix.ts";
import { offerReport } from "../../src/triage/offer.ts";
import { sweeps } from "../../src/triage/sweep.ts";
import { HandClock } from "../support/board.ts";
import { arrival, desk, numberOf } from "../support/reports.ts";
import { withStore, type TestStore } from "../support/store.ts";

let store: TestStore;
let clock: HandClock;
let enqueued: ReportId[];
beforeAll(async () => {
  store = await withStore();
});
afterAll(() => store.stop());
beforeEach(async () => {
  clock = new HandClock();
  enqueued = [];
  for (const table of ["arrival", "report", "offer"] as const) await store.store.db.deleteFrom(table).execute();
});

const enqueue = async (ids: readonly ReportId[]): Promise<void> => void enqueued.push(...ids);
const db = () => store.store.db;

async function arrive(count: number, receivedDay = dayOf(clock.nowMs())): Promise<void> {
  for (let number = 0; number < count; number++) await insertArrival(db(), arrival(number, { receivedDay }));
}

async function reportIds(): Promise<readonly ReportId[]> {
  return (await listReports(db(), { desk, limit: 100 })).reports.map(({ id }) => id);
}

const newTick = () => mixTicks({ store: store.store, rule: mixRule, clock, chance: systemChance, enqueue });

describe("the mix", () => {
  test("seven wait; the eighth moves all of them, under new ids, with one job each", async () => {
    const tick = newTick();
    await arrive(7);
    await tick();
    expect(await countArrivals(db())).toBe(7);
    await insertArrival(db(), arrival(7));
    await tick();
    expect(await countArrivals(db())).toBe(0);
    expect(enqueued.toSorted()).toEqual([...(await reportIds())].toSorted());
    expect(enqueued).toHaveLength(8);
  });

  test("one that waits ten minutes goes alone; after a restart it waits at most as long once more", async () => {
    const tick = newTick();
    await arrive(1);
    await tick();
    clock.advanceMs(599_000);
    await tick();
    expect(await countArrivals(db())).toBe(1);
    const restarted = newTick();
    clock.advanceMs(1_000);
    await restarted();
    expect(await countArrivals(db())).toBe(1);
    await tick();
    expect(await countArrivals(db())).toBe(0);
  });

  test("an order that the source gives is the order written", async () => {
    await arrive(8);
    // Draws of zero: Fisher and Yates then swaps each item with the first.
    const zeros = { bytes: (length: number) => new Uint8Array(length) };
    await mixTicks({
      store: store.store,
      rule: mixRule,
      clock,
      chance: { bytes: (length) => (length === 4 ? zeros.bytes(4) : systemChance.bytes(length)) },
      enqueue,
    })();
    const rows = await db().selectFrom("report").select("door_hash").execute();
    expect(rows.map(({ door_hash }) => numberOf(door_hash))).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(rows).toHaveLength(8);
  });
});

test("an offer sets the coarse deadlines once, however often the job runs", async () => {
  await arrive(8);
  await mixTicks({ store: store.store, rule: mixRule, clock, chance: systemChance, enqueue })();
  const today = dayOf(clock.nowMs());
  await offerReport(store.store, enqueued[0]!, clock);
  clock.advanceMs(msPerDay);
  await offerReport(store.store, enqueued[0]!, clock);
  const offers = await db().selectFrom("offer").selectAll().execute();
  expect(offers).toHaveLength(1);
  expect(offers[0]).toMatchObject({
    round: 0,
    look_day: today + 2,
    acknowledge_day: today + 7,
    answer_day: today + 90,
  });
});

/** Where each row lies and which transaction wrote it. */
async function places(): Promise<readonly { id: string; xmin: string; ctid: string }[]> {
  const { rows } = await sql<{ id: string; xmin: string; ctid: string }>`
    select encode(id, 'hex') as id, xmin::text as xmin, ctid::text as ctid from report order by id`.execute(db());
  return rows;
}

test("the sweep adds the jobs a crash left out, deletes at 180 days, and re-writes past days once", async () => {
  const today = dayOf(clock.nowMs());
  await arrive(4, today);
  await arrive(4, addDays(today, -180));
  await mixTicks({ store: store.store, rule: mixRule, clock, chance: systemChance, enqueue: async () => undefined })();
  let events = 0;
  const sweep = sweeps({
    store: store.store,
    enqueue,
    sweepEvents: async () => events++,
    clock,
    chance: systemChance,
    emit: () => undefined,
  });
  await sweep();
  expect(await reportIds()).toHaveLength(4);
  expect(enqueued).toHaveLength(8);
  expect(events).toBe(1);
  const before = await places();
  clock.advanceMs(msPerDay);
  await sweep();
  const after = await places();
  expect(after.map(({ id }) => id).toSorted()).toEqual(before.map(({ id }) => id).toSorted());
  for (const { id, xmin } of after) expect(before.find((row) => row.id === id)?.xmin).not.toBe(xmin);
  await sweep();
  expect(await places()).toEqual(after);
});
