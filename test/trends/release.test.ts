import { describe, expect, test } from "vitest";
import { seedHash } from "../../src/trends/commit.ts";
import { cellsOf, tableIds } from "../../src/trends/key-space.ts";
import { noted, type Noted } from "../../src/trends/note.ts";
import { draw, type Draw } from "../../src/trends/release.ts";
import type { Claim } from "../../src/trends/claim.ts";
import { hashOf, officers, testClaim, testCommit, testItems, testPlan } from "../support/releases.ts";
import { malianKeySpace } from "../support/trends.ts";

const plan = noted(hashOf("plan"), testPlan());
const seeds = officers.map(({ id }) => hashOf(id));
const commits = officers.map(({ id }, index) =>
  noted(hashOf(`commit ${id}`), testCommit({ officer: id, plan: plan.hash, seed: seedHash(seeds[index]!) })),
);
const claimOf = (rest: Partial<Claim> = {}, bytes = "claim"): Noted<Claim> =>
  noted(hashOf(bytes), testClaim({ plan: plan.hash, commits: commits.map(({ hash }) => hash), ...rest }));
const items = testItems(plan.said.period);
const whole: Draw = { plan, claim: claimOf(), commits, seeds, items };

/** Each officer's promise of this seed, whatever it is. */
const promising = (other: readonly Uint8Array[]): Pick<Draw, "seeds" | "commits"> => ({
  seeds: other,
  commits: commits.map((commit, at) => ({ ...commit, said: { ...commit.said, seed: seedHash(other[at]!) } })),
});

describe("a draw", () => {
  test("gives a figure for every cell, with the margins of its ε", () => {
    const { content, refused } = draw(whole);
    for (const table of tableIds) expect(content.figures[table]).toHaveLength(cellsOf(table, malianKeySpace).length);
    expect(content).toMatchObject({ period: "2027-Q1", margins: { t1: 9, t2: 5 }, keySpace: malianKeySpace });
    expect(refused).toEqual([]);
  });

  test("is the same for whoever has the same: the second officer, and the first one after a crash", () => {
    expect(draw({ ...whole, items: items.toReversed() })).toEqual(draw(whole));
  });

  test("hangs on both seeds and on the claim", () => {
    const figures = JSON.stringify(draw(whole).content.figures);
    expect(JSON.stringify(draw({ ...whole, claim: claimOf({}, "another") }).content.figures)).not.toBe(figures);
    for (const index of [0, 1]) {
      const other = promising(seeds.with(index, hashOf("another seed")));
      expect(JSON.stringify(draw({ ...whole, ...other }).content.figures)).not.toBe(figures);
    }
  });

  test("is refused with a seed that nobody promised, or that was promised for another claim", () => {
    const wrong: readonly Partial<Draw>[] = [
      { seeds: seeds.toReversed() },
      { seeds: seeds.slice(1) },
      { seeds: seeds.slice(0, 1) },
      { seeds: [...seeds, hashOf("a third")] },
      { seeds: [seeds[0]!, hashOf("a nicer one")] },
      { commits: commits.toReversed() },
      // The first one's promise under the other's name; the same one under both.
      { commits: [{ ...commits[0]!, said: { ...commits[0]!.said, officer: officers[1]!.id } }, commits[1]!] },
      { commits: [commits[0]!, commits[0]!], seeds: [seeds[0]!, seeds[0]!] },
      { commits: commits.slice(0, 1) },
      { claim: claimOf({ attempt: 2 }) },
      promising([seeds[0]!, new Uint8Array(31)]),
      promising([new Uint8Array(33), seeds[1]!]),
      { claim: claimOf({ commits: [commits[0]!.hash, hashOf("another commitment")] }) },
    ];
    for (const change of wrong) expect(() => draw({ ...whole, ...change })).toThrow("release.commitment");
  });

  test("is refused under another plan than the claim's", () => {
    expect(() => draw({ ...whole, plan: noted(hashOf("another plan"), plan.said) })).toThrow("release.chain");
  });

  test("counts no item of codes that the plan does not know, and tells the officer of it", () => {
    const unknown = { ...items[0]!, category: "XXX", unit: hashOf("somebody").slice(0, 16) };
    const { content, refused } = draw({ ...whole, items: [...items, unknown] });
    expect(refused).toEqual([unknown]);
    expect(content).toEqual(draw(whole).content);
  });

  test("of nobody's labels is a draw like any other", () => {
    const { figures } = draw({ ...whole, items: [] }).content;
    expect(figures.t1.some((figure) => figure !== 0)).toBe(true);
  });
});
