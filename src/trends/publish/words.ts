import type { ReleaseContent } from "../content.ts";
import type { TableId } from "../key-space.ts";

/** The languages of bulletins. */
export type OutputLanguage = "fr" | "en";

/** A figure as it is said aloud: rounded, with its interval rounded outward. */
export interface Said {
  readonly about: number;
  readonly from: number;
  readonly to: number;
}

/** What a card says in one language; figures are handed in as text. */
interface CardWords {
  readonly title: (quarter: string) => string;
  readonly published: (instance: string, instant: string) => string;
  readonly countedTitle: string;
  readonly counted: readonly string[];
  readonly protectedTitle: string;
  /** ε of one day, of two and of three, the factor of the odds for one, how many cells those who speak of one place alone can move, and their ε. */
  readonly protected: (one: string, two: string, three: string, factor: string) => readonly string[];
  readonly place: (groups: number, epsilon: string) => string;
  readonly noiseTitle: string;
  readonly noise: readonly string[];
  readonly margin: (table: string, epsilon: string, margin: number) => string;
  readonly versions: (taxonomy: string, geography: string) => string;
  readonly changeTitle: string;
  /** The least differences that are called a change, in T1 and in T2. */
  readonly change: (categories: number, regions: number) => readonly string[];
  readonly limitsTitle: string;
  readonly trustTitle: string;
  readonly trust: readonly string[];
}

/** What a presenter reads aloud. */
interface RadioWords {
  readonly title: (quarter: string) => string;
  readonly total: (said: Said) => string;
  readonly nothing: string;
  readonly most: string;
  readonly one: (name: string, said: Said) => string;
  readonly indistinct: (names: readonly string[]) => string;
  readonly regions: string;
  readonly otherRegions: string;
  readonly noRegion: string;
  readonly closing: (rounding: number) => readonly string[];
}

/** Three screens of a phone in GSM-7, without `CON ` and without the line that leads on. */
interface NewsWords {
  readonly total: (quarter: string, said: Said) => string;
  readonly nothing: (quarter: string) => string;
  readonly most: string;
  readonly none: string;
  readonly one: (name: string, said: Said) => string;
  readonly blurred: (rounding: number) => string;
}

/** Every word of a bulletin's files in one language. */
export interface OutputWords {
  readonly language: OutputLanguage;
  readonly tables: Readonly<Record<TableId, string>>;
  readonly columns: Readonly<Record<"period" | "category" | "region" | "group" | "measure", string>>;
  readonly measures: Readonly<Record<"figure" | "low" | "high", string>>;
  readonly mechanism: string;
  readonly indistinct: string;
  /** What these figures do not say. */
  readonly limits: (content: Pick<ReleaseContent, "keySpace">) => readonly string[];
  readonly card: CardWords;
  readonly radio: RadioWords;
  readonly news: NewsWords;
}
