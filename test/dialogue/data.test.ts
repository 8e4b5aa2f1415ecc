import { expect, test } from "vitest";
import { categories, taxonomyVersion } from "../../src/dialogue/categories.ts";
import { geographyVersion, malianRegions } from "../../src/dialogue/places.ts";

test("the taxonomy is the one its version names: 12 categories in five groups, and other", () => {
  expect(taxonomyVersion).toBe("2026-1");
  expect(categories.map(({ code }) => code).join(" ")).toBe("DRG ARM SMG TIP SOM KID ROB CAT EXT COR FIN REC OTH");
  expect(new Set(categories.map(({ group }) => group)).size).toBe(6);
});

test("the geography is the one its version names: 10 régions, 53 cercles, each code under its région's", () => {
  expect(geographyVersion).toBe("COD-AB-2021");
  expect(malianRegions).toHaveLength(10);
  expect(malianRegions.flatMap(({ cercles }) => cercles)).toHaveLength(53);
  for (const { code, cercles } of malianRegions)
    for (const cercle of cercles) expect(cercle.code.startsWith(code)).toBe(true);
});
