import type { ReleaseWords } from "./words.ts";

export const englishReleases: ReleaseWords = {
  title: "Releases",
  lead: "Two officers draw each quarter's tables together. You read no report. Nothing here can be drawn a second time, and nothing is shown before its fixed instant.",
  demo: "This is a demo: the order of the steps is held, and no date.",
  none: "No quarter is planned yet.",
  states: {
    proposed: "A plan waits for its second signature.",
    planned: "Planned. Both officers commit before the quarter ends.",
    committed: "Both have committed. After the quarter reviewers post their labels; then they are claimed.",
    claimed: "Claimed. Each officer seals their seed to the other.",
    revealed: "Both seeds are there. One officer draws.",
    drawn: "Drawn. The other officer makes the same draw again, and signs it.",
    cosigned: "Signed by both and handed in. It is shown at its instant, by time alone.",
    published: "Published.",
  },
  awaits: (names) => `Awaited: ${names}.`,
  shownFrom: (day) => `Shown from ${day} on.`,
  plan: ({ period, from, until, publishes, officers, t1, t2 }) => [
    `${period}: ${from} to ${until}.`,
    `Published on ${publishes}, even when empty.`,
    `ε ${t1} for the country, ${t2} for régions: 1 at most for whoever is counted once.`,
    `Drawn and signed by ${officers}.`,
  ],
  nextTitle: "The next quarter",
  deeds: {
    proposePlan: "Sign this plan and send it",
    signPlan: "Sign this plan too",
    commit: "Commit",
    claim: "Claim the posts",
    reveal: "Seal my seed to the other officer",
    draw: "Draw",
    drawWithGaps: "Draw without it",
    cosign: "Check the draw and sign it",
  },
  hints: {
    proposePlan: "The other officer signs it too, before the quarter opens.",
    signPlan: "Read it first: it cannot be changed afterwards.",
    commit:
      "Draws your seed and hands in its hash. The seed lies on the server, sealed to you alone: you can go on from another machine, and not with other keys.",
    claim: "Names the posts that are there now. After it no labels are taken, and no second claim without the board.",
    reveal: "Once the claim stands, each officer may know both seeds.",
    draw: "Opens the posts, checks their authors, bounds and draws. Made again it is the same draw.",
    drawWithGaps:
      "What is missing is counted nowhere, and nothing can be added later. The other officer is told the same.",
    cosign: "Makes the whole draw again here. If it is not the same to the byte, nothing is signed.",
  },
  busy: "Under way.",
  at: {
    fetched: "The posts are opened and checked.",
    drawn: "Drawn.",
    kept: "The draw is signed.",
    sent: "The draw is with the other officer.",
  },
  done: {
    proposePlan: "Signed, and sent to the other officer.",
    signPlan: "Signed by both, and taken by the server.",
    commit: "Committed.",
    claim: "Claimed.",
    reveal: "Your seed is sealed to the other officer.",
    draw: "Drawn, and sealed to the other officer.",
    drawWithGaps: "Drawn without what is missing, and sealed to the other officer.",
    cosign: "The same draw: signed by both and handed in. Seeds and labels are destroyed.",
  },
  gaps: {
    part: (author) => `Part of what ${author} posted is missing: ask them, and call the board.`,
    list: (author) => `${author} posted more than once: it counts nobody twice.`,
  },
  gapLead:
    "Ask them whether all of it left. If it did, the server dropped a part: draw nothing, and call the board. If it did not, what is missing stays out for good.",
  gapAsked: "I asked them, and told the other officer",
  refused: {
    malformed: (post) => `Post ${post} counts for nothing: it does not open, or is no list of labels. Call the board.`,
    author: (post) => `Post ${post} counts for nothing: no reviewer of the roster signed it. Call the board.`,
    period: (post) => `Post ${post} counts for nothing: it is of another quarter. Call the board.`,
    version: (post) =>
      `Post ${post} counts for nothing: it uses other categories or places than the plan. Call the board.`,
  },
  strayed: "Labels of codes that the plan does not count were left out.",
  refusals: {
    order: "A step before this one is missing, or the other officer was first.",
    notNow: "Not in these days.",
    differs: "The draw is not the one that follows from the same posts and seeds. Nothing was signed: call the board.",
    seed: "The seed that you promised is not here: it is lost, or sealed to keys that you have renewed. Call the board.",
    gap: "Part of what somebody signed is missing from the posts. Nothing was drawn.",
    missing:
      "The server no longer gives a post that the claim names. Nothing can be drawn from this claim: call the board.",
    signers: "This is not signed by those who must sign it.",
    unreached: "The server does not answer. Nothing is lost; try again.",
    unexpected: "That should not have happened. Lock, and begin again.",
  },
};
