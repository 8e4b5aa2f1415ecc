import { parentPort, workerData } from "node:worker_threads";
import { hashNumbers, Values, type Match } from "./number-hashes.ts";
import type { NumberRange } from "./numbers.ts";
import type { Recipe } from "./recipes.ts";

/** What a worker begins with; then it is sent ranges, and answers each with what matched. */
export interface NumberWork {
  readonly recipes: readonly Recipe[];
  readonly values: readonly string[];
}

const { recipes, values } = workerData as NumberWork;
const hash = hashNumbers(recipes, new Values(values));

parentPort!.on("message", (range: NumberRange) => {
  const matches: Match[] = [];
  hash(range, (match) => matches.push(match));
  parentPort!.postMessage(matches, []);
});
