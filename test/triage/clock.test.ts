import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, dayOf, msPerDay, type UnixDay } from "../../src/base/clock.ts";
import type { Event } from "../../src/base/events.ts";
import { sealToNobody } from "../../src/envelope/nobody.ts";
import { insertArrival } from "../../src/store/arrival.ts";
import { mailboxStore } from "../../src/store/mailbox.ts";
import { answerReleases, releaseRule } from "../../src/triage/mailbox.ts";
import { demoMixRule, mixTicks } from "../../src/triage/mix.ts";
import { sweeps } from "../../src/triage/sweep.ts";
import { HandClock } from "../support/board.ts";
import { arrival, numbered } from "../support/reports.ts";
import { withStore, type TestStore } from "../support/store.ts";

let store: TestStore;
const clock = new HandClock();
const events: Event[] = [];
const base = { clock, chance: systemChance, emit: (event: Event) => void events.push(event) };
beforeAll(async () => {
  store = await withStore();
});
afterAll(() => store.stop());

const db = () => store.store.db;
const box = numbered(7).slice(0, 16);
const today = (): UnixDay => dayOf(clock.nowMs());

/** A process begun just now, as after a restart. */
const sweep = () =>
  sweeps({ ...base, store: store.store, enqueue: async () => undefined, sweepEvents: async () => undefined })();

async function receiveAndRelease(number: number): Promise<void> {
  await insertArrival(db(), arrival(number, { receivedDay: today() }));
  await mixTicks({ ...base, store: store.store, rule: demoMixRule, enqueue: async () => undefined })();
  await mailboxStore(db()).hold({ id: box, day: today(), sealed: sealToNobody(1, systemChance) });
  await answerReleases({ ...base, store: store.store, rule: { ...releaseRule, fewDecoys: 0 } })();
}

async function kept(): Promise<readonly [number, number]> {
  const { rows } = await sql<{ reports: number; answers: number }>`select
    (select count(*)::integer from report) as reports,
    (select count(*)::integer from mailbox_message where mailbox_id = ${box}) as answers`.execute(db());
  return [rows[0]!.reports, rows[0]!.answers];
}

const failed = { event: "failed", part: "sweep", code: "sweep.clock" };

test("a clock a year ahead for a while loses nothing, and is said", async () => {
  await sweep();
  await receiveAndRelease(1);
  clock.advanceMs(365 * msPerDay);
  await sweep();
  await sweep();
  expect(await kept()).toEqual([1, 1]);
  expect(events).toEqual([failed, failed]);
  clock.advanceMs(-365 * msPerDay);
  await sweep();
  expect(await kept()).toEqual([1, 1]);
});

test("what came while the clock said 1970 is there once it is right again, and lives as long as all else", async () => {
  const right = clock.nowMs();
  clock.advanceMs(0 - right);
  await receiveAndRelease(2);
  await sweep();
  clock.advanceMs(right);
  await sweep();
  expect(await kept()).toEqual([2, 2]);
  const days = await db().selectFrom("report").select("received_day").distinct().execute();
  expect(days).toEqual([{ received_day: today() }]);
});

test("a machine that was really off for a year deletes what is due two days later, though restarted in between", async () => {
  clock.advanceMs(365 * msPerDay);
  await sweep();
  expect(await kept()).toEqual([2, 2]);
  clock.advanceMs(msPerDay);
  await sweep();
  expect(await kept()).toEqual([2, 2]);
  clock.advanceMs(msPerDay);
  await sweep();
  expect(await kept()).toEqual([0, 0]);
});

test("day after day, each report goes on its own day and none before", async () => {
  const first = today();
  for (let number = 10; number < 13; number++) {
    await receiveAndRelease(number);
    clock.advanceMs(msPerDay);
    await sweep();
  }
  const left: (readonly [number, number])[] = [];
  while (today() < addDays(first, 183)) {
    clock.advanceMs(msPerDay);
    // Two days at once are no leap, and a sweep each day would take long.
    if (today() % 2 === 0 || today() > addDays(first, 178)) await sweep();
    if (today() > addDays(first, 178)) left.push(await kept());
  }
  expect(left.map(([reports]) => reports)).toEqual([3, 2, 1, 0, 0]);
  expect(left.map(([, answers]) => answers)).toEqual([0, 0, 0, 0, 0]);
});
