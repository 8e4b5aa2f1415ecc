import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Match } from "./number-hashes.ts";
import type { NumberWork } from "./number-worker.ts";
import { countIn, piecesOf, type NumberRange } from "./numbers.ts";

/** Small enough that two threads end together. */
const pieceNumbers = 40_000;
const threads = 2;

export interface NumberSearch {
  readonly matches: readonly Match[];
  readonly numbers: number;
  readonly recipes: number;
  readonly values: number;
  readonly seconds: number;
}

/**
 * Every number of these ranges through every recipe, held against every value, on two threads. `tell` hears now and then how
 * many were tried.
 */
export async function searchNumbers(
  work: NumberWork,
  ranges: readonly NumberRange[],
  tell: (tried: number) => void = () => undefined,
): Promise<NumberSearch> {
  const waiting = [...piecesOf(ranges, pieceNumbers)];
  const matches: Match[] = [];
  let tried = 0;
  const started = performance.now();
  const run = async (): Promise<void> => {
    const worker = new Worker(new URL("number-worker.ts", import.meta.url), { workerData: work });
    for (let range = waiting.shift(); range !== undefined; range = waiting.shift()) {
      worker.postMessage(range, []);
      const [found] = (await once(worker, "message")) as [readonly Match[]];
      matches.push(...found);
      tried += range.count;
      tell(tried);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: threads }, run));
  return {
    matches,
    numbers: countIn(ranges),
    recipes: work.recipes.length,
    values: work.values.length,
    seconds: Math.round((performance.now() - started) / 1000),
  };
}
