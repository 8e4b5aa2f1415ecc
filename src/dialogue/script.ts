/** Languages with a script; the next are Bambara and Fulfulde. */
export type Language = "fr" | "en";

/**
 * Every word the phone shows in one language, written by hand in GSM-7. Bodies carry no `CON `/`END `: the fold puts
 * it. A body with its prefix and the hint before it stays within 150 septets (phones.md, Encoding).
 */
export interface Script {
  readonly language: Language;
  /** As its speakers write it, under "Langue". */
  readonly name: string;
  /** Stands before a screen shown again because the answer fits none of its keys. */
  readonly hintKey: string;
  /** The same where words are asked. */
  readonly hintWords: string;

  readonly next: string;
  readonly send: string;
  readonly toMenu: string;

  readonly menu: string;
  readonly chooseLanguage: string;

  readonly who: string;
  readonly whoOrganisation: string;
  readonly whoRegion: string;
  readonly whoCercle: string;
  readonly wholeRegion: string;
  readonly tooFew: string;

  readonly words: string;
  readonly wordsMore: string;
  readonly wordsFull: string;

  readonly what: string;
  readonly whereRegion: string;
  readonly whereCercle: string;
  readonly danger: string;
  readonly notRescue: (helpNumber: string) => string;
  /** Only where the instance answers by SMS. */
  readonly smsAnswer: string;

  readonly safety: (cost: string, answerDays: number) => readonly string[];
  readonly news: (firstBulletin: string) => readonly [string, string, string];

  readonly code: string;
  readonly codeMistyped: string;
  readonly noAnswer: string;
  readonly taken: (day: string) => string;
  readonly answerOf: (day: string) => string;
  readonly afterAnswer: string;
  readonly forget: string;

  readonly thanks: (first: string, second: string) => string;
  readonly thanksWithoutNumber: string;
  readonly thanksSameNumbers: string;
  readonly notSent: string;
  readonly stopped: string;
  readonly startAgain: string;
  readonly readLater: string;
  readonly forgotten: string;
  readonly over: string;

  readonly smsHelp: string;
  readonly smsNotSent: string;
}
