import type { TermsWords } from "./words.ts";

export const englishTerms: TermsWords = {
  title: "Other terms",
  day: "Published on",
  dayHint: (earliest, latest) => `From ${earliest} to ${latest}, at the start of that last day.`,
  hour: "Hour, in UTC",
  t1: "ε of the country's table",
  t2: "ε of the régions' table",
  epsilonHint:
    "A fraction in lowest terms, such as 7/20. The two may come to 1 at most; less hides more, and says less.",
  partner: "The other officer",
  flaws: {
    day: "That is no day.",
    calendar: "A release is published 30 to 90 days after its quarter, on the hour.",
    epsilon: "ε is a fraction in lowest terms, such as 7/20.",
    spent: "The two ε come to more than 1: whoever is counted once would be protected less than was promised.",
    officers: "Two officers of two organisations must sign.",
  },
  simulation: {
    title: "What would this ε do?",
    lead: "Type what you expect in a quarter. These are the exact expectations; nothing is drawn, and nothing of it leaves this page.",
    inAll: "Sources in all, spread evenly",
    tooSmall: "An ε under 1/1000 hides everything: there is nothing to show.",
    tables: { t1: "The country.", t2: "Places by région." },
    error: (mean, margin) => `Each figure is off by ${mean} on average, 95 % of them by ${margin} at most.`,
    columns: ["Counted", "Expected", "Off by", "Indistinct from zero"],
    expectedOf: (cell) => `Expected: ${cell}`,
    beliefLead: (epsilon) =>
      `Whoever is counted once spends ${epsilon}. If somebody believed that one person reported:`,
    belief: (before, least, most) => `${before} sure before: ${least} to ${most} after.`,
  },
};
