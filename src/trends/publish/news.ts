import type { ReleaseContent } from "../content.ts";
import { shortQuarterName } from "./quarter.ts";
import { isDistinct, measured, totalOf } from "./rows.ts";
import { largestFirst, saidOf, saidTo } from "./said.ts";
import { outputWords } from "./languages.ts";
import type { OutputLanguage, OutputWords } from "./words.ts";

/** Characters that a screen has left beside `CON `, a hint and the line that leads on (dialogue, README): all of one septet here. */
const bodySeptets = 120;
const mostNamed = 3;

/** What "5 Nouvelles" shows of a release: three screens in GSM-7, rounded as the last one says (trends.md, Published). */
export function newsScreens(content: ReleaseContent, language: OutputLanguage): readonly [string, string, string] {
  const words = outputWords[language];
  const says = words.news;
  const total = totalOf("t1", content);
  const quarter = shortQuarterName(content.period, language);
  return [
    isDistinct(total) ? says.total(quarter, saidOf(total)) : says.nothing(quarter),
    mostReported(content, words),
    says.blurred(saidTo),
  ];
}

/** As many of the largest as fit, three at most. */
function mostReported(content: ReleaseContent, { news: says, language }: OutputWords): string {
  const cells = measured("t1", content);
  const names = content.keySpace.taxonomy.categories.map(({ ussd }) => ussd[language]);
  const lines = largestFirst(cells)
    .slice(0, mostNamed)
    .map((at) => says.one(names[at]!, saidOf(cells[at]!)));
  if (lines.length === 0) return says.none;
  while (lines.length > 1 && [says.most, ...lines].join("\n").length > bodySeptets) lines.pop();
  return [says.most, ...lines].join("\n");
}
