import { createHash } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DoorHash, ReportId } from "../../src/base/brand.ts";
import { hex } from "../../src/base/bytes.ts";
import type { Chance } from "../../src/base/chance.ts";
import { dayOf, msPerDay, msPerHour } from "../../src/base/clock.ts";
import { insertArrival } from "../../src/store/arrival.ts";
import { listAudit } from "../../src/store/audit.ts";
import { mixRule, mixTicks } from "../../src/triage/mix.ts";
import { offerReport } from "../../src/triage/offer.ts";
import { sweeps } from "../../src/triage/sweep.ts";
import { HandClock } from "../support/board.ts";
import { arrival } from "../support/reports.ts";
import { withStore, type TestStore } from "../support/store.ts";

const reports = 200;
const clock = new HandClock();
let store: TestStore;
beforeAll(async () => {
  store = await withStore();
});
afterAll(() => store.stop());

/** SHA-256 over a counter: even, and the same in every run, so that nothing here can fail by bad luck. */
function countedChance(): Chance {
  let count = 0;
  const block = () => createHash("sha256").update(`night ${count++}`).digest();
  return {
    bytes: (length) => {
      const blocks = Array.from({ length: Math.ceil(length / 32) }, block);
      return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
    },
  };
}

interface Row {
  readonly door: string;
  readonly id: string;
  readonly xmin: string;
  readonly chunk: number;
}

/** The rows as they lie on disk. */
async function onDisk(): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`select encode(door_hash, 'hex') as door, encode(id, 'hex') as id, xmin::text as xmin,
    pg_column_toast_chunk_id(sealed)::bigint::float8 as chunk from report order by ctid`.execute(store.store.db);
  return rows;
}

/** Of `offer`, whose rows name reports. */
async function offersOnDisk(): Promise<readonly Pick<Row, "id" | "xmin">[]> {
  const { rows } = await sql<Row>`
    select encode(report_id, 'hex') as id, xmin::text as xmin from offer order by ctid`.execute(store.store.db);
  return rows;
}

/** How many transactions wrote what lies there. */
const transactions = async (): Promise<number> => new Set((await onDisk()).map(({ xmin }) => xmin)).size;
const withOffers = async (): Promise<number> => new Set((await offersOnDisk()).map(({ xmin }) => xmin)).size;

/** Rank correlation of two orders of the same things (Spearman): 1 is the same order, -1 the other way round. */
function correlation(a: readonly string[], b: readonly string[]): number {
  const place = new Map(b.map((one, index) => [one, index]));
  const squares = a.reduce((sum, one, index) => sum + (index - place.get(one)!) ** 2, 0);
  return 1 - (6 * squares) / (a.length * (a.length ** 2 - 1));
}

test("after the night nothing in `report` tells in which order a day's 200 reports came", async () => {
  const chance = countedChance();
  const { db } = store.store;
  const came: string[] = [];
  const enqueue = async (ids: readonly ReportId[]): Promise<void> => {
    for (const id of ids) await offerReport(store.store, id, clock);
  };
  const tick = mixTicks({ store: store.store, rule: mixRule, clock, chance, enqueue });
  for (let number = 0; number < reports; number++) {
    const doorHash = chance.bytes(32) as Uint8Array as DoorHash;
    came.push(hex(doorHash));
    await insertArrival(db, arrival(number, { doorHash, receivedDay: dayOf(clock.nowMs()) }));
    if (number % mixRule.batch === mixRule.batch - 1) await tick();
  }
  const evening = await onDisk();
  const doors = new Map(evening.map(({ id, door }) => [id, door]));
  const offered = async (): Promise<readonly string[]> => (await offersOnDisk()).map(({ id }) => doors.get(id)!);
  expect(correlation(came, await offered())).toBeGreaterThan(0.9);
  expect(new Set(evening.map(({ xmin }) => xmin)).size).toBe(reports / mixRule.batch);
  // What the night is for: by evening the batches lie one after the other.
  expect(
    correlation(
      came,
      evening.map(({ door }) => door),
    ),
  ).toBeGreaterThan(0.9);
  clock.advanceMs(msPerDay);
  await sweeps({
    store: store.store,
    enqueue: async () => undefined,
    sweepEvents: async () => 0,
    clock,
    chance,
    emit: () => undefined,
  })();
  const morning = await onDisk();
  expect(morning.map(({ door }) => door).toSorted()).toEqual(came.toSorted());
  expect(new Set(morning.map(({ xmin }) => xmin)).size).toBe(1);
  const orders = {
    place: morning,
    chunk: morning.toSorted((a, b) => a.chunk - b.chunk),
    id: morning.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    door: morning.toSorted((a, b) => (a.door < b.door ? -1 : 1)),
  };
  // Under chance the deviation is 0.07 for 200.
  for (const [name, rows] of Object.entries(orders)) {
    const told = correlation(
      came,
      rows.map(({ door }) => door),
    );
    expect([name, Math.abs(told) < 0.25]).toEqual([name, true]);
  }
  expect(Math.abs(correlation(came, await offered()))).toBeLessThan(0.25);
  expect(new Set((await offersOnDisk()).map(({ xmin }) => xmin)).size).toBe(1);
});

test("every other column says the same of all of them, and there are no more columns", async () => {
  const { rows } = await sql<{ name: string; distinct: number }>`
    select 'desk' as name, count(distinct desk)::integer as distinct from report
    union all select 'received_day', count(distinct received_day)::integer from report
    union all select 'size_class', count(distinct size_class)::integer from report`.execute(store.store.db);
  expect(rows.map(({ distinct }) => distinct)).toEqual([1, 1, 1]);
  const columns = await sql<{ name: string }>`select column_name as name from information_schema.columns
    where table_schema = current_schema() and table_name = 'report'`.execute(store.store.db);
  const known = ["id", "door_hash", "sealed", ...rows.map(({ name }) => name)];
  expect(columns.rows.map(({ name }) => name).toSorted()).toEqual(known.toSorted());
});

test("each past day is in the audit as swept, once, whatever number of sweeps there are", async () => {
  const sweep = () =>
    sweeps({
      store: store.store,
      enqueue: async () => undefined,
      sweepEvents: async () => 0,
      clock,
      chance: countedChance(),
      emit: () => undefined,
    })();
  await Promise.all([sweep(), sweep()]);
  const rows = await listAudit(store.store.db, 0, 100);
  expect(rows.map(({ action }) => action)).toEqual(Array.from({ length: 7 }, () => "daySwept"));
  expect(new Set(rows.map(({ object }) => hex(object))).size).toBe(7);
});

test("batches of a day that still runs are one after its next hour has come, their offers too", async () => {
  const chance = countedChance();
  const sweep = sweeps({
    store: store.store,
    enqueue: async () => undefined,
    sweepEvents: async () => 0,
    clock,
    chance,
    emit: () => undefined,
  });
  await sweep();
  const enqueue = async (ids: readonly ReportId[]): Promise<void> => {
    for (const id of ids) await offerReport(store.store, id, clock);
  };
  const tick = mixTicks({ store: store.store, rule: mixRule, clock, chance, enqueue });
  const day = dayOf(clock.nowMs());
  for (let number = 0; number < 5 * mixRule.batch; number++) {
    const doorHash = chance.bytes(32) as Uint8Array as DoorHash;
    await insertArrival(store.store.db, arrival(number, { doorHash, receivedDay: day }));
    if (number % mixRule.batch === mixRule.batch - 1) await tick();
  }
  // Those of the day before are one; within the hour nothing changes.
  await sweep();
  expect([await transactions(), await withOffers()]).toEqual([6, 41]);
  clock.advanceMs(msPerHour);
  await sweep();
  expect([await transactions(), await withOffers()]).toEqual([2, 2]);
});
