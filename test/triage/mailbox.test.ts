import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemChance } from "../../src/base/chance.ts";
import { dayOf, msPerDay } from "../../src/base/clock.ts";
import { codeOf, Fault } from "../../src/base/fault.ts";
import { shapeOf } from "../../src/envelope/shape.ts";
import { sealToNobody } from "../../src/envelope/nobody.ts";
import { plainBytes } from "../../src/store/bytes.ts";
import { countHeld, mailboxStore } from "../../src/store/mailbox.ts";
import { answerReleases, decoyCount, demoReleaseRule, releaseRule } from "../../src/triage/mailbox.ts";
import { HandClock } from "../support/board.ts";
import { numbered, numberOf } from "../support/reports.ts";
import { withStore, type TestStore } from "../support/store.ts";

let store: TestStore;
let clock: HandClock;
beforeAll(async () => {
  store = await withStore();
});
afterAll(() => store.stop());
beforeEach(async () => {
  clock = new HandClock();
  for (const table of ["mailbox_held", "mailbox_message"] as const) await store.store.db.deleteFrom(table).execute();
});

const db = () => store.store.db;
const box = (number: number) => numbered(number).slice(0, 16);
const write = (number: number) =>
  mailboxStore(db()).hold({ id: box(number), day: dayOf(clock.nowMs()), sealed: sealToNobody(1, systemChance) });
const releases = (rest: Partial<Parameters<typeof answerReleases>[0]> = {}) =>
  answerReleases({ store: store.store, rule: releaseRule, clock, chance: systemChance, ...rest });

interface Row {
  readonly box: Uint8Array;
  readonly day: number;
  readonly sealed: Uint8Array;
  readonly xmin: string;
}

async function released(): Promise<readonly Row[]> {
  const rows = await sql<Row>`
    select mailbox_id as box, day, sealed, xmin::text as xmin from mailbox_message order by ctid`.execute(db());
  return rows.rows;
}

/** The test's own mailboxes are numbered from 0; a random one is not. */
const isReal = ({ box: id }: Row): boolean => numberOf(id) < 1_000 && id.subarray(4).every((byte) => byte === 0);

describe("a release", () => {
  test("moves every answer once, with decoys that nothing but a key tells from them", async () => {
    for (let number = 0; number < 6; number++) await write(number);
    await releases()();
    expect(await countHeld(db())).toBe(0);
    const rows = await released();
    const real = rows.filter(isReal);
    expect(real.map(({ box: id }) => numberOf(id)).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(rows.length - real.length).toBeGreaterThanOrEqual(releaseRule.fewDecoys);
    const facets = new Set(
      rows.map(({ day, xmin, sealed }) => `${day} ${xmin} ${JSON.stringify(shapeOf(plainBytes(sealed)))}`),
    );
    expect(facets.size).toBe(1);
    expect(new Set(rows.map((row) => Buffer.from(row.box).toString("hex"))).size).toBe(rows.length);
  });

  test("dates answers and decoys to its own day, also those that were written before midnight", async () => {
    await write(1);
    clock.advanceMs(msPerDay);
    await releases()();
    expect(new Set((await released()).map(({ day }) => day))).toEqual(new Set([dayOf(clock.nowMs())]));
  });

  test("without an answer is decoys alone; in a demo it is nothing", async () => {
    await releases({ rule: demoReleaseRule })();
    expect(await released()).toEqual([]);
    await releases()();
    const rows = await released();
    expect(rows.length).toBeGreaterThanOrEqual(releaseRule.fewDecoys);
    expect(rows.some(isReal)).toBe(false);
    await write(1);
    await releases({ rule: demoReleaseRule })();
    expect((await released()).filter(isReal)).toHaveLength(1);
  });

  test("puts an answer in any place: over many releases its rank is uniform", async () => {
    // Ranks of the one answer among its release, cut into four; a fair order misses this bound once in 10^6 runs.
    const runs = 160;
    const quarters = [0, 0, 0, 0];
    const release = releases({ rule: { fewDecoys: 3, whenNoneWaits: true } });
    for (let run = 0; run < runs; run++) {
      await write(run);
      const before = (await released()).length;
      await release();
      const rows = (await released()).slice(before);
      const at = rows.findIndex(isReal);
      quarters[Math.floor((4 * (at + Math.random())) / rows.length)]! += 1;
      await db().deleteFrom("mailbox_message").execute();
      await sql`vacuum (truncate on) mailbox_message`.execute(db());
    }
    const expected = runs / 4;
    const chiSquare = quarters.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(30.7);
  });

  test("that dies before its commit loses nothing, and one that dies after it doubles nothing", async () => {
    for (let number = 0; number < 3; number++) await write(number);
    let draws = 0;
    const dying = {
      bytes: (length: number) => {
        // In the midst of its decoys and ids.
        if (++draws > 20) throw new Fault("store.unavailable");
        return systemChance.bytes(length);
      },
    };
    expect(await releases({ chance: dying })().catch(codeOf)).toBe("store.unavailable");
    expect([await countHeld(db()), (await released()).length]).toEqual([3, 0]);
    await releases()();
    const after = await released();
    await releases()();
    const real = (await released()).filter(isReal);
    expect(after.filter(isReal)).toHaveLength(3);
    expect(real).toHaveLength(3);
  });

  test("leaves no answer in the file of the table it waited in", async () => {
    for (let number = 0; number < 8; number++) await write(number);
    await releases()();
    const size = sql<{ bytes: number }>`select pg_relation_size('mailbox_held')::integer as bytes`;
    expect((await size.execute(db())).rows).toEqual([{ bytes: 0 }]);
  });
});

const mean = (few: number, lately: readonly number[]): number => {
  const drawn = Array.from({ length: 2_000 }, () => decoyCount(systemChance, few, lately));
  return drawn.reduce((sum, count) => sum + count, 0) / drawn.length;
};

describe("how many decoys", () => {
  test("never under a few, and on average not under what the releases lately held", () => {
    const drawn = Array.from({ length: 500 }, () => decoyCount(systemChance, 4, []));
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(4);
    expect(new Set(drawn).size).toBeGreaterThan(5);
    // Standard errors are 0.05 and 0.13: these miss once in far more than 10^9 runs.
    expect(Math.abs(mean(4, []) - 8)).toBeLessThan(0.5);
    expect(Math.abs(mean(4, [30, 30, 0, 60]) - 34)).toBeLessThan(1.2);
  });
});
