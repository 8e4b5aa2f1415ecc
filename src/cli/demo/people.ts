import type { Role } from "../../roster/roster.ts";

/** Somebody of the demo instance. None of these people or organisations exist. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  readonly organisationShort: string;
  readonly places: readonly string[];
  readonly languages: readonly string[];
  readonly roles: readonly Role[];
}

const benkadi = { organisation: "Association Benkadi (démo)", organisationShort: "Benkadi" };
const jigi = { organisation: "Réseau Jigi des femmes (démo)", organisationShort: "Jigi femmes" };
const hakili = { organisation: "Maison Hakili des droits (démo)", organisationShort: "Hakili droits" };

/** Five reviewers: all of them at the desk `all`, the last two also at the desk of one région. */
export const reviewers: readonly Person[] = [
  { id: "awa", name: "Awa D.", ...benkadi, places: ["ML09"], languages: ["fr", "bm"], roles: ["review", "lead"] },
  { id: "boubacar", name: "Boubacar T.", ...jigi, places: ["ML04"], languages: ["fr", "ff"], roles: ["review"] },
  { id: "chata", name: "Chata K.", ...hakili, places: ["ML06"], languages: ["fr"], roles: ["review"] },
  { id: "drissa", name: "Drissa M.", ...benkadi, places: ["ML07"], languages: ["fr", "en"], roles: ["review"] },
  { id: "fanta", name: "Fanta S.", ...jigi, places: ["ML0703"], languages: ["fr", "bm"], roles: ["review"] },
];

/** Two release officers of different organisations; neither reads a report. */
export const officers: readonly Person[] = [
  {
    id: "oumar",
    name: "Oumar N.",
    organisation: "Observatoire Yeelen (démo)",
    organisationShort: "Yeelen",
    places: [],
    languages: ["fr"],
    roles: ["release"],
  },
  {
    id: "rokia",
    name: "Rokia B.",
    organisation: "Institut Kalan (démo)",
    organisationShort: "Kalan",
    places: [],
    languages: ["fr", "en"],
    roles: ["release"],
  },
];

/** A board of three; two of them admit or remove anybody. */
export const board: readonly { readonly id: string; readonly name: string }[] = [
  { id: "board-1", name: "Présidente du conseil (démo)" },
  { id: "board-2", name: "Secrétaire du conseil (démo)" },
  { id: "board-3", name: "Doyen du conseil (démo)" },
];

export const boardThreshold = 2;

export const desks = [
  { id: "all", name: "Tout le pays", places: [], reviewers: reviewers.map(({ id }) => id), approvals: 2 },
  { id: "gao", name: "Région de Gao", places: ["ML07"], reviewers: ["drissa", "fanta"], approvals: 2 },
] as const;
