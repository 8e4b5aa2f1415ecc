import { describe, expect, test } from "vitest";
import { hex } from "../../src/base/bytes.ts";
import { keySpaceHash, keySpaceJson, parseKeySpace } from "../../src/trends/key-space-text.ts";
import type { KeySpace } from "../../src/trends/key-space.ts";
import { fieldsReplaced } from "../support/replaced.ts";
import { malianKeySpace } from "../support/trends.ts";

const copy = (): KeySpace => structuredClone(malianKeySpace);
const read = (keySpace: object): KeySpace | null => parseKeySpace(JSON.parse(JSON.stringify(keySpace)));

describe("a key-space as a plan carries it", () => {
  test("reads back as it was", () => {
    expect(read(keySpaceJson(malianKeySpace))).toEqual(malianKeySpace);
  });

  test("another name, group or version is another key-space", () => {
    const { taxonomy, geography } = copy();
    const others = [
      { taxonomy: { ...taxonomy, version: "later" }, geography },
      { taxonomy, geography: { ...geography, regions: geography.regions.toReversed() } },
      { taxonomy: { ...taxonomy, groups: taxonomy.groups.map((one) => ({ ...one, nationalOnly: false })) }, geography },
    ];
    const hashes = [malianKeySpace, ...others].map((one) => hex(keySpaceHash(one)));
    expect(new Set(hashes).size).toBe(4);
    expect(hex(keySpaceHash(copy()))).toBe(hashes[0]);
  });

  test("none with a field that is missing, of another kind, or in a list", () => {
    const json = JSON.stringify(keySpaceJson(malianKeySpace));
    for (const [path, other] of fieldsReplaced(json))
      expect(parseKeySpace(other === "" ? undefined : JSON.parse(other)), path).toBeNull();
  });

  test.each<[string, (keySpace: KeySpace) => object]>([
    ["a field more", (one) => ({ ...one, more: 1 })],
    ["no category", ({ taxonomy, geography }) => ({ taxonomy: { ...taxonomy, categories: [] }, geography })],
    [
      "a category twice",
      ({ taxonomy, geography }) => ({
        taxonomy: { ...taxonomy, categories: [...taxonomy.categories, taxonomy.categories[0]] },
        geography,
      }),
    ],
    [
      "a category of no group that is there",
      ({ taxonomy, geography }) => ({ taxonomy: { ...taxonomy, groups: taxonomy.groups.slice(1) }, geography }),
    ],
    [
      "a code of two letters",
      ({ taxonomy, geography }) => ({
        taxonomy: { ...taxonomy, categories: taxonomy.categories.map((one) => ({ ...one, code: one.code.slice(1) })) },
        geography,
      }),
    ],
    [
      "a région by its ISO code",
      ({ taxonomy, geography }) => ({
        taxonomy,
        geography: { ...geography, regions: [{ code: "ML-1", name: "Kayes" }] },
      }),
    ],
    [
      "a line break in a name",
      ({ taxonomy, geography }) => ({
        taxonomy,
        geography: { ...geography, regions: [{ code: "ML01", name: "Kayes\n" }] },
      }),
    ],
    ["no version", ({ taxonomy, geography }) => ({ taxonomy: { ...taxonomy, version: "" }, geography })],
  ])("none with %s", (_what, change) => {
    expect(read(change(copy()))).toBeNull();
  });
});
