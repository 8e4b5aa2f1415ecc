import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { DeskId, Plain, ReportId } from "../../src/base/brand.ts";
import { shuffled, systemChance } from "../../src/base/chance.ts";
import { addDays, msPerDay, type UnixMs } from "../../src/base/clock.ts";
import { codeOf } from "../../src/base/fault.ts";
import { countArrivals, insertArrival, moveArrivals } from "../../src/store/arrival.ts";
import { insertChallenge, takeChallenge } from "../../src/store/challenge.ts";
import { connectionOf } from "../../src/store/connection.ts";
import { deleteExpired } from "../../src/store/expire.ts";
import { migrate } from "../../src/store/migrate.ts";
import { insertOffer, reportsWithoutOffer } from "../../src/store/offer.ts";
import { openStore, type Store } from "../../src/store/open.ts";
import { storeReady } from "../../src/store/ready.ts";
import { listReports, shuffleDay, type ReportCursor, type StoredReport } from "../../src/store/report.ts";
import { deleteSession, deleteSessionsOf, findSession, insertSession } from "../../src/store/session.ts";
import { tidy } from "../../src/store/tidy.ts";
import { arrival, day, desk, newId, numberOf, numbered, sealedNoise, seenUnder } from "../support/reports.ts";
import { withStore } from "../support/store.ts";
import { withTcpServer } from "../support/tcpserver.ts";

interface Subject {
  readonly store: Store;
  stop(): Promise<void>;
}

async function onServer(): Promise<Subject> {
  const server = await withTcpServer();
  const store = await openStore({ connection: connectionOf(server.databaseUrl) });
  const stop = async (): Promise<void> => {
    await store.close();
    await server.stop();
  };
  return { store, stop };
}

const randomOrder = <Row>(rows: readonly Row[]) => shuffled(systemChance, rows);
/** `offset` milliseconds from the beginning of the test's day. */
const at = (offset: number) => (day * msPerDay + offset) as UnixMs;
const numbersOf = (rows: readonly { door_hash: Uint8Array }[]) =>
  rows.map((row) => numberOf(row.door_hash)).toSorted((a, b) => a - b);
const offer = (reportId: ReportId, round = 0) => ({
  reportId,
  round,
  lookDay: addDays(day, 2),
  acknowledgeDay: addDays(day, 7),
  answerDay: addDays(day, 90),
});

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

describe.each([
  { name: "embedded, over its socket", open: withStore as () => Promise<Subject>, tidied: "tidied" },
  { name: "a server of the operator's, over TCP, without privileges", open: onServer, tidied: "logKept" },
])("the store: $name", ({ open, tidied }) => {
  let subject: Subject;
  const db = () => subject.store.db;

  beforeAll(async () => {
    subject = await open();
  });
  afterAll(() => subject.stop());
  beforeEach(async () => {
    await sql`truncate arrival, report, seen, offer, challenge, session`.execute(db());
  });

  const mix = () => moveArrivals(db(), { shuffle: randomOrder, newId });
  const fill = async (count: number, from = 0) => {
    for (const number of range(count)) await insertArrival(db(), arrival(from + number));
  };
  const readAll = async (limit: number): Promise<readonly StoredReport[]> => {
    const all: StoredReport[] = [];
    let after: ReportCursor | null = null;
    do {
      const page = await listReports(db(), { desk, limit, ...(after === null ? {} : { after }) });
      all.push(...page.reports);
      after = page.next;
    } while (after !== null);
    return all;
  };

  test("migrating again, and twice at once, changes nothing", async () => {
    await fill(1);
    await Promise.all([migrate(db()), migrate(db())]);
    expect(await countArrivals(db())).toBe(1);
  });

  test("a report keeps every byte, its desk, day and class, on its way from arrival to a page", async () => {
    const sealed = sealedNoise(270_000);
    const given = arrival(7, { sealed, sizeClass: 262_144 });
    expect(await insertArrival(db(), given)).toBe("stored");
    const [id] = await mix();
    expect(await countArrivals(db())).toBe(0);
    expect((await listReports(db(), { desk, limit: 5 })).reports).toEqual([
      { id, desk, receivedDay: day, sizeClass: 262_144, doorHash: given.doorHash, sealed },
    ]);
  });

  test("clear bytes fit neither the type nor the table", async () => {
    const clear = sealedNoise().fill(65) as Uint8Array as Plain;
    // @ts-expect-error Plain is not Sealed (house.md, trust is a type).
    const insert = insertArrival(db(), { ...arrival(1), sealed: clear });
    expect(await insert.catch(codeOf)).toBe("bug");
    expect(await countArrivals(db())).toBe(0);
  });

  describe("seen", () => {
    test("a repeat stores nothing", async () => {
      expect(await insertArrival(db(), arrival(1, { seen: seenUnder(5) }))).toBe("stored");
      expect(await insertArrival(db(), arrival(2, { seen: seenUnder(5) }))).toBe("seen");
      expect(await countArrivals(db())).toBe(1);
    });

    test("twenty at once, some already under the next key: one is stored", async () => {
      const keys = range(20).map((number) => (number % 2 === 0 ? seenUnder(5) : seenUnder(6, 5)));
      const outcomes = await Promise.all(keys.map((seen, number) => insertArrival(db(), arrival(number, { seen }))));
      expect(outcomes.filter((outcome) => outcome === "stored")).toHaveLength(1);
      expect(await countArrivals(db())).toBe(1);
    });

    test("a repeat under the next key, and one that knows only the next key, are seen", async () => {
      await insertArrival(db(), arrival(1, { seen: seenUnder(5) }));
      expect(await insertArrival(db(), arrival(2, { seen: seenUnder(6, 5) }))).toBe("seen");
      await insertArrival(db(), arrival(3, { seen: seenUnder(8, 7) }));
      expect(await insertArrival(db(), arrival(4, { seen: seenUnder(8) }))).toBe("seen");
      expect(await countArrivals(db())).toBe(2);
    });

    test("an arrival that fails leaves no mark", async () => {
      const refused = arrival(1, { desk: "NO" as DeskId, seen: seenUnder(5) });
      expect(await insertArrival(db(), refused).catch(codeOf)).toBe("bug");
      expect(await insertArrival(db(), arrival(2, { seen: seenUnder(5) }))).toBe("stored");
    });
  });

  describe("the mix", () => {
    test("writes rows in the shuffled order under the new ids, and says so", async () => {
      await fill(12);
      const before = await sql<{ door_hash: Uint8Array }>`select door_hash from arrival order by ctid`.execute(db());
      const ids = await moveArrivals(db(), { shuffle: (rows) => rows.toReversed(), newId });
      const after = await sql<{ door_hash: Uint8Array; id: string }>`
        select door_hash, encode(id, 'hex') as id from report order by ctid`.execute(db());
      expect(after.rows.map(({ id }) => id)).toEqual(ids);
      expect(numbersOf(after.rows)).toEqual(numbersOf(before.rows));
      expect(new Set(ids).size).toBe(12);
    });

    test("mixers and arrivals at the same time: every row once", async () => {
      const inserts = range(60).map((number) => insertArrival(db(), arrival(number)));
      const mixes = range(6).map((number) => moveArrivals(db(), { shuffle: randomOrder, newId, limit: number + 3 }));
      await Promise.all(inserts);
      const moved = [...(await Promise.all(mixes)).flat(), ...(await mix())];
      const reports = await readAll(100);
      expect(reports.map(({ doorHash }) => numberOf(doorHash)).toSorted((a, b) => a - b)).toEqual(range(60));
      expect(reports.map(({ id }) => id).toSorted()).toEqual(moved.toSorted());
    });

    test.each([
      ["drops", <Row>(rows: readonly Row[]) => rows.slice(1)],
      ["repeats", <Row>(rows: readonly Row[]) => [rows[0]!, ...rows.slice(0, -1)]],
    ])("an order that %s a row moves nothing", async (_, shuffle) => {
      await fill(3);
      expect(await moveArrivals(db(), { shuffle, newId }).catch(codeOf)).toBe("bug");
      expect(await countArrivals(db())).toBe(3);
      expect(await readAll(10)).toEqual([]);
    });

    test("an id that is taken moves nothing", async () => {
      await fill(2);
      const same = newId();
      expect(await moveArrivals(db(), { shuffle: randomOrder, newId: () => same }).catch(codeOf)).toBe("bug");
      expect(await countArrivals(db())).toBe(2);
    });

    test("nothing waits: nothing moves", async () => {
      expect(await mix()).toEqual([]);
    });

    test(`tidying afterwards: ${tidied}, and no arrival is left in the table's file`, async () => {
      await fill(8);
      await mix();
      expect(await tidy(db())).toBe(tidied);
      const size = sql<{ bytes: number }>`select pg_relation_size('arrival')::integer as bytes`;
      expect((await size.execute(db())).rows).toEqual([{ bytes: 0 }]);
    });
  });

  describe("pages", () => {
    test("any page size gives every report of the desk once, newest day first", async () => {
      for (const number of range(23))
        await insertArrival(db(), arrival(number, { receivedDay: addDays(day, number % 4), sealed: sealedNoise(10) }));
      await insertArrival(db(), arrival(99, { desk: "other" as DeskId }));
      await mix();
      const whole = await readAll(50);
      expect(whole.map(({ doorHash }) => numberOf(doorHash)).toSorted((a, b) => a - b)).toEqual(range(23));
      expect(whole.map(({ receivedDay }) => receivedDay)).toEqual(
        whole.map(({ receivedDay }) => receivedDay).toSorted((a, b) => b - a),
      );
      const check = async (limit: number) => {
        expect(await readAll(limit)).toEqual(whole);
      };
      await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 24 }), check), { numRuns: 12 });
    });

    test("a page is one walk along the index, wherever it begins", async () => {
      await sql`insert into report (id, desk, received_day, size_class, door_hash, sealed)
        select uuid_send(gen_random_uuid()), 'all', ${day}::integer + n % 180, 8192, sha256(n::text::bytea),
          convert_to('age-encryption.org/v1' || chr(10), 'UTF8') from generate_series(1, 5000) as n`.execute(db());
      await sql`analyze report`.execute(db());
      const plan = await sql<{ "QUERY PLAN": string }>`explain select * from report
        where desk = 'all' and (received_day, id) < (${sql.lit(day + 90)}, '\\x80'::bytea)
        order by received_day desc, id desc limit 51`.execute(db());
      const lines = plan.rows.map((row) => row["QUERY PLAN"]).join("\n");
      expect(lines).toContain("Index Scan Backward using report_by_desk");
      expect(lines).toMatch(/Index Cond: .*ROW\(received_day, id\) </);
      expect(lines).not.toMatch(/Sort|Filter/);
    });
  });

  describe("the nightly shuffle", () => {
    test("rows and sealed bytes lie in the given order, under one transaction, and are the same", async () => {
      await fill(10);
      await mix();
      await fill(10, 10);
      await mix();
      const before = await readAll(50);
      let chosen: readonly unknown[] = [];
      await shuffleDay(db(), day, (rows) => {
        const order = randomOrder(rows);
        chosen = order;
        return order;
      });
      const { rows } = await sql<{ id: Uint8Array; chunk: string; xmin: string }>`
        select id, pg_column_toast_chunk_id(sealed)::text as chunk, xmin::text from report order by ctid`.execute(db());
      expect(rows.map(({ id }) => ({ id }))).toEqual(chosen);
      const chunks = rows.map(({ chunk }) => Number(chunk));
      expect(chunks).toEqual(chunks.toSorted((a, b) => a - b));
      expect(new Set(rows.map(({ xmin }) => xmin)).size).toBe(1);
      expect(await readAll(50)).toEqual(before);
    });

    test("other days stay where they are, and an order that drops a row changes nothing", async () => {
      await insertArrival(db(), arrival(1, { receivedDay: addDays(day, 1) }));
      await mix();
      const place = sql<{ place: string }>`select ctid || xmin::text as place from report`;
      const before = await place.execute(db());
      await shuffleDay(db(), day, randomOrder);
      expect(await shuffleDay(db(), addDays(day, 1), () => []).catch(codeOf)).toBe("bug");
      expect(await place.execute(db())).toEqual(before);
    });
  });

  test("statistics hold no value of a column that identifies", async () => {
    await fill(20);
    await insertArrival(db(), arrival(30, { seen: seenUnder(1) }));
    await mix();
    await sql`analyze`.execute(db());
    const { rows } = await sql<{ attname: string }>`
      select distinct attname from pg_stats where schemaname = current_schema() and tablename not like 'kysely%'`.execute(
      db(),
    );
    expect(rows.map(({ attname }) => attname)).toContain("received_day");
    for (const name of ["id", "door_hash", "sealed", "hash", "report_id", "nonce_hash", "token_hash", "reviewer"])
      expect(rows.map(({ attname }) => attname)).not.toContain(name);
  });

  describe("offers", () => {
    test("once a round, never for what is not there", async () => {
      await fill(1);
      const [id] = await mix();
      expect(await insertOffer(db(), offer(id!))).toBe("offered");
      expect(await insertOffer(db(), offer(id!))).toBe("already");
      expect(await insertOffer(db(), offer(id!, 1))).toBe("offered");
      expect(await insertOffer(db(), offer(newId()))).toBe("gone");
    });

    test("what a crash left without an offer is found", async () => {
      await fill(5);
      const ids = await mix();
      for (const id of ids.slice(0, 2)) await insertOffer(db(), offer(id));
      expect((await reportsWithoutOffer(db(), 10)).toSorted()).toEqual(ids.slice(2).toSorted());
      expect(await reportsWithoutOffer(db(), 2)).toHaveLength(2);
    });

    test("the shuffle keeps offers, the end of a report ends them", async () => {
      await fill(1);
      const [id] = await mix();
      await insertOffer(db(), offer(id!));
      await shuffleDay(db(), day, randomOrder);
      expect(await reportsWithoutOffer(db(), 10)).toEqual([]);
      await deleteExpired(db(), addDays(day, 180));
      expect(await insertOffer(db(), offer(id!))).toBe("gone");
    });
  });

  describe("what is due goes", () => {
    test("reports at 180 days, not at 179", async () => {
      await fill(1);
      await insertArrival(db(), arrival(1, { receivedDay: addDays(day, 1) }));
      await mix();
      await deleteExpired(db(), addDays(day, 179));
      expect(await readAll(5)).toHaveLength(2);
      await deleteExpired(db(), addDays(day, 180));
      expect((await readAll(5)).map(({ receivedDay }) => receivedDay)).toEqual([day + 1]);
    });

    test("seen marks after their last day", async () => {
      await insertArrival(db(), arrival(1, { seen: seenUnder(5) }));
      await deleteExpired(db(), addDays(day, 3));
      expect(await insertArrival(db(), arrival(2, { seen: seenUnder(5) }))).toBe("seen");
      await deleteExpired(db(), addDays(day, 4));
      expect(await insertArrival(db(), arrival(3, { seen: seenUnder(5) }))).toBe("stored");
    });

    test("challenges and sessions that ran out before the day", async () => {
      for (const expires of [at(-1), at(1)]) {
        await insertChallenge(db(), { nonceHash: numbered(2 + Math.sign(expires - at(0))), reviewer: "r1", expires });
        await insertSession(db(), { tokenHash: numbered(2 + Math.sign(expires - at(0))), reviewer: "r1", expires });
      }
      await deleteExpired(db(), day);
      const left = sql<{
        left: number;
      }>`select ((select count(*) from challenge) + (select count(*) from session))::integer as left`;
      expect((await left.execute(db())).rows).toEqual([{ left: 2 }]);
    });
  });

  describe("sign-in", () => {
    const now = 1_000 as UnixMs;
    const later = 2_000 as UnixMs;

    test("of twenty who take a challenge one gets it", async () => {
      await insertChallenge(db(), { nonceHash: numbered(1), reviewer: "r1", expires: later });
      const taken = await Promise.all(range(20).map(() => takeChallenge(db(), numbered(1), now)));
      expect(taken.filter((reviewer) => reviewer === "r1")).toHaveLength(1);
      expect(taken.filter((reviewer) => reviewer === null)).toHaveLength(19);
    });

    test("a challenge that ran out, or never was, is null", async () => {
      await insertChallenge(db(), { nonceHash: numbered(1), reviewer: "r1", expires: now });
      expect(await takeChallenge(db(), numbered(1), now)).toBeNull();
      expect(await takeChallenge(db(), numbered(2), now)).toBeNull();
    });

    test("sessions are found until they run out, are ended, or their reviewer is removed", async () => {
      for (const [number, reviewer] of [
        [1, "r1"],
        [2, "r1"],
        [3, "r2"],
      ] as const)
        await insertSession(db(), { tokenHash: numbered(number), reviewer, expires: later });
      const found = () => Promise.all([1, 2, 3].map((number) => findSession(db(), numbered(number), now)));
      expect(await found()).toEqual(["r1", "r1", "r2"]);
      expect(await findSession(db(), numbered(1), later)).toBeNull();
      await deleteSession(db(), numbered(1));
      expect(await found()).toEqual([null, "r1", "r2"]);
      await deleteSessionsOf(db(), "r1");
      expect(await found()).toEqual([null, null, "r2"]);
    });
  });

  // Last: it leaves the database read-only.
  test("read-only, after losing every connection: not ready, and to be tried again", async () => {
    expect(await storeReady(db())).toBe(true);
    const database = await sql<{ name: string }>`select current_database() as name`.execute(db());
    await sql`alter database ${sql.id(database.rows[0]!.name)} set default_transaction_read_only = on`.execute(db());
    const others = sql`select pg_terminate_backend(pid) from pg_stat_activity
      where usename = current_user and pid <> pg_backend_pid() and backend_type = 'client backend'`;
    await others.execute(db());
    await sql`select pg_terminate_backend(pg_backend_pid())`.execute(db()).catch(codeOf);
    expect(await storeReady(db())).toBe(false);
    expect(await insertArrival(db(), arrival(1)).catch(codeOf)).toBe("store.unavailable");
  });
});
