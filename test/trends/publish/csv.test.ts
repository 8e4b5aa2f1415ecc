import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromUtf8 } from "../../../src/base/bytes.ts";
import { categoriesCsv, regionsCsv } from "../../../src/trends/publish/csv.ts";
import { readCsv } from "../../support/csv.ts";
import { anyFigures, releaseOf } from "../../support/release.ts";

const read = (bytes: Uint8Array): readonly (readonly string[])[] => readCsv(fromUtf8(bytes)!);
const column = (bytes: Uint8Array, at: number): readonly number[] =>
  read(bytes)
    .slice(1)
    .map((row) => Number(row[at]));
const content = releaseOf();

describe("CSV (RFC 4180)", () => {
  test("a row a category: code, names, the noisy integer, its interval, ε", () => {
    const [head, ...rows] = read(categoriesCsv(content, false));
    expect(head).toEqual("period,category,category_fr,category_en,figure,low,high,epsilon".split(","));
    expect(rows).toHaveLength(13);
    expect(rows[1]).toEqual([
      "2027-Q1",
      "ARM",
      "Armes et explosifs (trafic, caches)",
      "Weapons and explosives (trafficking or caches)",
      "12",
      "3",
      "21",
      "7/20",
    ]);
    expect(rows[3]!.slice(4, 7)).toEqual(["-3", "-12", "6"]);
  });

  test("a row a région and group, by P-code", () => {
    const [head, ...rows] = read(regionsCsv(content, false));
    expect(head!.slice(0, 6)).toEqual("period,region,region_name,group,group_fr,group_en".split(","));
    expect(rows).toHaveLength(30);
    expect(rows[14]).toEqual("2027-Q1,ML05,Mopti,G3,Violences et vols,Violence and theft,19,14,24,13/20".split(","));
    expect(rows.flat().join()).not.toMatch(/G4|G5/);
  });

  test("any figures come back, whatever their sign and size", () => {
    fc.assert(
      fc.property(anyFigures, (figures) => {
        const made = releaseOf(figures);
        expect(column(categoriesCsv(made, false), 4)).toEqual(figures.t1);
        expect(column(regionsCsv(made, false), 6)).toEqual(figures.t2);
        expect(column(regionsCsv(made, false), 7)).toEqual(figures.t2.map((one) => one - 5));
        expect(column(regionsCsv(made, false), 8)).toEqual(figures.t2.map((one) => one + 5));
      }),
    );
  });

  test("names come back whatever is in them", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ",", "\r", "\n", "é", " ", "=") }), (name) => {
        const { keySpace } = content;
        const categories = keySpace.taxonomy.categories.map((one) => ({ ...one, name: { fr: name, en: name } }));
        const taxonomy = { ...keySpace.taxonomy, categories };
        const rows = read(categoriesCsv({ ...content, keySpace: { ...keySpace, taxonomy } }, false));
        expect(new Set(rows.slice(1).map((row) => row[2]))).toEqual(new Set([name]));
      }),
    );
  });
});

describe("CSV with HXL tags", () => {
  const tag = /^#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*$/;

  test.each([
    ["t1", categoriesCsv],
    ["t2", regionsCsv],
  ])("%s is the same with one row of tags after the head", (_, csv) => {
    const [head, tags, ...rows] = read(csv(content, true));
    expect([head, ...rows]).toEqual(read(csv(content, false)));
    expect(tags).toHaveLength(head!.length);
    for (const one of tags!) expect(one).toMatch(tag);
    expect(tags![head!.indexOf("figure")]).toBe("#indicator+num");
    expect(new Set(tags).size).toBe(tags!.length);
  });

  test("a région is a first administrative level by P-code", () => {
    const [head, tags] = read(regionsCsv(content, true));
    expect(tags![head!.indexOf("region")]).toBe("#adm1+code+v_pcode");
    expect(tags![head!.indexOf("region_name")]).toBe("#adm1+name");
    expect(tags![head!.indexOf("epsilon")]).toBe("#meta+epsilon");
  });
});
