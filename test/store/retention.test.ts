import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays, type UnixDay } from "../../src/base/clock.ts";
import { retention } from "../../src/store/expire.ts";
import { sweepDay } from "../../src/store/sweep-day.ts";
import { day } from "../support/reports.ts";
import { withStore, type TestStore } from "../support/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await withStore();
});
afterAll(() => store.stop());

async function tablesOf(): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'gundo' and table_name not like 'kysely!_%' escape '!' order by 1`.execute(store.store.db);
  return rows.map(({ name }) => name);
}

test("every table that the database has is in the list of how long its rows live, and in the README by its columns", async () => {
  const tables = await tablesOf();
  expect(tables.length).toBeGreaterThan(10);
  expect(Object.keys(retention).toSorted()).toEqual(tables);
  const readme = await readFile(join(import.meta.dirname, "../../src/store/README.md"), "utf8");
  for (const table of tables) expect([table, readme.includes(`| ${table}.`)]).toEqual([table, true]);
});

test("a table that nobody put on the list is found", async () => {
  await sql`create table forgotten (id integer)`.execute(store.store.db);
  expect(await tablesOf()).not.toEqual(Object.keys(retention).toSorted());
  await sql`drop table forgotten`.execute(store.store.db);
});

test("every end is run by the database, on a table with nothing due", async () => {
  for (const [table, { end }] of Object.entries(retention))
    expect([table, await end?.(store.store.db, day).then(() => "ran")]).toEqual([table, end && "ran"]);
});

test("the day of a sweep: small steps are followed, a leap is doubted for two days, a clock set back counts at once", async () => {
  const at = async (days: number) => {
    const { day: trusted, leaps } = await sweepDay(store.store.db, addDays(day, days));
    return [trusted - day, leaps];
  };
  expect(await at(0)).toEqual([0, false]);
  expect(await at(2)).toEqual([2, false]);
  expect(await at(1)).toEqual([1, false]);
  expect(await at(400)).toEqual([2, true]);
  expect(await at(401)).toEqual([2, true]);
  // Set right again: the doubt is over, and a second leap is doubted anew.
  expect(await at(3)).toEqual([3, false]);
  expect(await at(401)).toEqual([3, true]);
  expect(await at(800)).toEqual([3, true]);
  expect(await at(803)).toEqual([803, false]);
  expect(await at(10)).toEqual([10, true]);
  expect(await at(12)).toEqual([12, false]);
  expect((await sweepDay(store.store.db, 0 as UnixDay)).day).toBe(0);
});
