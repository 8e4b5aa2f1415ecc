import { frenchRecords } from "./fr-records.ts";
import type { TrendsWords } from "./words.ts";

/** The pages of trends in French, which every other language follows sentence by sentence. */
export const french: TrendsWords = {
  language: "fr",
  path: "/trends",
  other: { path: "/en/trends", language: "en", name: "English" },
  exit: "Quitter vite",
  menuLabel: "Pages du bulletin",
  menu: { bulletin: "Bulletin", calendar: "Calendrier", ledger: "Registre", feed: "Atom" },
  limits: "Ce que ces chiffres ne disent pas",
  earlier: "Bulletins plus anciens",

  bulletin: {
    title: (quarter) => `Ce qui a été signalé, ${quarter}`,
    published: (instant) => `Publié le ${instant}, à l’instant fixé avant le trimestre.`,
    total: (shown, from, to) =>
      `Dans tout le pays : environ ${shown} signalements (entre ${from} et ${to}, dix-neuf fois sur vingt).`,
    totalIndistinct: "Dans tout le pays, ce qui a été signalé ne se distingue pas de zéro.",
    howToRead: [
      "Chaque chiffre est brouillé exprès, un peu : personne ne peut savoir qui a parlé, ni de quel village.",
      "Le point est le chiffre. Le trait dit où se trouve le vrai nombre, dix-neuf fois sur vingt.",
      "Pâle : ne se distingue pas de zéro.",
    ],
    lastMark: "Le rond creux est le trimestre d’avant.",
    noComparison: "Aucun trimestre d’avant n’a été compté de la même façon : rien n’est comparé.",
    categories: "Par catégorie, tout le pays",
    categoriesHint: "Des sources : un téléphone pendant un jour, ou un reçu, compte une fois au plus.",
    regions: "Par région et par groupe",
    regionsHint: "Des lieux : une localité compte une fois par groupe, quel que soit le nombre de ceux qui en parlent.",
    tilesHint: "Les cases sont rangées à peu près comme les régions. Elles ne montrent ni limite ni surface.",
    chart: "Les mêmes chiffres sont dans la table.",
    columns: {
      category: "Catégorie",
      region: "Région",
      figure: "Chiffre",
      interval: "Entre",
      against: "À lire",
      total: "Total",
    },
    interval: (low, high) => `${low} et ${high}`,
    indistinct: "ne se distingue pas de zéro",
    zero: "≈ 0",
    zeroKey: "≈ 0 : ne se distingue pas de zéro.",
    more: "en hausse",
    less: "en baisse",
    changeKey: "▲ en hausse, ▼ en baisse.",
    shownKey:
      "Ces nombres sont ramenés à zéro au moins ; ils s’additionnent, et restent aussi près du tirage que leurs intervalles le permettent. Les fichiers donnent les chiffres du tirage, sans biais, parfois négatifs.",
    changeRule: (categories, regions) =>
      `Un changement n’est dit que s’il dépasse ${categories} (catégories) ou ${regions} (régions) : le bruit seul fait cela moins d’une fois sur mille par case.`,
    errata: "Erratum",
  },

  method: {
    title: "La méthode, en une minute",
    says: [
      "Des lecteurs de la société civile, jamais ce serveur, classent chaque signalement plausible : une catégorie, une région.",
      "Deux responsables d’organisations différentes comptent ensemble, une fois par trimestre, puis ajoutent du hasard à chaque case, zéros compris. Ni l’un ni l’autre ne peut choisir ce hasard ni tirer deux fois.",
      "Aucune case n’est cachée : cacher les petits nombres trahit, puisqu’on les retrouve par soustraction.",
    ],
    believedTitle: "Ce qu’on peut apprendre d’une personne en lisant tout",
    believed: (epsilon, factor) =>
      `Quelqu’un pensait, avant de lire, que telle personne avait parlé. Même s’il connaît tous les autres signalements, lire ce bulletin ne peut changer ses chances que d’un facteur e^ε = ${factor} au plus (ε = ${epsilon}).`,
    before: "Avant",
    after: "Après, au pire",
    range: (least, most) => `entre ${least} % et ${most} %`,
    decimal: (number) => number.replace(".", ","),
    days: "Qui a signalé plusieurs jours différents est protégé d’autant moins : g jours, g fois ε.",
    trust:
      "Avant les signatures, l’un au moins des deux responsables doit être honnête. Après, rien ne peut être changé sans que cela se voie, et chacun peut le vérifier.",
  },

  files: {
    title: "Fichiers, et de quoi vérifier",
    says: "Les chiffres du tirage, leurs intervalles et ε :",
    card: "fiche des données",
    radio: "texte pour la radio",
    tagged: "avec étiquettes HXL",
    notes: "Notes signées :",
    verify:
      "Vérifier hors ligne, avec les seules ancres de l’instance : « gundo release fetch DIR », puis « gundo release verify DIR », ou le fichier HTML hors ligne pour qui n’a pas Node.",
  },
  ...frenchRecords,
};
