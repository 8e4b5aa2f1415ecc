import { fromIsoInstant } from "../../src/base/clock.ts";
import { categories, taxonomyVersion } from "../../src/dialogue/categories.ts";
import { geographyVersion, malianRegions } from "../../src/dialogue/places.ts";
import type { ReleaseContent } from "../../src/trends/content.ts";
import { cellsOf, epsilons, type KeySpace, type TableId } from "../../src/trends/key-space.ts";
import { parsePeriod } from "../../src/trends/period.ts";

/** What an instance in Mali counts by. */
export const malianKeySpace: KeySpace = {
  taxonomy: {
    version: taxonomyVersion,
    categories,
    groups: [
      { code: "G1", name: { fr: "Trafics d'objets", en: "Trafficking in goods" }, nationalOnly: false },
      { code: "G2", name: { fr: "Trafics de personnes", en: "Trafficking in people" }, nationalOnly: false },
      { code: "G3", name: { fr: "Violences et vols", en: "Violence and theft" }, nationalOnly: false },
      { code: "G4", name: { fr: "Corruption et argent", en: "Corruption and money" }, nationalOnly: true },
      { code: "G5", name: { fr: "Recrutement", en: "Recruitment" }, nationalOnly: true },
    ],
  },
  geography: { version: geographyVersion, regions: malianRegions.map(({ code, name }) => ({ code, name })) },
};

/** A release of an instance in Mali: every figure is `figure` of its table and place, by default small and of both signs. */
export function malianRelease(
  figure: (table: TableId, index: number) => number = (_table, index) => (index % 7) * 5 - 9,
): ReleaseContent {
  const figuresOf = (table: TableId): readonly number[] =>
    cellsOf(table, malianKeySpace).map((_cell, index) => figure(table, index));
  return {
    instance: "test-line",
    period: parsePeriod("2027-Q1")!,
    publishesMs: fromIsoInstant("2027-05-03T08:00:00Z")!,
    keySpace: malianKeySpace,
    epsilon: epsilons,
    figures: { t1: figuresOf("t1"), t2: figuresOf("t2") },
    margins: { t1: 9, t2: 5 },
  };
}
