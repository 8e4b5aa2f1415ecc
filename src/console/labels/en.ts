import type { LabelWords } from "./words.ts";

export const englishLabels: LabelWords = {
  title: (period) => `Labels of ${period}`,
  lead: (officers) =>
    `Once a quarter the labels of the cases you lead go to ${officers}, as tokens among dummies: category, région, and nothing that leads back to a case. Every reviewer's file looks the same, also with nothing in it.`,
  post: "Let my labels go",
  reading: (done, of) => `Reading cases: ${done} of ${of}.`,
  posted: "Your labels have gone. Nobody can tell from the file whether there were any.",
  again: "Try again",
  refusals: {
    noKey: "The first lead has not made the quarter's key yet: ask them to sign in.",
    badKey:
      "What the server gave as the quarter's key is not from a lead of your roster. Nothing was sent: call your board.",
    tooLate: "The posts of this quarter are closed: no labels are taken any more.",
    unreached: "The server does not answer. Nothing is lost; try again.",
    unexpected: "That should not have happened. Lock, and begin again.",
  },
};
