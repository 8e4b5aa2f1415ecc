import type { Taxonomy } from "../../src/config/instance.ts";

/** Categories that some communities settled for themselves. */
export const ownTaxonomy: Taxonomy = {
  version: "delta-2",
  groups: [
    { code: "G1", name: { fr: "Fleuve", en: "River" }, nationalOnly: false },
    { code: "G2", name: { fr: "Argent", en: "Money" }, nationalOnly: true },
  ],
  categories: [
    {
      code: "PEC",
      group: "G1",
      name: { fr: "Pêche interdite", en: "Forbidden fishing" },
      ussd: { fr: "Peche", en: "Fishing" },
    },
    {
      code: "RAC",
      group: "G2",
      name: { fr: "Racket au marché", en: "Market racket" },
      ussd: { fr: "Racket", en: "Racket" },
    },
    { code: "OTH", group: "", name: { fr: "Autre", en: "Other" }, ussd: { fr: "Autre", en: "Other" } },
  ],
};
