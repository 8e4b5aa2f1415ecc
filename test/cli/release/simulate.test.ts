import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runGundo } from "../../support/terminal.ts";

/** How far off a figure of the country is on average. */
async function simulated(...words: readonly string[]): Promise<number> {
  const { out } = await runGundo("release", "simulate", "--json", ...words);
  return (JSON.parse(out) as { tables: { t1: { meanError: number } } }).tables.t1.meanError;
}

test("a board's volumes in, errors and what could be learned of one person out", async () => {
  const home = await mkdtemp(join(tmpdir(), "gundo-simulate-"));
  await writeFile(join(home, "volumes"), "CAT,120\nML07.G3,2\n");
  const { code, out } = await runGundo("release", "simulate", "--volumes", join(home, "volumes"));
  await rm(home, { recursive: true });
  expect(code).toBe(0);
  expect(out).toMatch(/CAT {8}120 {2}\.{20} .* indistinct/);
  expect(out).toMatch(/ML07\.G3 {6}2 {2}#+\.* .* indistinct/);
  expect(out).toContain("10 % sure before; ");
});

test("a smaller ε is further off; a cell that is not counted, and an ε that is none, are refused", async () => {
  expect(await simulated("--t1", "1/10")).toBeGreaterThan(await simulated());
  const home = await mkdtemp(join(tmpdir(), "gundo-simulate-"));
  await writeFile(join(home, "volumes"), "KOUNARI,3\n");
  expect((await runGundo("release", "simulate", "--volumes", join(home, "volumes"))).code).toBe(2);
  await rm(home, { recursive: true });
  expect((await runGundo("release", "simulate", "--t1", "0.35")).code).toBe(2);
});
