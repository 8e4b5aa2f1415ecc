import { Kysely, PostgresDialect, sql, type CompiledQuery } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Tables } from "../../src/store/tables.ts";
import { fillTables, knownRows, reviewerQueries } from "../support/many.ts";
import { withStore, type TestStore } from "../support/store.ts";

let store: TestStore;
let pool: pg.Pool;
let listening: Kysely<Tables>;
const heard: CompiledQuery[] = [];
beforeAll(async () => {
  store = await withStore();
  await fillTables(store.store.db, 100_000);
  pool = new pg.Pool({ ...store.connection, options: "-c search_path=gundo" });
  listening = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => void heard.push(query),
  });
});
afterAll(async () => {
  await listening.destroy();
  await store.stop();
});

interface Plan {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly Plans?: readonly Plan[];
}

/** Every step of the plan of what a function asks the database. */
async function stepsOf(ask: (db: Kysely<Tables>) => Promise<unknown>): Promise<readonly string[]> {
  heard.length = 0;
  await ask(listening);
  const plans = heard.map(async ({ sql: text, parameters }) => {
    const { rows } = await pool.query<{ "QUERY PLAN": readonly [{ Plan: Plan }] }>(`explain (format json) ${text}`, [
      ...parameters,
    ]);
    return flatten(rows[0]!["QUERY PLAN"][0].Plan);
  });
  return (await Promise.all(plans)).flat();
}

const flatten = (plan: Plan): readonly string[] => [
  `${plan["Node Type"]} ${plan["Relation Name"] ?? ""}`.trim(),
  ...(plan.Plans ?? []).flatMap(flatten),
];

test("among 100 000 rows every query of a reviewer's walks an index, and none reads a table or sorts it", async () => {
  const known = await knownRows(store.store.db);
  for (const [name, ask] of Object.entries(reviewerQueries(known))) {
    const steps = await stepsOf(ask);
    expect([name, steps.filter((step) => step.includes("Index"))]).not.toEqual([name, []]);
    expect([name, steps.filter((step) => step.startsWith("Seq Scan"))]).toEqual([name, []]);
    if (name.startsWith("inbox")) expect([name, steps.filter((step) => step.includes("Sort"))]).toEqual([name, []]);
  }
});

test("without its index the same query would read the whole table: the test can fail", async () => {
  const known = await knownRows(store.store.db);
  await sql`drop index report_by_desk`.execute(store.store.db);
  const steps = await stepsOf(reviewerQueries(known)["inbox, first page"]!);
  expect(steps.some((step) => step.includes("Sort") || step.startsWith("Seq Scan"))).toBe(true);
});
