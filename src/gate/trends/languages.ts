import { english } from "./en.ts";
import { french } from "./fr.ts";
import type { TrendsWords } from "./words.ts";

/** The languages of the pages of trends, French first. */
export const trendsLanguages: readonly TrendsWords[] = [french, english];
