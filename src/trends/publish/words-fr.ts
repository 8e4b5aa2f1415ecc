import { nationalCategories } from "./rows.ts";
import type { OutputWords, Said } from "./words.ts";

const between = ({ from, to }: Said): string => `entre ${from} et ${to}`;

/** French, which every other language follows sentence by sentence. */
export const frenchOutput: OutputWords = {
  language: "fr",
  tables: { t1: "Signalements par catégorie, tout le pays", t2: "Lieux signalés par région et par groupe" },
  columns: { period: "Trimestre", category: "Catégorie", region: "Région", group: "Groupe", measure: "Mesure" },
  measures: { figure: "Chiffre brouillé", low: "Bas de l’intervalle à 95 %", high: "Haut de l’intervalle à 95 %" },
  mechanism: "Bruit géométrique à deux côtés (Laplace discret), tiré exactement, sans virgule flottante",
  indistinct: "ne se distingue pas de zéro",
  limits: (content) => [
    "Ce sont des signalements, pas des crimes : là où l’on a peur, où le réseau manque, où personne ne connaît la ligne, il y en a moins.",
    "Un signalement n’est pas une preuve. Un lecteur l’a jugé plausible pris seul, rien de plus.",
    "Deux régions ne se comparent pas sans leur population, leur réseau et leur peur.",
    "Le trimestre est celui où un lecteur a classé le signalement, pas celui des faits.",
    "Les deux tables ne s’additionnent pas : l’une compte des sources, l’autre des lieux.",
    `Comptés pour tout le pays seulement, dans aucune région : ${nationalCategories(content)
      .map(({ name }) => name.fr)
      .join(" ; ")}.`,
    "Aucun chiffre ne désigne une localité, une organisation ou une personne, et aucun ne le peut.",
  ],
  card: {
    title: (quarter) => `Gundo, bulletin ${of(quarter)} : fiche des données`,
    published: (instance, instant) => `Instance : ${instance}. Publié le ${instant}, à l’instant fixé d’avance.`,
    countedTitle: "Ce qui est compté",
    counted: [
      "Une unité est un téléphone pendant un jour ; sans téléphone, un reçu (les deux numéros) avec tout ce qui a été dit derrière lui ; sans reçu, un seul message.",
      "Dans chaque table, une unité compte une fois au plus par trimestre.",
      "Table 1 (t1) : unités par catégorie, tout le pays. Table 2 (t2) : lieux différents par région et par groupe ; un lieu compte une fois par groupe, quel que soit le nombre de ceux qui en parlent.",
    ],
    protectedTitle: "Qui est protégé, et de combien",
    protected: (one, two, three, factor) => [
      `Qui a parlé un seul jour : ε = ${one}, les deux tables ensemble. Qui a parlé g jours différents : g fois autant (2 jours : ${two} ; 3 jours : ${three}).`,
      `Pour ε = ${one}, tout lire multiplie ou divise au plus par ${factor.replace(".", ",")} les chances qu’on donnait à « cette personne a parlé », même en connaissant tous les autres signalements.`,
    ],
    place: (groups, epsilon) =>
      `Ce qui est promis l’est à qui parle, pas à une localité : ceux qui ne parlent que d’elle changent ensemble la table 2 de ${groups} au plus (une case par groupe, ε = ${epsilon}) ; ceux qui parlent aussi d’ailleurs peuvent la changer davantage. La table 1 ne parle d’aucun lieu.`,
    noiseTitle: "Le bruit",
    noise: [
      "Bruit géométrique à deux côtés (Laplace discret), tiré exactement en fractions entières d’après Canonne, Kamath et Steinke (2020), sur chaque case, zéros compris. Pas de δ, pas de seuil, aucune case cachée.",
      "Les chiffres des fichiers sont ceux du tirage : sans biais, parfois négatifs. La radio et le téléphone les arrondissent. La page montre des nombres ramenés à zéro au moins, qui s’additionnent.",
    ],
    margin: (table, epsilon, margin) =>
      `${table} : ε = ${epsilon} ; le vrai compte est à ${margin} au plus du chiffre, au moins 95 fois sur 100.`,
    versions: (taxonomy, geography) => `Catégories : version ${taxonomy}. Lieux : ${geography}.`,
    changeTitle: "Quand on parle d’un changement",
    change: (categories, regions) => [
      `Seulement si deux trimestres diffèrent de plus de ${categories} dans une case de la table 1, de plus de ${regions} dans une case de la table 2.`,
      "Le bruit seul fait cela moins d’une fois sur mille par case. Le reste n’est pas un changement qu’on puisse dire.",
    ],
    limitsTitle: "Ce que ces chiffres ne disent pas",
    trustTitle: "À qui il faut faire confiance",
    trust: [
      "Avant les signatures : l’un au moins des deux responsables, d’organisations différentes, doit être honnête. Les deux refont tout le calcul.",
      "Après : à personne. « gundo release verify » refuse hors ligne tout bulletin changé, retiré, répété ou tiré deux fois, avec les seules ancres de l’instance.",
    ],
  },
  radio: {
    title: (quarter) => `Gundo, le bulletin ${of(quarter)}.`,
    total: (said) =>
      `Dans tout le pays, environ ${said.about} signalements ont été comptés. Le vrai nombre est ${between(said)}.`,
    nothing: "Ce trimestre, ce qui a été signalé dans le pays ne se distingue pas de zéro.",
    most: "Ce qui revient, du plus au moins signalé :",
    one: (name, said) => `${name} : environ ${said.about}, ${between(said)}.`,
    indistinct: (names) => `Ce qui ne se distingue pas de zéro : ${names.join(" ; ")}.`,
    regions: "Par région, les lieux dont on a parlé, là où cela se distingue de zéro :",
    otherRegions: "Dans les autres régions, rien ne se distingue de zéro.",
    noRegion: "Dans aucune région, prise à part, cela ne se distingue de zéro.",
    closing: (rounding) => [
      "« Entre » veut dire : dix-neuf fois sur vingt, le vrai nombre est là.",
      `Tous ces nombres sont arrondis à ${rounding} près. Ils sont aussi brouillés exprès, un peu : ainsi personne ne peut savoir qui a parlé, ni de quel village.`,
      "Un signalement n’est pas une preuve, et moins de signalements ne veut pas dire moins de mal : là où l’on a peur, on parle moins.",
      "Les chiffres entiers, et de quoi les vérifier, sont sur la page de Gundo.",
    ],
  },
  news: {
    total: (quarter, said) =>
      `${quarter}, tout le pays: environ ${said.about} signalements (de ${said.from} a ${said.to}).`,
    nothing: (quarter) => `${quarter}, tout le pays: rien qui se distingue de zero.`,
    most: "Le plus signale:",
    none: "Aucune categorie, prise seule, ne se distingue de zero.",
    one: (name, said) => `${name} ${said.about} (${said.from}-${said.to})`,
    blurred: (rounding) =>
      `Arrondi a ${rounding} pres et brouille expres: personne ne peut savoir qui a parle. Signaler n'est pas prouver.`,
  },
};

/** `de janvier à mars`, `d’avril à juin`. */
function of(quarter: string): string {
  return /^[ao]/.test(quarter) ? `d’${quarter}` : `de ${quarter}`;
}
