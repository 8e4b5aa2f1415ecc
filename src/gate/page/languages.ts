import { english } from "./en.ts";
import { french } from "./fr.ts";
import type { PageWords } from "./words.ts";

/** The page's languages, French first (web.md). */
export const pageLanguages: readonly PageWords[] = [french, english];
