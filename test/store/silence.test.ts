import { closeSync, openSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SeenHash } from "../../src/base/brand.ts";
import { concat, hex, utf8 } from "../../src/base/bytes.ts";
import { shuffled, systemChance } from "../../src/base/chance.ts";
import { systemClock } from "../../src/base/clock.ts";
import { codeOf, type Fault } from "../../src/base/fault.ts";
import { insertArrival, moveArrivals } from "../../src/store/arrival.ts";
import { startEmbedded, type Embedded } from "../../src/store/embedded/start.ts";
import { openStore, type Store } from "../../src/store/open.ts";
import { sqlStateOf } from "../../src/store/scrub.ts";
import { tidy } from "../../src/store/tidy.ts";
import { arrival, newId } from "../support/reports.ts";
import { temporaryHome } from "../support/store.ts";

const planted = "+22370001234";
const plantedHash = concat(utf8(planted), new Uint8Array(20)) as Uint8Array as SeenHash;
const spellings = [planted, hex(utf8(planted)), "70001234", hex(utf8("70001234"))];

let home: string;
let log: number;
let embedded: Embedded;
let store: Store;

beforeAll(async () => {
  home = await temporaryHome();
  log = openSync(join(home, "words"), "w", 0o600);
  embedded = await startEmbedded({ home, chance: systemChance, clock: systemClock, onEvent: () => undefined, log });
  // One connection, so that a session's settings hold for every statement.
  store = await openStore({ connection: embedded.connection, poolSize: 1 });
});
afterAll(async () => {
  await store.close();
  await embedded.stop();
  closeSync(log);
  await rm(home, { recursive: true });
});

/** Statements that PostgreSQL refuses with a number in its words: a key, a row, a value, the statement itself. */
const refusals: readonly [string, () => Promise<unknown>][] = [
  ["23505", () => sql`insert into seen values (${plantedHash}, 1), (${plantedHash}, 2)`.execute(store.db)],
  ["23514", () => sql`insert into seen values (${utf8(planted)}, 1)`.execute(store.db)],
  ["22003", () => sql`select ${planted}::text::smallint`.execute(store.db)],
  ["22P02", () => sql`select ${sql.lit(`x${planted}`)}::integer`.execute(store.db)],
  ["42703", () => sql`select ${sql.ref(planted)} from seen`.execute(store.db)],
  ["22001", () => sql`select cast_it(${planted})`.execute(store.db)],
];

const words = () => readFile(join(home, "words"), "utf8");
const refuse = async () => {
  const faults: unknown[] = [];
  for (const [, statement] of refusals)
    faults.push(
      await statement().then(
        () => null,
        (error: unknown) => error,
      ),
    );
  return faults as readonly Fault[];
};

describe("what PostgreSQL refuses", () => {
  test("reaches nobody with its data: neither the fault nor PostgreSQL's own words", async () => {
    await sql`create domain short as varchar(3)`.execute(store.db);
    await sql`create function cast_it(given text) returns void language plpgsql as $$
      begin raise exception using errcode = '22001', message = given, detail = given, hint = given; end $$`.execute(
      store.db,
    );
    const faults = await refuse();
    expect(faults.map(codeOf)).toEqual(refusals.map(() => "bug"));
    expect(faults.map(sqlStateOf)).toEqual(refusals.map(([sqlState]) => sqlState));
    const said = `${faults.map((fault) => inspect(fault, { depth: 9, showHidden: true })).join("\n")}${await words()}`;
    for (const spelling of spellings) expect(said).not.toContain(spelling);
  });

  test("would be in them but for the settings", async () => {
    await sql`set log_min_messages = error; set log_min_error_statement = error; set log_error_verbosity = verbose`.execute(
      store.db,
    );
    await refuse();
    for (const spelling of [planted, hex(utf8(planted))]) expect(await words()).toContain(spelling);
    await sql`reset log_min_messages; reset log_min_error_statement; reset log_error_verbosity`.execute(store.db);
  });
});

/** Files under the cluster, by path, in which the bytes occur. */
async function filesWith(bytes: Uint8Array): Promise<readonly string[]> {
  const cluster = join(home, "postgres");
  const entries = await readdir(cluster, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const found = await Promise.all(paths.map(async (path) => (await readFile(path)).includes(Buffer.from(bytes))));
  return paths.filter((_, index) => found[index]).map((path) => path.slice(cluster.length + 1));
}

test("after the mix and its tidying a report lies in one file only: the log that knew its turn is gone", async () => {
  const reports = Array.from({ length: 8 }, (_, number) => arrival(number));
  for (const report of reports) await insertArrival(store.db, report);
  const middle = reports[3]!.sealed.slice(100, 164);
  const before = await filesWith(middle);
  expect(before.some((path) => path.startsWith("pg_wal/"))).toBe(true);
  await moveArrivals(store.db, { shuffle: (rows) => shuffled(systemChance, rows), newId });
  expect(await tidy(store.db)).toBe("tidied");
  const file = sql<{
    path: string;
  }>`select pg_relation_filepath(reltoastrelid) as path from pg_class where oid = 'report'::regclass`;
  expect(await filesWith(middle)).toEqual([(await file.execute(store.db)).rows[0]!.path]);
});

test("after tidying no counter says when arrivals were last looked at", async () => {
  const last = sql<{ used: number }>`select count(*)::integer as used from pg_stat_all_indexes
    where relname in ('arrival', 'seen') and last_idx_scan is not null`;
  await sql`select pg_stat_force_next_flush()`.execute(store.db);
  await tidy(store.db);
  expect((await last.execute(store.db)).rows).toEqual([{ used: 0 }]);
});
