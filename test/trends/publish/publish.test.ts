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
describe("the files of a release", () => {
  test("have these names, each once, and hold text", () => {
    const files = filesOf(releaseOf());
    expect(files.map(({ name }) => name)).toEqual("t1.csv t1.hxl.csv t1.json t2.csv t2.hxl.csv t2.json".split(" "));
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
