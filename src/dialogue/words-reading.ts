/** Names of the fields with which answers are read; the page writes them, its script and the edge read them back. */
export const readingField = {
  /** Which of `readingSteps`; a report has no such field. */
  step: "do",
  first: "first",
  second: "second",
  /** Says that "who must not read" was asked in this form. */
  asked: "asked",
} as const;

export const readingSteps = ["read", "again", "exchange", "forget"] as const;
export type ReadingStep = (typeof readingSteps)[number];

/** Why a step was not done; each has its sentence. */
export type ReadingNotice =
  | "mistyped"
  | "later"
  | "empty"
  | "tooLong"
  | "tooFewReaders"
  | "changed"
  | "notSent"
  | "unanswered"
  | "stillOpen"
  | "roster";

/** The sentences around an answer, in one language; `{day}` is put in. They travel with the script that reads. */
export interface ReadingWords {
  readonly title: string;
  /** One and the same for a wrong code, an empty mailbox and a report that nobody answered. */
  readonly nothing: string;
  readonly taken: string;
  readonly answerOf: string;
  readonly working: string;
  readonly again: string;
  readonly againHint: string;
  readonly send: string;
  readonly exchange: string;
  readonly exchangeHint: string;
  readonly exchanged: string;
  readonly forget: string;
  readonly forgetHint: string;
  readonly forgotten: string;
  readonly sent: string;
  readonly noNumbers: string;
  readonly notices: Readonly<Record<ReadingNotice, string>>;
}

/** A day as people of every language of the page read it: `24/11/2026`. */
export function shownDay(isoDay: string): string {
  const [year, month, day] = isoDay.split("-");
  return `${day}/${month}/${year}`;
}
