import type { TrendsWords } from "./words.ts";

/** What is coming, the calendar and the ledger, in English. */
export const englishRecords: Pick<TrendsWords, "coming" | "calendar" | "ledger"> = {
  coming: {
    title: "What is coming",
    first: (quarter, instant) => `The first bulletin, on ${quarter}, will appear here on ${instant}.`,
    announced: (day) => `The first bulletin is announced for ${day}.`,
    next: (quarter, instant) => `The next bulletin, on ${quarter}, will appear here on ${instant}.`,
    what: [
      "Every quarter: what was reported in the country, in figures, no name, no village.",
      "The figures will be blurred a little, on purpose: nobody will be able to tell who spoke.",
      "The same bulletin is read on the radio, and by phone under “5 News”.",
    ],
    nothing: (quarter, instant) => `Nothing was released on ${quarter} on ${instant}, the fixed instant.`,
    nothingWhy: "No figure of this quarter will appear later without the calendar saying so. It can come from:",
    reasons: [
      "a commitment that was missing at the end of the quarter: without it nobody can draw;",
      "a seed that one of the two officers lost;",
      "two computations that did not give the same, or an officer who would not sign.",
    ],
    waits: (quarter, instant) => `The bulletin on ${quarter} will appear here on ${instant}.`,
  },
  calendar: {
    title: "Calendar",
    says: [
      "Each quarter is announced, and the instant of its publication fixed, before it opens, by two officers of different organisations. It appears at that instant, even when empty.",
    ],
    demo: "This is a demonstration: only the order of steps is kept, not their dates.",
    none: "No quarter is announced yet.",
    columns: {
      quarter: "Quarter",
      opens: "Opens",
      closes: "Closes",
      publishes: "Appears",
      standing: "Where it stands",
    },
    standing: {
      planned: "Announced.",
      uncommitted: "A commitment was missing at the end of the quarter: nothing can be released of it.",
      committed: "Announced, and both officers have committed.",
      labels: "Closed. The readers hand in their labels.",
      claimed: "The list of labels is settled. It is drawn, and waits for its instant.",
      published: "Published.",
      nothing: "The instant has passed and nothing was released.",
    },
    missing: (officers) => `The commitment is missing of: ${officers.join(", ")}.`,
    unplanned: (quarter, before) =>
      `A plan for ${quarter} is missing. Unless it is signed before ${before}, nothing will be released of it.`,
    unplannable: (quarter) => `There is no plan for ${quarter}, which is open: nothing will be released of it.`,
  },
  ledger: {
    title: "Ledger",
    says: [
      "What each bulletin spent of the protection of whoever is counted in it. Each bulletin names the one before by its hash: none can be withdrawn, changed or slipped in between two others unseen.",
      "A quarter spends no more than 1. The total is what somebody spent who had spoken in every quarter.",
    ],
    none: "The ledger is empty: nothing has been released yet.",
    columns: {
      quarter: "Quarter",
      t1: "ε, table 1",
      t2: "ε, table 2",
      sum: "Sum",
      total: "Total",
      draws: "Draws",
      signed: "Signed by",
    },
    hashes: "Hashes (SHA-256)",
    hash: { release: "bulletin", previous: "bulletin before", plan: "plan", claim: "settled list" },
    first: "none: it is the first",
  },
};
