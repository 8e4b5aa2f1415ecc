import type { TermsWords } from "./words.ts";

/** Phrase pour phrase comme en anglais. */
export const frenchTerms: TermsWords = {
  title: "D’autres termes",
  day: "Publié le",
  dayHint: (earliest, latest) => `Du ${earliest} au ${latest}, au début de ce dernier jour.`,
  hour: "Heure, en UTC",
  t1: "ε du tableau du pays",
  t2: "ε du tableau des régions",
  epsilonHint: "Une fraction irréductible, comme 7/20. Les deux font 1 au plus ; moins cache davantage, et dit moins.",
  partner: "L’autre responsable",
  flaws: {
    day: "Ce n’est pas un jour.",
    calendar: "Une publication paraît 30 à 90 jours après son trimestre, à une heure juste.",
    epsilon: "ε est une fraction irréductible, comme 7/20.",
    spent: "Les deux ε font plus de 1 : qui est compté une fois serait moins protégé que promis.",
    officers: "Deux responsables de deux organisations doivent signer.",
  },
  simulation: {
    title: "Que ferait cet ε ?",
    lead: "Écrivez ce que vous attendez en un trimestre. Ce sont les espérances exactes ; rien n’est tiré, et rien ne quitte cette page.",
    inAll: "Sources en tout, réparties également",
    tooSmall: "Un ε de moins de 1/1000 cache tout : il n’y a rien à montrer.",
    tables: { t1: "Le pays.", t2: "Les lieux par région." },
    error: (mean, margin) => `Chaque chiffre s’écarte de ${mean} en moyenne, et 95 % d’entre eux de ${margin} au plus.`,
    columns: ["Compté", "Attendu", "Écart", "Indistinct de zéro"],
    expectedOf: (cell) => `Attendu : ${cell}`,
    beliefLead: (epsilon) =>
      `Qui est compté une fois dépense ${epsilon}. Si quelqu’un croyait qu’une personne a parlé :`,
    belief: (before, least, most) => `sûr à ${before} avant : de ${least} à ${most} après.`,
  },
};
