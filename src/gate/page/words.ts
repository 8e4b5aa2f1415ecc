import type { PageNotice, WhenCode } from "../../dialogue/words-page.ts";
import type { AttachingWords } from "../../dialogue/words-attaching.ts";
import type { ReadingWords } from "../../dialogue/words-reading.ts";
import type { Language } from "../../dialogue/script.ts";

/** What is said while nothing can be sealed. The help number stands alone between `help` and `helpSeen`. */
interface ClosedWords {
  readonly title: string;
  readonly says: readonly string[];
  readonly instead: string;
  readonly ways: readonly string[];
  readonly help: string;
  readonly helpSeen: string;
}

/** Every word of the informant's page in one language; a sentence each, nothing is put together from pieces. */
export interface PageWords {
  readonly language: Language;
  /** Where this language's page lies. */
  readonly path: string;
  /** The other page, as its readers call it. */
  readonly other: { readonly path: string; readonly language: Language; readonly name: string };

  readonly exit: string;
  readonly lead: readonly string[];

  readonly hidesTitle: string;
  /** Anonymous, confidential, attributable: the three words that are kept apart everywhere (threats.md). */
  readonly hides: readonly { readonly word: string; readonly by: string; readonly says: string }[];
  readonly neverHidesTitle: string;
  readonly neverHides: readonly string[];

  readonly readersTitle: string;
  readonly readers: string;
  readonly fingerprint: string;
  readonly fingerprintUse: string;

  readonly formTitle: string;
  readonly optional: string;
  readonly withoutTitle: string;
  readonly withoutHint: string;
  readonly withoutPlace: string;
  readonly withoutOrganisation: string;
  readonly nobody: string;
  readonly text: string;
  readonly textHint: string;
  readonly more: string;
  readonly category: string;
  readonly place: string;
  readonly when: string;
  readonly whenChoices: Readonly<Record<WhenCode, string>>;
  readonly danger: string;
  readonly dangerHint: string;
  readonly unsaid: string;
  readonly wholeRegion: (region: string) => string;

  readonly file: string;
  readonly attaching: AttachingWords;

  readonly plain: string;
  readonly operaMini: string;
  readonly loading: string;
  readonly sealed: string;
  readonly sending: string;
  readonly refused: string;
  readonly send: string;
  readonly notices: Readonly<Record<PageNotice, string>>;

  readonly thanksTitle: string;
  readonly thanks: string;
  readonly numbers: string;
  readonly numbersCopy: string;
  readonly numbersNoted: string;
  readonly noNumbers: string;
  readonly noSign: string;
  readonly traces: string;

  /** In the page's place while no roster is in force. */
  readonly closed: ClosedWords;

  readonly readTitle: string;
  readonly readFirst: string;
  readonly readSecond: string;
  /** What reading means without script: it stands before the button. */
  readonly readPlain: string;
  readonly reading: ReadingWords;
}
