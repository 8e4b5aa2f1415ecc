import { setTimeout as pause } from "node:timers/promises";
import { report } from "./act.ts";
import { lookIntoMemory, type InMemory } from "./memory.ts";
import { canaryFor } from "./planted.ts";
import { startProduction } from "./server.ts";

/** What the live memory of a server holds of so many reports, at once and when nothing came for so long; null: not to be read. */
export async function remembers(reports: number, againMs: number): Promise<readonly (InMemory | null)[]> {
  await using server = await startProduction(false);
  await report(server, 0, reports);
  const bird = canaryFor(reports);
  const first = await lookIntoMemory(bird, await server.processes());
  await pause(againMs);
  return [first, await lookIntoMemory(bird, await server.processes())];
}
