import { nationalCategories } from "./rows.ts";
import type { OutputWords, Said } from "./words.ts";

const between = ({ from, to }: Said): string => `between ${from} and ${to}`;

/** English, sentence by sentence the same as French. */
export const englishOutput: OutputWords = {
  language: "en",
  tables: { t1: "Reports by category, whole country", t2: "Places reported by région and group" },
  columns: { period: "Quarter", category: "Category", region: "Région", group: "Group", measure: "Measure" },
  measures: { figure: "Noisy figure", low: "Low end of the 95 % interval", high: "High end of the 95 % interval" },
  mechanism: "Two-sided geometric noise (discrete Laplace), drawn exactly, without floating point",
  indistinct: "indistinct from zero",
  limits: (content) => [
    "These are reports, not crimes: where people are afraid, where there is no network, where nobody knows the line, there are fewer.",
    "A report is no proof. A reader judged it plausible on its own, nothing more.",
    "Two régions cannot be compared without their population, their network and their fear.",
    "The quarter is the one in which a reader labelled the report, not that of what happened.",
    "The two tables do not add up: one counts sources, the other places.",
    `Counted for the whole country only, in no région: ${nationalCategories(content)
      .map(({ name }) => name.en)
      .join("; ")}.`,
    "No figure points at a locality, an organisation or a person, and none can.",
  ],
  card: {
    title: (quarter) => `Gundo, bulletin of ${quarter}: data card`,
    published: (instance, instant) => `Instance: ${instance}. Published on ${instant}, the instant fixed beforehand.`,
    countedTitle: "What is counted",
    counted: [
      "A unit is one phone on one day; without a phone, one receipt (the two numbers) with all that was said behind it; without a receipt, one message.",
      "In each table a unit counts once a quarter at most.",
      "Table 1 (t1): units by category, whole country. Table 2 (t2): distinct places by région and group; a place counts once for a group, however many speak of it.",
    ],
    protectedTitle: "Who is protected, and by how much",
    protected: (one, two, three, factor) => [
      `Whoever spoke on one day only: ε = ${one}, both tables together. Whoever spoke on g different days: g times as much (2 days: ${two}; 3 days: ${three}).`,
      `At ε = ${one}, reading everything multiplies or divides by ${factor} at most the odds that anybody gave to “this person spoke”, even knowing every other report.`,
    ],
    place: (groups, epsilon) =>
      `What is promised is promised to whoever speaks, not to a locality: those who speak of it alone change table 2 together by ${groups} at most (one cell a group, ε = ${epsilon}); those who speak of another place too may change it by more. Table 1 speaks of no place.`,
    noiseTitle: "The noise",
    noise: [
      "Two-sided geometric noise (discrete Laplace), drawn exactly in whole fractions after Canonne, Kamath and Steinke (2020), on every cell, zeros too. No δ, no threshold, no cell hidden.",
      "The figures in the files are those drawn: unbiased, sometimes negative. The radio and the phone round them. The page shows numbers brought up to zero at least, which add up.",
    ],
    margin: (table, epsilon, margin) =>
      `${table}: ε = ${epsilon}; the true count is within ${margin} of the figure at least 95 times in 100.`,
    versions: (taxonomy, geography) => `Categories: version ${taxonomy}. Places: ${geography}.`,
    changeTitle: "When a change is spoken of",
    change: (categories, regions) => [
      `Only if two quarters differ by more than ${categories} in a cell of table 1, by more than ${regions} in a cell of table 2.`,
      "Noise alone does that less than once in a thousand a cell. Anything else is no change that could be told.",
    ],
    limitsTitle: "What these figures do not say",
    trustTitle: "Whom one has to trust",
    trust: [
      "Before the signatures: one at least of the two officers, of different organisations, must be honest. Both do the whole computation.",
      "After them: nobody. “gundo release verify” refuses, offline, any bulletin that was changed, withdrawn, repeated or drawn twice, with the instance’s anchors alone.",
    ],
  },
  radio: {
    title: (quarter) => `Gundo, the bulletin of ${quarter}.`,
    total: (said) =>
      `In the whole country, about ${said.about} reports were counted. The true number is ${between(said)}.`,
    nothing: "This quarter, what was reported in the country is indistinct from zero.",
    most: "What comes up, from most to least reported:",
    one: (name, said) => `${name}: about ${said.about}, ${between(said)}.`,
    indistinct: (names) => `Indistinct from zero: ${names.join("; ")}.`,
    regions: "By région, the places that were spoken of, where that differs from zero:",
    otherRegions: "In the other régions, nothing differs from zero.",
    noRegion: "In no single région does it differ from zero.",
    closing: (rounding) => [
      "“Between” means: nineteen times in twenty the true number lies there.",
      `All these numbers are rounded to the nearest ${rounding}. They are also blurred a little, on purpose: so nobody can tell who spoke, nor of which village.`,
      "A report is no proof, and fewer reports do not mean less harm: where people are afraid, they speak less.",
      "The figures in full, and what to check them with, are on Gundo’s page.",
    ],
  },
  news: {
    total: (quarter, said) =>
      `${quarter}, whole country: about ${said.about} reports (from ${said.from} to ${said.to}).`,
    nothing: (quarter) => `${quarter}, whole country: nothing that differs from zero.`,
    most: "Most reported:",
    none: "No single category differs from zero.",
    one: (name, said) => `${name} ${said.about} (${said.from}-${said.to})`,
    blurred: (rounding) =>
      `Rounded to the nearest ${rounding} and blurred on purpose: nobody can tell who spoke. A report is no proof.`,
  },
};
