import { englishRecords } from "./en-records.ts";
import type { TrendsWords } from "./words.ts";

/** The pages of trends in English, sentence by sentence the same as French. */
export const english: TrendsWords = {
  language: "en",
  path: "/en/trends",
  other: { path: "/trends", language: "fr", name: "Français" },
  exit: "Leave quickly",
  menuLabel: "Pages of the bulletin",
  menu: { bulletin: "Bulletin", calendar: "Calendar", ledger: "Ledger", feed: "Atom" },
  limits: "What these figures do not say",
  earlier: "Earlier bulletins",

  bulletin: {
    title: (quarter) => `What was reported, ${quarter}`,
    published: (instant) => `Published on ${instant}, the instant fixed before the quarter.`,
    total: (shown, from, to) =>
      `In the whole country: about ${shown} reports (between ${from} and ${to}, nineteen times in twenty).`,
    totalIndistinct: "In the whole country, what was reported is indistinct from zero.",
    howToRead: [
      "Every figure is blurred a little, on purpose: nobody can tell who spoke, nor of which village.",
      "The dot is the figure. The line says where the true number lies, nineteen times in twenty.",
      "Pale: indistinct from zero.",
    ],
    lastMark: "The hollow ring is the quarter before.",
    noComparison: "No quarter before was counted in the same way: nothing is compared.",
    categories: "By category, whole country",
    categoriesHint: "Sources: one phone on one day, or one receipt, counts once at most.",
    regions: "By région and group",
    regionsHint: "Places: a locality counts once for a group, however many speak of it.",
    tilesHint: "The tiles stand roughly as the régions do. They show no boundary and no area.",
    chart: "The same figures are in the table.",
    columns: {
      category: "Category",
      region: "Région",
      figure: "Figure",
      interval: "Between",
      against: "To read",
      total: "Total",
    },
    interval: (low, high) => `${low} and ${high}`,
    indistinct: "indistinct from zero",
    zero: "≈ 0",
    zeroKey: "≈ 0: indistinct from zero.",
    more: "up",
    less: "down",
    changeKey: "▲ up, ▼ down.",
    shownKey:
      "These numbers are brought up to zero at least; they add up, and stay as near to those drawn as their intervals allow. The files give the figures as drawn, unbiased, sometimes negative.",
    changeRule: (categories, regions) =>
      `A change is called only if it is more than ${categories} (categories) or ${regions} (régions): noise alone does that less than once in a thousand a cell.`,
    errata: "Erratum",
  },

  method: {
    title: "The method, in one minute",
    says: [
      "Readers from civil society, never this server, label each plausible report: a category, a région.",
      "Two officers of different organisations count together, once a quarter, then add chance to every cell, zeros too. Neither can choose that chance or draw twice.",
      "No cell is hidden: hiding small numbers betrays them, since they are found by subtraction.",
    ],
    believedTitle: "What can be learned about one person by reading everything",
    believed: (epsilon, factor) =>
      `Somebody thought, before reading, that a certain person had spoken. Even knowing every other report, reading this bulletin can change those odds by a factor of e^ε = ${factor} at most (ε = ${epsilon}).`,
    before: "Before",
    after: "After, at worst",
    range: (least, most) => `between ${least} % and ${most} %`,
    decimal: (number) => number,
    days: "Whoever reported on several different days is protected that much less: g days, g times ε.",
    trust:
      "Before the signatures, one at least of the two officers must be honest. After them nothing can be changed unseen, and anybody can check.",
  },

  files: {
    title: "Files, and what to check them with",
    says: "The figures as drawn, their intervals and ε:",
    card: "data card",
    radio: "radio script",
    tagged: "with HXL tags",
    notes: "Signed notes:",
    verify:
      "Check offline, with the instance’s anchors alone: “gundo release fetch DIR”, then “gundo release verify DIR”, or the offline HTML file for whoever has no Node.",
  },
  ...englishRecords,
};
