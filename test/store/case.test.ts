import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { CaseEventHash, DeskId, Plain } from "../../src/base/brand.ts";
import { shuffled, systemChance } from "../../src/base/chance.ts";
import { addDays } from "../../src/base/clock.ts";
import { codeOf, Fault } from "../../src/base/fault.ts";
import { insertArrival, moveArrivals } from "../../src/store/arrival.ts";
import { shuffleCases } from "../../src/store/case-shuffle.ts";
import {
  desksBehind,
  findAsides,
  findCase,
  findCases,
  listCaseEvents,
  postCaseEvent,
  type CasePost,
} from "../../src/store/case.ts";
import { deleteExpired } from "../../src/store/expire.ts";
import { tidy } from "../../src/store/tidy.ts";
import { arrival, day, desk, newId, numbered, numberOf, sealedNoise } from "../support/reports.ts";
import { withStore, type TestStore } from "../support/store.ts";

let subject: TestStore;
const db = () => subject.store.db;
beforeAll(async () => {
  subject = await withStore();
});
afterAll(() => subject.stop());
beforeEach(async () => {
  await sql`truncate report, "case", case_event, case_aside`.execute(db());
});

const hash = (number: number) => numbered(number) as Uint8Array as CaseEventHash;
const door = numbered(1);
const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Event `number`, after event `number - 1`; 1 is the first. */
function post(number: number, rest: Partial<CasePost> = {}): CasePost {
  return {
    doorHash: door,
    desk,
    hash: hash(number),
    after: number === 1 ? null : hash(number - 1),
    state: "open",
    sealed: sealedNoise(),
    aside: null,
    acknowledgeDay: addDays(day, 7),
    answerDay: addDays(day, 90),
    endsDay: null,
    ...rest,
  };
}

async function fill(count: number, rest: Partial<CasePost> = {}): Promise<void> {
  for (const index of range(count)) await postCaseEvent(db(), post(index + 1, rest));
}
const all = () => listCaseEvents(db(), { doorHash: door, after: 0, limit: 100 });

describe("a case", () => {
  test("keeps every byte of its events, in order, by pages, and moves on with each", async () => {
    const sealed = [sealedNoise(), sealedNoise(270_000), sealedNoise()];
    for (const [index, one] of sealed.entries())
      expect(await postCaseEvent(db(), post(index + 1, { sealed: one }))).toEqual({ outcome: "stored" });
    expect(await all()).toEqual(sealed.map((one, index) => ({ seq: index + 1, sealed: one })));
    const page = await listCaseEvents(db(), { doorHash: door, after: 1, limit: 1 });
    expect(page).toEqual([{ seq: 2, sealed: sealed[1] }]);
    expect(await findCase(db(), door)).toEqual({
      doorHash: door,
      desk,
      state: "open",
      head: hash(3),
      seq: 3,
      acknowledgeDay: addDays(day, 7),
      answerDay: addDays(day, 90),
    });
    expect(await findCase(db(), numbered(2))).toBeNull();
  });

  test("is found among many, and asking for none asks nothing", async () => {
    for (const number of range(5)) await postCaseEvent(db(), post(1, { doorHash: numbered(number) }));
    const found = await findCases(db(), [numbered(3), numbered(9), numbered(4)]);
    expect(found.map(({ doorHash }) => numberOf(doorHash)).toSorted((a, b) => a - b)).toEqual([3, 4]);
    expect(await findCases(db(), [])).toEqual([]);
    expect(await findAsides(db(), [])).toEqual([]);
  });

  test("its deadlines are those of the first event", async () => {
    await postCaseEvent(db(), post(1));
    await postCaseEvent(db(), post(2, { acknowledgeDay: day, answerDay: day }));
    expect(await findCase(db(), door)).toMatchObject({ acknowledgeDay: day + 7, answerDay: day + 90 });
  });

  test("clear bytes fit neither the type nor the table", async () => {
    const clear = sealedNoise().fill(65) as Uint8Array as Plain;
    // @ts-expect-error Plain is not Sealed (house.md, trust is a type).
    const insert = postCaseEvent(db(), post(1, { sealed: clear }));
    expect(await insert.catch(codeOf)).toBe("bug");
    // @ts-expect-error the hash of a door is not one of an event
    const other = (): CasePost => post(1, { hash: door });
    expect(other().hash).toHaveLength(32);
    expect(await findCase(db(), door)).toBeNull();
  });

  test("ends by a day exactly when it is closed", async () => {
    expect(await postCaseEvent(db(), post(1, { endsDay: day })).catch(codeOf)).toBe("bug");
    expect(await postCaseEvent(db(), post(1, { state: "closed" })).catch(codeOf)).toBe("bug");
  });
});

describe("two at once", () => {
  test("twenty first events: one is stored, nineteen are told of it", async () => {
    const outcomes = await Promise.all(range(20).map((number) => postCaseEvent(db(), post(1, { hash: hash(number) }))));
    expect(outcomes.filter(({ outcome }) => outcome === "stored")).toHaveLength(1);
    const { head } = (await findCase(db(), door))!;
    for (const one of outcomes) if (one.outcome !== "stored") expect(one).toEqual({ outcome: "conflict", head });
    expect(await all()).toHaveLength(1);
  });

  test("twenty that follow the same event: one is stored", async () => {
    await fill(1);
    const posts = range(20).map((number) => post(2, { hash: hash(100 + number) }));
    const outcomes = await Promise.all(posts.map((one) => postCaseEvent(db(), one)));
    expect(outcomes.filter(({ outcome }) => outcome === "stored")).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === "conflict")).toHaveLength(19);
    expect(await findCase(db(), door)).toMatchObject({ seq: 2 });
  });

  test("the same event again, and twenty times at once, is there once", async () => {
    const outcomes = await Promise.all(range(20).map(() => postCaseEvent(db(), post(1))));
    expect(outcomes.filter(({ outcome }) => outcome === "stored")).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === "already")).toHaveLength(19);
    await postCaseEvent(db(), post(2));
    expect(await postCaseEvent(db(), post(1))).toEqual({ outcome: "already" });
    expect(await all()).toHaveLength(2);
  });

  test("an event after one that never was is a conflict, in a case that is not there too", async () => {
    expect(await postCaseEvent(db(), post(2))).toEqual({ outcome: "conflict", head: null });
    await fill(1);
    expect(await postCaseEvent(db(), post(5))).toEqual({ outcome: "conflict", head: hash(1) });
  });
});

test("what happens alongside is kept with the event or not at all, and not for a repeat", async () => {
  const failing = postCaseEvent(db(), post(1), () => Promise.reject(new Fault("limit.reached")));
  expect(await failing.catch(codeOf)).toBe("limit.reached");
  expect(await findCase(db(), door)).toBeNull();
  let times = 0;
  const count = (): Promise<void> => Promise.resolve(void (times += 1));
  await postCaseEvent(db(), post(1), count);
  await postCaseEvent(db(), post(1), count);
  await postCaseEvent(db(), post(9), count);
  expect(times).toBe(1);
});

test("a mark of whoever stepped aside is found by itself alone", async () => {
  const mark = systemChance.bytes(32);
  await postCaseEvent(db(), post(1, { aside: mark }));
  await postCaseEvent(db(), post(2, { aside: mark }));
  expect(await findAsides(db(), [systemChance.bytes(32), mark])).toEqual([mark]);
});

test("desks behind a door, each with its oldest report", async () => {
  for (const [index, of] of (["all", "gao", "all"] as DeskId[]).entries())
    await insertArrival(db(), arrival(1, { desk: of, receivedDay: addDays(day, -index) }));
  await moveArrivals(db(), { shuffle: (rows) => rows, newId });
  const behind = (await desksBehind(db(), door)).toSorted((a, b) => a.desk.localeCompare(b.desk));
  expect(behind).toEqual([
    { desk: "all", receivedDay: day - 2 },
    { desk: "gao", receivedDay: day - 1 },
  ]);
  expect(await desksBehind(db(), numbered(2))).toEqual([]);
});

describe("ends", () => {
  const closed = { state: "closed", endsDay: addDays(day, 30) } as const;

  test("events die on their day and never while the case is open; the row stays as long as the report", async () => {
    await insertArrival(db(), arrival(1, { receivedDay: day }));
    await moveArrivals(db(), { shuffle: (rows) => rows, newId });
    const mark = systemChance.bytes(32);
    await postCaseEvent(db(), post(1, { aside: mark }));
    await postCaseEvent(db(), post(2, closed));
    await postCaseEvent(db(), post(1, { doorHash: numbered(2) }));
    await deleteExpired(db(), addDays(day, 29));
    expect(await all()).toHaveLength(2);
    await deleteExpired(db(), addDays(day, 30));
    expect(await all()).toEqual([]);
    expect(await findCase(db(), door)).toMatchObject({ state: "closed", seq: 2 });
    expect(await findAsides(db(), [mark])).toHaveLength(1);
    await deleteExpired(db(), addDays(day, 180));
    expect(await findCase(db(), door)).toBeNull();
    expect(await findAsides(db(), [mark])).toEqual([]);
    expect(await findCase(db(), numbered(2))).not.toBeNull();
  });

  test("a case opened again lives on, and its numbers go on", async () => {
    await postCaseEvent(db(), post(1));
    await postCaseEvent(db(), post(2, closed));
    await postCaseEvent(db(), post(3));
    await deleteExpired(db(), addDays(day, 1000));
    expect((await all()).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });
});

describe("the daily shuffle", () => {
  test("keeps every event, and leaves no row with the transaction that wrote it", async () => {
    for (const number of range(8)) {
      const of = { doorHash: numbered(number), aside: systemChance.bytes(32) };
      await postCaseEvent(db(), post(1, of));
      await postCaseEvent(db(), post(2, of));
    }
    const before = await all();
    // With its long value: that lies apart, under a transaction number of its own.
    const numbers = async (): Promise<readonly string[]> => {
      const toast = sql<{ name: string }>`select reltoastrelid::regclass::text as name from pg_class
        where relname = 'case_event' and relnamespace = current_schema()::regnamespace`;
      const { name } = (await toast.execute(db())).rows[0]!;
      const rows = sql<{ xmin: string }>`select xmin::text from "case" union all select xmin::text from case_event
        union all select xmin::text from case_aside union all select xmin::text from ${sql.raw(name)}`;
      return [...new Set((await rows.execute(db())).rows.map(({ xmin }) => xmin))];
    };
    const written = await numbers();
    expect(written.length).toBe(16);
    await shuffleCases(db(), (rows) => shuffled(systemChance, rows));
    await tidy(db(), ["case", "case_event", "case_aside"]);
    const left = await numbers();
    expect(left).toHaveLength(1);
    expect(written).not.toContain(left[0]);
    expect(await all()).toEqual(before);
    await shuffleCases(db(), (rows) => shuffled(systemChance, rows));
    expect(await numbers()).toEqual(left);
  });

  test("takes the order it is given, and nothing when that drops or repeats an event", async () => {
    await fill(6);
    await shuffleCases(db(), (rows) => rows.toReversed());
    const placed = await sql<{ seq: number }>`select seq from case_event order by ctid`.execute(db());
    expect(placed.rows.map(({ seq }) => seq)).toEqual([6, 5, 4, 3, 2, 1]);
    await postCaseEvent(db(), post(7));
    for (const order of [
      <Row>(rows: readonly Row[]) => rows.slice(1),
      <Row>(rows: readonly Row[]) => rows.map(() => rows[0]!),
    ])
      expect(await shuffleCases(db(), order).catch(codeOf)).toBe("bug");
    expect(await all()).toHaveLength(7);
  });

  test("two events of different cases under one hash, as a client may say, both stay", async () => {
    for (const number of [1, 2]) await postCaseEvent(db(), post(1, { doorHash: numbered(number) }));
    await shuffleCases(db(), (rows) => rows);
    expect(await findCases(db(), [numbered(1), numbered(2)])).toHaveLength(2);
    expect(await all()).toHaveLength(1);
  });
});
