import type { ReadingWords } from "../../dialogue/words-reading.ts";

/** Put here when the page is made: what is said around an answer, by the language of the page. */
declare const GUNDO_READING_WORDS: Readonly<Record<string, ReadingWords>>;

/** In the language of the page. */
export function readingWords(): ReadingWords {
  return GUNDO_READING_WORDS[document.documentElement.lang]!;
}
