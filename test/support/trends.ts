import { categories, taxonomyVersion } from "../../src/dialogue/categories.ts";
import { geographyVersion, malianRegions } from "../../src/dialogue/places.ts";
import type { KeySpace } from "../../src/trends/key-space.ts";

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
