import type { OutputLanguage } from "../../trends/publish/words.ts";
import type { Standing } from "./source.ts";

/** Words about a bulletin's charts and tables. */
interface BulletinWords {
  readonly title: (quarter: string) => string;
  readonly published: (instant: string) => string;
  readonly total: (shown: number, from: number, to: number) => string;
  readonly totalIndistinct: string;
  readonly howToRead: readonly string[];
  readonly lastMark: string;
  readonly noComparison: string;
  readonly categories: string;
  readonly categoriesHint: string;
  readonly regions: string;
  readonly regionsHint: string;
  readonly tilesHint: string;
  readonly chart: string;
  readonly columns: Readonly<Record<"category" | "region" | "figure" | "interval" | "against" | "total", string>>;
  readonly interval: (low: number, high: number) => string;
  readonly indistinct: string;
  readonly zero: string;
  readonly zeroKey: string;
  readonly more: string;
  readonly less: string;
  readonly changeKey: string;
  readonly shownKey: string;
  readonly changeRule: (categories: number, regions: number) => string;
  readonly errata: string;
}

/** The method for somebody with one minute. */
interface MethodWords {
  readonly title: string;
  readonly says: readonly string[];
  readonly believedTitle: string;
  readonly believed: (epsilon: string, factor: string) => string;
  readonly before: string;
  readonly after: string;
  readonly range: (least: string, most: string) => string;
  readonly decimal: (number: string) => string;
  readonly days: string;
  readonly trust: string;
}

interface FilesWords {
  readonly title: string;
  readonly says: string;
  readonly card: string;
  readonly radio: string;
  readonly tagged: string;
  readonly notes: string;
  readonly verify: string;
}

interface ComingWords {
  readonly title: string;
  readonly first: (quarter: string, instant: string) => string;
  readonly announced: (day: string) => string;
  readonly next: (quarter: string, instant: string) => string;
  readonly what: readonly string[];
  readonly nothing: (quarter: string, instant: string) => string;
  readonly nothingWhy: string;
  readonly reasons: readonly string[];
  readonly waits: (quarter: string, instant: string) => string;
}

interface CalendarWords {
  readonly title: string;
  readonly says: readonly string[];
  readonly demo: string;
  readonly none: string;
  readonly columns: Readonly<Record<"quarter" | "opens" | "closes" | "publishes" | "standing", string>>;
  readonly standing: Readonly<Record<Standing, string>>;
  readonly missing: (officers: readonly string[]) => string;
  readonly unplanned: (quarter: string, before: string) => string;
  readonly unplannable: (quarter: string) => string;
}

interface LedgerWords {
  readonly title: string;
  readonly says: readonly string[];
  readonly none: string;
  readonly columns: Readonly<Record<"quarter" | "t1" | "t2" | "sum" | "total" | "draws" | "signed", string>>;
  readonly hashes: string;
  readonly hash: Readonly<Record<"release" | "previous" | "plan" | "claim", string>>;
  readonly first: string;
}

/** Every word of the pages of trends in one language; a sentence each. */
export interface TrendsWords {
  readonly language: OutputLanguage;
  /** Where this language's pages lie. */
  readonly path: string;
  readonly other: { readonly path: string; readonly language: OutputLanguage; readonly name: string };
  readonly exit: string;
  readonly menuLabel: string;
  readonly menu: Readonly<Record<"bulletin" | "calendar" | "ledger" | "feed", string>>;
  readonly limits: string;
  readonly earlier: string;
  readonly bulletin: BulletinWords;
  readonly method: MethodWords;
  readonly files: FilesWords;
  readonly coming: ComingWords;
  readonly calendar: CalendarWords;
  readonly ledger: LedgerWords;
}
