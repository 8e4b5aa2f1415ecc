import type { ReleaseContent } from "../content.ts";
import { card } from "./card.ts";
import { categoriesCsv, regionsCsv } from "./csv.ts";
import { categoriesJsonStat, regionsJsonStat } from "./jsonstat.ts";
import { radioScript } from "./radio.ts";

/** One file of a bulletin. */
export interface PublishedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * The files of a release, the same bytes wherever they are made: the officers sign their hashes, and whoever verifies a
 * release makes them again (trends.md, Published).
 */
export function filesOf(content: ReleaseContent): readonly PublishedFile[] {
  return [
    { name: "t1.csv", bytes: categoriesCsv(content, false) },
    { name: "t1.hxl.csv", bytes: categoriesCsv(content, true) },
    { name: "t1.json", bytes: categoriesJsonStat(content) },
    { name: "t2.csv", bytes: regionsCsv(content, false) },
    { name: "t2.hxl.csv", bytes: regionsCsv(content, true) },
    { name: "t2.json", bytes: regionsJsonStat(content) },
    { name: "card.fr.txt", bytes: card(content, "fr") },
    { name: "card.en.txt", bytes: card(content, "en") },
    { name: "radio.fr.txt", bytes: radioScript(content, "fr") },
    { name: "radio.en.txt", bytes: radioScript(content, "en") },
  ];
}
