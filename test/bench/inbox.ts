import type { Kysely } from "kysely";
import type { Tables } from "../../src/store/tables.ts";
import { fillTables, knownRows, reviewerQueries } from "../support/many.ts";
import { withStore } from "../support/store.ts";

const sizes = [1_000, 10_000, 100_000, 1_000_000];
const rounds = 60;

/** What a reviewer's queries cost at 10^3 to 10^6 rows in every table: the median, and how many times the smallest's. */
export async function inboxBench(): Promise<readonly string[]> {
  const held = await withStore();
  const { store } = held;
  const medians = new Map<string, number[]>();
  try {
    for (const size of sizes) {
      await fillTables(store.db, size);
      const queries = reviewerQueries(await knownRows(store.db));
      for (const [name, ask] of Object.entries(queries))
        medians.set(name, [...(medians.get(name) ?? []), await medianMs(store.db, ask)]);
    }
  } finally {
    await held.stop();
  }
  return [`rows: ${sizes.join(", ")}`, ...[...medians].map(([name, all]) => `${name}: ${shown(all)}`)];
}

const shown = (all: readonly number[]): string =>
  all.map((ms) => `${ms.toFixed(2)} ms (${(ms / all[0]!).toFixed(2)}×)`).join(", ");

async function medianMs(db: Kysely<Tables>, ask: (db: Kysely<Tables>) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const from = performance.now();
    await ask(db);
    times.push(performance.now() - from);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]!;
}
