import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromUtf8, hex } from "../../../src/base/bytes.ts";
import { sha256 } from "../../../src/envelope/hash.ts";
import type { ReleaseContent } from "../../../src/trends/content.ts";
import { tableIds, type Figures } from "../../../src/trends/key-space.ts";
import { filesOf } from "../../../src/trends/publish/publish.ts";
import { anyFigures, releaseOf, someFigures } from "../../support/release.ts";

const hashesOf = (content: ReleaseContent): ReadonlyMap<string, string> =>
  new Map(filesOf(content).map(({ name, bytes }) => [name, hex(sha256(bytes))]));
const textOf = (name: string, content = releaseOf()): string =>
  fromUtf8(filesOf(content).find((file) => file.name === name)!.bytes)!;
/** As one line, since cards are folded. */
const saidIn = (text: string): string => text.replace(/\s+/g, " ");

describe("the files of a release", () => {
  test("have these names, each once, and hold text", () => {
    const files = filesOf(releaseOf());
    expect(files.map(({ name }) => name)).toEqual(
      "t1.csv t1.hxl.csv t1.json t2.csv t2.hxl.csv t2.json card.fr.txt card.en.txt radio.fr.txt radio.en.txt".split(
        " ",
      ),
    );
    for (const { bytes } of files) expect(fromUtf8(bytes)).toMatch(/\n$/);
  });

  test("are the same bytes for the same content, and never for two that differ in one figure", () => {
    const place = fc.record({
      table: fc.constantFrom(...tableIds),
      at: fc.nat(12),
      by: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(anyFigures, place, (figures, { table, at, by }) => {
        const other: Figures = { ...figures, [table]: figures[table].with(at, figures[table][at]! + by) };
        const [made, again, differs] = [figures, structuredClone(figures), other].map((one) =>
          hashesOf(releaseOf(one)),
        );
        expect(again).toEqual(made);
        for (const kind of ["csv", "hxl.csv", "json"])
          expect(differs!.get(`${table}.${kind}`)).not.toBe(made!.get(`${table}.${kind}`));
        const untouched = table === "t1" ? "t2" : "t1";
        expect(differs!.get(`${untouched}.csv`)).toBe(made!.get(`${untouched}.csv`));
      }),
      { numRuns: 30 },
    );
  });

  test("differ for another quarter", () => {
    const [made, other] = ["2027-Q1", "2027-Q2"].map((period) => hashesOf(releaseOf(someFigures, period)));
    for (const [name, hash] of made!) expect(other!.get(name)).not.toBe(hash);
  });
});

describe("the data card", () => {
  const [fr, en] = ["card.fr.txt", "card.en.txt"].map((name) => saidIn(textOf(name)));

  test("says the unit, ε of one day and of g, that no locality is promised any, and by what it moves anybody's odds", () => {
    expect(en).toContain("one phone on one day");
    expect(en).toContain("ε = 1, both tables together");
    expect(en).toContain("(2 days: 2; 3 days: 3)");
    expect(en).toContain("divides by 2.72 at most");
    expect(en).toContain("promised to whoever speaks, not to a locality");
    expect(en).toContain("together by 3 at most (one cell a group, ε = 39/20)");
    expect(fr).toContain("par 2,72 les chances");
  });

  test("says mechanism, margins, versions, the rule for changes, the limits and whom to trust", () => {
    for (const said of ["Laplace discret", "ε = 7/20", "ε = 13/20", "2026-1", "COD-AB-2021", "l’un au moins des deux"])
      expect(fr).toContain(said);
    expect(en).toContain("within 9 of the figure at least 95 times in 100");
    expect(en).toContain("within 5 of the figure at least 95 times in 100");
    expect(en).toMatch(/differ by more than \d+ in a cell of table 1, by more than \d+ in a cell of table 2/);
    expect(en).toContain("A report is no proof");
    expect(en).toContain("in no région: Corruption of officials; Money laundering");
  });

  test("is narrow enough to print, and holds no figure of the draw", () => {
    for (const name of ["card.fr.txt", "card.en.txt"]) {
      expect(
        Math.max(
          ...textOf(name)
            .split("\n")
            .map((line) => line.length),
        ),
      ).toBeLessThanOrEqual(78);
      const other = { ...someFigures, t1: someFigures.t1.map((one) => one + 1000) };
      expect(textOf(name, releaseOf(other))).toBe(textOf(name));
    }
  });
});

describe("the radio script", () => {
  test("says rounded figures, the largest first, with intervals that hold what was drawn", () => {
    const said = textOf("radio.en.txt");
    expect(said).toContain("Banditry, highway robbery: about 40, between 30 and 50.\nDrug trafficking: about 35");
    expect(said).toContain("rounded to the nearest 5");
    expect(said).toContain("Mopti, Violence and theft: about 20, between 10 and 25.");
    expect(said).toContain("Indistinct from zero: Trafficking in persons; Smuggling of migrants;");
    expect(textOf("radio.fr.txt")).toContain("Banditisme, coupeurs de route : environ 40, entre 30 et 50.");
  });

  test("of a quarter with nothing to tell says so and no number", () => {
    const nothing = { t1: someFigures.t1.map(() => -1), t2: someFigures.t2.map(() => 2) };
    const said = textOf("radio.fr.txt", releaseOf(nothing));
    expect(said).toContain("ne se distingue pas de zéro");
    expect(said).toContain("Dans aucune région");
    expect(said.replace("2027", "").replace("à 5 près", "")).not.toMatch(/\d/);
  });
});
