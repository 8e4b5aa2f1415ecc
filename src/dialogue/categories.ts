import type { Category } from "./settings.ts";

/** The first version, before an instance has settled its own with its communities (trends.md, Labels). */
export const taxonomyVersion = "2026-1";

/** Groups of categories; two are counted nationally only (trends.md, Mechanism). */
export const groups = [
  { code: "G1", name: { fr: "Trafics d'objets", en: "Trafficking in goods" }, nationalOnly: false },
  { code: "G2", name: { fr: "Trafics de personnes", en: "Trafficking in people" }, nationalOnly: false },
  { code: "G3", name: { fr: "Violences et vols", en: "Violence and theft" }, nationalOnly: false },
  { code: "G4", name: { fr: "Corruption et argent", en: "Corruption and money" }, nationalOnly: true },
  { code: "G5", name: { fr: "Recrutement", en: "Recruitment" }, nationalOnly: true },
];

/** Code, group, full names and the at most 16 septets a phone shows. */
export const categories: readonly Category[] = [
  {
    code: "DRG",
    group: "G1",
    name: { fr: "Trafic de drogues", en: "Drug trafficking" },
    ussd: { fr: "Drogue", en: "Drugs" },
  },
  {
    code: "ARM",
    group: "G1",
    name: { fr: "Armes et explosifs (trafic, caches)", en: "Weapons and explosives (trafficking or caches)" },
    ussd: { fr: "Armes", en: "Weapons" },
  },
  {
    code: "SMG",
    group: "G1",
    name: { fr: "Contrebande (or, carburant, médicaments)", en: "Smuggling (gold, fuel, medicines)" },
    ussd: { fr: "Contrebande", en: "Smuggling" },
  },
  {
    code: "TIP",
    group: "G2",
    name: { fr: "Traite des personnes", en: "Trafficking in persons" },
    ussd: { fr: "Traite", en: "Trafficking" },
  },
  {
    code: "SOM",
    group: "G2",
    name: { fr: "Trafic de migrants", en: "Smuggling of migrants" },
    ussd: { fr: "Migrants", en: "Migrants" },
  },
  {
    code: "KID",
    group: "G3",
    name: { fr: "Enlèvement", en: "Kidnapping" },
    ussd: { fr: "Enlevement", en: "Kidnapping" },
  },
  {
    code: "ROB",
    group: "G3",
    name: { fr: "Banditisme, coupeurs de route", en: "Banditry, highway robbery" },
    ussd: { fr: "Banditisme", en: "Banditry" },
  },
  {
    code: "CAT",
    group: "G3",
    name: { fr: "Vol de bétail", en: "Livestock theft" },
    ussd: { fr: "Vol de betail", en: "Cattle theft" },
  },
  {
    code: "EXT",
    group: "G3",
    name: { fr: "Extorsion, taxes illégales", en: "Extortion, illegal taxes" },
    ussd: { fr: "Extorsion", en: "Extortion" },
  },
  {
    code: "COR",
    group: "G4",
    name: { fr: "Corruption d'agents publics", en: "Corruption of officials" },
    ussd: { fr: "Corruption", en: "Corruption" },
  },
  {
    code: "FIN",
    group: "G4",
    name: { fr: "Blanchiment, financement de groupes", en: "Money laundering and financing of groups" },
    ussd: { fr: "Argent sale", en: "Dirty money" },
  },
  {
    code: "REC",
    group: "G5",
    name: { fr: "Recrutement par groupes armés", en: "Recruitment by armed groups" },
    ussd: { fr: "Recrutement", en: "Recruitment" },
  },
  { code: "OTH", group: "", name: { fr: "Autre", en: "Other" }, ussd: { fr: "Autre", en: "Other" } },
];
