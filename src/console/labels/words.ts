import type { Language } from "../words.ts";
import { englishLabels } from "./en.ts";
import { frenchLabels } from "./fr.ts";
import type { LabelRefusal } from "./leave.ts";

/** Every word about labels that leave once a quarter, in one language. */
export interface LabelWords {
  readonly title: (period: string) => string;
  readonly lead: (officers: string) => string;
  readonly post: string;
  readonly reading: (done: number, of: number) => string;
  readonly posted: string;
  readonly again: string;
  readonly refusals: Readonly<Record<LabelRefusal, string>>;
}

export const labelWords: Readonly<Record<Language, LabelWords>> = { fr: frenchLabels, en: englishLabels };
