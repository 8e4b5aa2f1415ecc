import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ownTaxonomy } from "../../support/taxonomy.ts";
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

test("an instance's own categories are counted, and no others", async () => {
  const home = await mkdtemp(join(tmpdir(), "gundo-simulate-"));
  const [instance, volumes] = [join(home, "instance.json"), join(home, "volumes")];
  const texts = { helpNumber: "70 00 00 00", cost: { fr: "gratuit", en: "free" }, answerDays: 14 };
  await writeFile(instance, JSON.stringify({ ...texts, firstBulletin: "2027-05-15", taxonomy: ownTaxonomy }));
  await writeFile(volumes, "PEC,30\nML07.G1,4\n");
  const { code, out } = await runGundo("release", "simulate", "--volumes", volumes, "--instance", instance);
  expect([code, out]).toEqual([0, expect.stringMatching(/PEC {9}30 /)]);
  expect(out).not.toContain("CAT");
  await writeFile(volumes, "CAT,30\n");
  expect((await runGundo("release", "simulate", "--volumes", volumes, "--instance", instance)).code).toBe(2);
  await rm(home, { recursive: true });
});
