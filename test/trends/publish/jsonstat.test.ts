import fc from "fast-check";
import readJsonStat from "jsonstat-toolkit";
import { describe, expect, test } from "vitest";
import { fromUtf8 } from "../../../src/base/bytes.ts";
import { parseJson } from "../../../src/base/strict.ts";
import { cellsOf } from "../../../src/trends/key-space.ts";
import { categoriesJsonStat, regionsJsonStat } from "../../../src/trends/publish/jsonstat.ts";
import { anyFigures, releaseOf } from "../../support/release.ts";
import { malianKeySpace } from "../../support/trends.ts";

const read = (bytes: Uint8Array): ReturnType<typeof readJsonStat> => readJsonStat(parseJson(fromUtf8(bytes)!));
const measures = ["figure", "low", "high"];
const period = "2027-Q1";

describe("JSON-stat 2.0, as its own toolkit reads it", () => {
  test("every number of t1 comes back by its names", () => {
    fc.assert(
      fc.property(anyFigures, (figures) => {
        const dataset = read(categoriesJsonStat(releaseOf(figures)));
        for (const [cell, category] of cellsOf("t1", malianKeySpace).entries()) {
          const figure = figures.t1[cell]!;
          const values = measures.map((measure) => dataset.Data({ period, category, measure }).value);
          expect(values).toEqual([figure, figure - 9, figure + 9]);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("every number of t2 comes back by its names", () => {
    fc.assert(
      fc.property(anyFigures, (figures) => {
        const dataset = read(regionsJsonStat(releaseOf(figures)));
        for (const [cell, name] of cellsOf("t2", malianKeySpace).entries()) {
          const [region, group] = name.split(".") as [string, string];
          const figure = figures.t2[cell]!;
          const values = measures.map((measure) => dataset.Data({ period, region, group, measure }).value);
          expect(values).toEqual([figure, figure - 5, figure + 5]);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("dimensions, roles, labels, status, source, notes and ε are where the format has them", () => {
    const dataset = read(regionsJsonStat(releaseOf()));
    const statusOf = (region: string, group: string): string | null =>
      dataset.Data({ period, region, group, measure: "figure" }).status;
    expect(dataset.class).toBe("dataset");
    expect([dataset.id, dataset.size]).toEqual([
      ["period", "region", "group", "measure"],
      [1, 10, 3, 3],
    ]);
    expect(dataset.role).toMatchObject({ time: ["period"], geo: ["region"], metric: ["measure"] });
    expect(dataset.Dimension("region").Category("ML04").label).toBe("Ségou");
    expect(dataset.Dimension("measure").Category("figure").unit).toEqual({ decimals: 0 });
    expect([statusOf("ML05", "G3"), statusOf("ML08", "G1")]).toEqual([null, "z"]);
    expect([dataset.source, dataset.updated]).toEqual(["Gundo, demo-line", "2027-05-15T12:00:00Z"]);
    expect(dataset.note.join(" ")).toContain("A report is no proof");
    expect(dataset.extension).toMatchObject({
      epsilon: "13/20",
      margin: 5,
      taxonomy: malianKeySpace.taxonomy.version,
      status: { z: { en: "indistinct from zero" } },
    });
  });
});
