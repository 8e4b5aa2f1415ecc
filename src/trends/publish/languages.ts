import type { OutputLanguage, OutputWords } from "./words.ts";
import { englishOutput } from "./words-en.ts";
import { frenchOutput } from "./words-fr.ts";

/** A bulletin's words, French first. Bambara and Fulfulde follow when the phone has scripts in them. */
export const outputWords: Readonly<Record<OutputLanguage, OutputWords>> = { fr: frenchOutput, en: englishOutput };
