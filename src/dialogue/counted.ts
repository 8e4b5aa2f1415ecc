import { categories, taxonomyVersion } from "./categories.ts";
import { geographyVersion, malianRegions } from "./places.ts";

/** Groups of categories; two are counted nationally only (trends.md, Mechanism). */
const groups = [
  { code: "G1", name: { fr: "Trafics d'objets", en: "Trafficking in goods" }, nationalOnly: false },
  { code: "G2", name: { fr: "Trafics de personnes", en: "Trafficking in people" }, nationalOnly: false },
  { code: "G3", name: { fr: "Violences et vols", en: "Violence and theft" }, nationalOnly: false },
  { code: "G4", name: { fr: "Corruption et argent", en: "Corruption and money" }, nationalOnly: true },
  { code: "G5", name: { fr: "Recrutement", en: "Recruitment" }, nationalOnly: true },
];

/** What an instance counts by before it has settled its own: the key-space that a plan proposes. */
export const countedBy = {
  taxonomy: { version: taxonomyVersion, categories, groups },
  geography: { version: geographyVersion, regions: malianRegions.map(({ code, name }) => ({ code, name })) },
};
