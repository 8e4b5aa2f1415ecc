import { sql } from "kysely";
import type { Store } from "../../src/store/open.ts";
import { fillTables, knownRows, reviewerQueries } from "../support/many.ts";
import { until, withStore } from "../support/store.ts";

const sizes = [1_000, 10_000, 100_000, 1_000_000];
const rounds = 400;

type Query = () => Promise<unknown>;

/**
 * What a reviewer's queries cost at 10^3 to 10^6 rows in every table: the median, and how many times the smallest's. Each
 * size has a server of its own, settled and warm, and a round asks all of them in turn: whatever else the machine does
 * falls on every size alike.
 */
export async function inboxBench(): Promise<readonly string[]> {
  await using held = new AsyncDisposableStack();
  const stores: Store[] = [];
  for (const size of sizes) {
    const one = await withStore();
    held.defer(() => one.stop());
    await fillTables(one.store.db, size);
    stores.push(one.store);
  }
  for (const store of stores) await settle(store);
  const asked = await Promise.all(stores.map(queriesOf));
  const lines = [`rows: ${sizes.join(", ")}; medians of ${rounds}, in turn`];
  for (const name of asked[0]!.keys()) lines.push(`${name}: ${shown(await medians(asked.map((of) => of.get(name)!)))}`);
  return lines;
}

/** What loading leaves to do is done: rows are marked as committed, samples taken, pages written, and nothing works behind us. */
async function settle({ db }: Store): Promise<void> {
  await sql`vacuum (analyze) report, "case", case_event, case_aside, audit`.execute(db);
  await sql`checkpoint`.execute(db);
  const workers = sql<{ busy: boolean }>`
    select count(*) > 0 as busy from pg_stat_activity where backend_type = 'autovacuum worker'`;
  await until(async () => !(await workers.execute(db)).rows[0]!.busy);
}

async function queriesOf({ db }: Store): Promise<ReadonlyMap<string, Query>> {
  const queries = Object.entries(reviewerQueries(await knownRows(db)));
  return new Map(queries.map(([name, ask]) => [name, () => ask(db)]));
}

/** Medians in milliseconds, one a size; the first round warms and does not count. */
async function medians(asked: readonly Query[]): Promise<readonly number[]> {
  const times = asked.map((): number[] => []);
  for (let round = 0; round <= rounds; round++)
    for (const [which, ask] of asked.entries()) {
      const from = performance.now();
      await ask();
      if (round > 0) times[which]!.push(performance.now() - from);
    }
  return times.map((all) => all.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]!);
}

const shown = (all: readonly number[]): string =>
  all.map((ms) => `${ms.toFixed(2)} ms (${(ms / all[0]!).toFixed(2)}×)`).join(", ");
