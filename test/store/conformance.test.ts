import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { DeskId, PartId, Plain, ReportId, Sealed } from "../../src/base/brand.ts";
import { base64url } from "../../src/base/bytes.ts";
import { shuffled, systemChance } from "../../src/base/chance.ts";
import { addDays, msPerDay, type UnixMs } from "../../src/base/clock.ts";
import { codeOf } from "../../src/base/fault.ts";
import { countArrivals, insertArrival, moveArrivals } from "../../src/store/arrival.ts";
import { connectionOf } from "../../src/store/connection.ts";
import { deleteExpired } from "../../src/store/expire.ts";
import { migrate } from "../../src/store/migrate.ts";
import { countHeld, mailboxStore, releaseAnswers, shuffleAnswers } from "../../src/store/mailbox.ts";
import { spendNonce } from "../../src/store/nonce.ts";
import { insertOffer, reportsWithoutOffer } from "../../src/store/offer.ts";
import { openStore, type Store } from "../../src/store/open.ts";
import { plainBytes } from "../../src/store/bytes.ts";
import { deleteParts, findPart, partStore, shuffleParts } from "../../src/store/part.ts";
import { storeReady } from "../../src/store/ready.ts";
import { listReports, shuffleDay, type ReportCursor, type StoredReport } from "../../src/store/report.ts";
import { deleteSession, deleteSessionsOf, findSession, insertSession, listSignedIn } from "../../src/store/session.ts";
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

const box = (number: number) => numbered(number).slice(0, 16);
const signedIn = (reviewer: string, key: number) => ({ reviewer, verifier: new Uint8Array(numbered(key)) });

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const decoysOf = (count: number) => () =>
  range(count).map((number) => ({ id: box(1_000 + number), sealed: sealedNoise(9_000) }));

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
    await sql`truncate arrival, report, seen, offer, spent_nonce, session, mailbox_held, mailbox_message, part`.execute(
      db(),
    );
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

  const mailboxes = () => mailboxStore(db());
  const write = (number: number, on = day, sealed = sealedNoise(9_000)) =>
    mailboxes().hold({ id: box(number), day: on, sealed });
  const release = (rest: Partial<Parameters<typeof releaseAnswers>[1]> = {}) =>
    releaseAnswers(db(), {
      shuffle: randomOrder,
      newId: () => systemChance.bytes(16),
      decoys: () => [],
      day,
      ...rest,
    });
  /** Which mailboxes have a row, in the order in which the rows lie. */
  const released = async () =>
    (
      await sql<{ box: Uint8Array }>`select mailbox_id as box from mailbox_message order by ctid`.execute(db())
    ).rows.map((row) => numberOf(row.box));

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

  test("parts keep every byte under their ids, go by id, and die at 180 days; a shuffle moves all of a day", async () => {
    const ids = range(12).map((number) => base64url(box(number)) as PartId);
    const parts = ids.map((id, number) => ({
      id,
      day: addDays(day, number === 11 ? 1 : 0),
      sealed: sealedNoise(263_000),
    }));
    for (const part of parts) await partStore(db()).keep(part);
    const order = async () =>
      (await sql<{ id: Uint8Array }>`select id from part where day = ${day} order by ctid`.execute(db())).rows.map(
        ({ id }) => base64url(plainBytes(id)),
      );
    await shuffleParts(db(), day, (rows) => rows.toReversed());
    expect(await order()).toEqual(ids.slice(0, 11).toReversed());
    for (const { id, sealed } of parts) expect(await findPart(db(), id)).toEqual(sealed);
    expect(await shuffleParts(db(), day, (rows) => rows.slice(1)).catch(codeOf)).toBe("bug");
    await deleteParts(db(), [ids[0]!, base64url(box(99)) as PartId]);
    await deleteParts(db(), []);
    expect(await Promise.all(ids.slice(0, 2).map((id) => findPart(db(), id)))).toEqual([null, parts[1]!.sealed]);
    await deleteExpired(db(), addDays(day, 179));
    expect(await order()).toHaveLength(10);
    await deleteExpired(db(), addDays(day, 180));
    expect(await order()).toEqual([]);
    expect(await findPart(db(), ids[11]!)).not.toBeNull();
    const clear = sealedNoise().fill(65);
    expect(await partStore(db()).keep({ id: ids[0]!, day, sealed: clear }).catch(codeOf)).toBe("bug");
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

    test("a key that is used again for other bytes stores neither them nor a mark of theirs, however many try at once", async () => {
      expect(await insertArrival(db(), arrival(1, { seen: seenUnder(5, 1) }))).toBe("stored");
      for (let times = 0; times < 2; times++)
        expect(await insertArrival(db(), arrival(2, { seen: seenUnder(5, 2) }))).toBe("other");
      expect(await insertArrival(db(), arrival(1, { seen: seenUnder(5, 1) }))).toBe("seen");
      expect(await insertArrival(db(), arrival(2, { seen: seenUnder(6, 2) }))).toBe("stored");
      const atOnce = range(20).map(async (number) =>
        insertArrival(db(), arrival(3, { seen: seenUnder(7, 100 + number) })),
      );
      const outcomes = (await Promise.all(atOnce)).toSorted();
      expect(outcomes).toEqual([...range(19).map(() => "other"), "stored"]);
      expect(await countArrivals(db())).toBe(3);
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
    for (const number of range(20)) await write(number);
    await releaseAnswers(db(), { shuffle: randomOrder, newId: () => systemChance.bytes(16), decoys: () => [], day });
    for (const number of range(20)) await write(number);
    await sql`analyze`.execute(db());
    const { rows } = await sql<{ attname: string }>`
      select distinct attname from pg_stats where schemaname = current_schema() and tablename not like 'kysely%'`.execute(
      db(),
    );
    expect(rows.map(({ attname }) => attname)).toContain("received_day");
    for (const name of [
      "id",
      "door_hash",
      "sealed",
      "hash",
      "report_id",
      "nonce_hash",
      "token_hash",
      "reviewer",
      "mailbox_id",
      "verifier",
    ])
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

  describe("mailboxes", () => {
    test("an answer keeps every byte, is there for its mailbox only, and only after a release", async () => {
      const sealed = sealedNoise(9_851);
      await write(1, day, sealed);
      expect(await mailboxes().newest(box(1), 4)).toEqual([]);
      expect(await release()).toBe(1);
      expect(await mailboxes().newest(box(1), 4)).toEqual([sealed]);
      expect(await mailboxes().newest(box(2), 4)).toEqual([]);
      expect(await countHeld(db())).toBe(0);
    });

    test("the same bytes again while they wait are one answer; for another mailbox they are another's", async () => {
      const sealed = sealedNoise(9_000);
      await Promise.all(range(8).map(() => write(1, day, sealed)));
      await write(2, day, sealed);
      expect(await countHeld(db())).toBe(2);
    });

    test("the newest days come first, and no more than are asked for", async () => {
      for (const ahead of [2, 0, 3, 1]) {
        await write(ahead === 3 ? 7 : 1, day, sealedNoise(9_000 + ahead));
        await release({ day: addDays(day, ahead) });
      }
      const lengths = (await mailboxes().newest(box(1), 2)).map((sealed) => sealed.length - sealedNoise(0).length);
      expect(lengths).toEqual([9_002, 9_001]);
    });

    test("of five of one day each comes when it is read again, though four are given at a time", async () => {
      for (const number of range(5)) await write(1, day, sealedNoise(9_000 + number));
      await release();
      const seen = new Set<number>();
      while (seen.size < 5) {
        const given = await mailboxes().newest(box(1), 4);
        expect(given).toHaveLength(4);
        for (const { length } of given) seen.add(length);
      }
    });

    test("rows lie in the shuffled order, decoys among answers, under one transaction and one day", async () => {
      for (const number of range(6)) await write(number, addDays(day, -number));
      const given: number[] = [];
      let chosen: readonly unknown[] = [];
      const decoys = (waiting: number) => {
        given.push(waiting);
        return decoysOf(5)();
      };
      const shuffle = <Row>(rows: readonly Row[]) => {
        const order = randomOrder(rows);
        chosen = order;
        return order;
      };
      expect(await release({ decoys, shuffle })).toBe(6);
      expect(given).toEqual([6]);
      expect(chosen).toHaveLength(11);
      const { rows } = await sql<{ xmin: string; day: number }>`
        select xmin::text as xmin, day from mailbox_message order by ctid`.execute(db());
      expect(rows).toHaveLength(11);
      expect(new Set(rows.map(({ xmin, day: on }) => `${xmin} ${on}`)).size).toBe(1);
      expect((await released()).toSorted((a, b) => a - b)).toEqual([...range(6), ...range(5).map((n) => 1_000 + n)]);
    });

    test("an order given is the order written", async () => {
      for (const number of range(4)) await write(number);
      const before = await sql<{ box: Uint8Array }>`select mailbox_id as box from mailbox_held order by ctid`.execute(
        db(),
      );
      await release({ shuffle: (rows) => rows.toReversed(), decoys: decoysOf(2) });
      const order = before.rows.map((row) => numberOf(row.box));
      expect(await released()).toEqual([...order, 1_000, 1_001].toReversed());
    });

    test.each([
      ["drops", <Row>(rows: readonly Row[]) => rows.slice(1)],
      ["repeats", <Row>(rows: readonly Row[]) => [rows[0]!, ...rows.slice(0, -1)]],
    ])("an order that %s a row releases nothing and leaves no decoy", async (_, shuffle) => {
      for (const number of range(3)) await write(number);
      expect(await release({ shuffle, decoys: decoysOf(3) }).catch(codeOf)).toBe("bug");
      expect(await countHeld(db())).toBe(3);
      expect(await released()).toEqual([]);
    });

    test("an id that is taken releases nothing", async () => {
      for (const number of range(2)) await write(number);
      const same = systemChance.bytes(16);
      expect(await release({ newId: () => same }).catch(codeOf)).toBe("bug");
      expect(await countHeld(db())).toBe(2);
    });

    test("releases and writes at the same time: every answer once", async () => {
      const writes = range(40).map((number) => write(number));
      const releases = range(5).map(() => release({ decoys: decoysOf(1) }));
      await Promise.all([...writes, ...releases]);
      await release();
      const real = (await released()).filter((number) => number < 1_000);
      expect(real.toSorted((a, b) => a - b)).toEqual(range(40));
    });

    test("to forget deletes what waits and what is released, of one mailbox, also while a release runs", async () => {
      await write(1);
      await release();
      await write(1);
      await write(2);
      await Promise.all([release(), mailboxes().forget(box(1))]);
      await release();
      expect(await mailboxes().newest(box(1), 4)).toEqual([]);
      expect(await mailboxes().newest(box(2), 4)).toHaveLength(1);
      await mailboxes().forget(box(1));
    });

    test("answers go at 90 days, not at 89, released or not", async () => {
      await write(1);
      await release();
      await write(1);
      await deleteExpired(db(), addDays(day, 89));
      expect(await mailboxes().newest(box(1), 4)).toHaveLength(1);
      expect(await countHeld(db())).toBe(1);
      await deleteExpired(db(), addDays(day, 90));
      expect(await mailboxes().newest(box(1), 4)).toEqual([]);
      expect(await countHeld(db())).toBe(0);
    });

    test("clear bytes and ids of another length are refused", async () => {
      expect(
        await mailboxes()
          .hold({ id: box(1), day, sealed: new Uint8Array(9_000) as Sealed })
          .catch(codeOf),
      ).toBe("bug");
      expect(
        await mailboxes()
          .hold({ id: new Uint8Array(15), day, sealed: sealedNoise() })
          .catch(codeOf),
      ).toBe("bug");
    });

    test(`tidying afterwards: ${tidied}, and no answer is left in the table it waited in`, async () => {
      for (const number of range(8)) await write(number);
      await release({ decoys: decoysOf(4) });
      expect(await tidy(db(), ["mailbox_held", "mailbox_message"])).toBe(tidied);
      const size = sql<{ bytes: number }>`select pg_relation_size('mailbox_held')::integer as bytes`;
      expect((await size.execute(db())).rows).toEqual([{ bytes: 0 }]);
    });

    test("the nightly shuffle writes a day's files anew under one transaction, the same ones, and no other day's", async () => {
      for (const number of range(4)) {
        await write(number);
        await release({ decoys: decoysOf(2), day: number === 3 ? addDays(day, 1) : day });
      }
      const rowsOf = async (on: number) =>
        (
          await sql<{ id: string; place: string; xmin: string }>`
            select encode(id || mailbox_id || sha256(sealed), 'hex') as id, ctid::text as place, xmin::text as xmin
            from mailbox_message where day = ${on} order by id`.execute(db())
        ).rows;
      const [before, other] = [await rowsOf(day), await rowsOf(day + 1)];
      expect(new Set(before.map(({ xmin }) => xmin)).size).toBe(3);
      await shuffleAnswers(db(), day, randomOrder);
      const after = await rowsOf(day);
      expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
      expect(new Set(after.map(({ xmin }) => xmin)).size).toBe(1);
      expect(await rowsOf(day + 1)).toEqual(other);
      expect(await shuffleAnswers(db(), day, (rows) => rows.slice(1)).catch(codeOf)).toBe("bug");
      expect(await rowsOf(day)).toEqual(after);
    });

    test("a reading asks the index, not every row", async () => {
      const lines = await db()
        .transaction()
        .execute(async (trx) => {
          // The table is too small for a planner to bother.
          await sql`set local enable_seqscan = off`.execute(trx);
          const plan = await sql<Record<string, string>>`explain (costs off) select sealed from mailbox_message
            where mailbox_id = ${box(1)} order by day desc, id desc limit 4`.execute(trx);
          return plan.rows.map((row) => row["QUERY PLAN"]).join("\n");
        });
      expect(lines).toMatch(/Index Scan.* (using|on) mailbox_message_by_mailbox/);
      expect(lines).not.toMatch(/Seq Scan|Filter/);
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

    test("spent nonces and sessions that ran out before the day", async () => {
      for (const expires of [at(-1), at(1)]) {
        const hash = numbered(2 + Math.sign(expires - at(0)));
        await spendNonce(db(), hash, expires);
        await insertSession(db(), { tokenHash: hash, reviewer: "r1", verifier: numbered(7), expires });
      }
      await deleteExpired(db(), day);
      const left = sql<{
        left: number;
      }>`select ((select count(*) from spent_nonce) + (select count(*) from session))::integer as left`;
      expect((await left.execute(db())).rows).toEqual([{ left: 2 }]);
    });
  });

  describe("sign-in", () => {
    const now = 1_000 as UnixMs;
    const later = 2_000 as UnixMs;

    test("of twenty who spend a nonce one does, and nobody ever again", async () => {
      const spent = await Promise.all(range(20).map(() => spendNonce(db(), numbered(1), later)));
      expect(spent.filter(Boolean)).toHaveLength(1);
      expect(await spendNonce(db(), numbered(1), later)).toBe(false);
      expect(await spendNonce(db(), numbered(2), later)).toBe(true);
    });

    test("sessions are found until they run out, are ended, or their key no longer serves", async () => {
      const people = [signedIn("r1", 7), signedIn("r1", 8), signedIn("r2", 7)];
      for (const [index, person] of people.entries())
        await insertSession(db(), { tokenHash: numbered(index), ...person, expires: later });
      const found = () => Promise.all(range(3).map((number) => findSession(db(), numbered(number), now)));
      expect(await found()).toEqual(people);
      expect(await findSession(db(), numbered(0), later)).toBeNull();
      expect(await listSignedIn(db())).toHaveLength(3);
      await deleteSession(db(), numbered(0));
      expect(await found()).toEqual([null, ...people.slice(1)]);
      expect(await deleteSessionsOf(db(), people[0]!)).toBe(0);
      expect(await deleteSessionsOf(db(), people[1]!)).toBe(1);
      expect(await found()).toEqual([null, null, people[2]]);
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
