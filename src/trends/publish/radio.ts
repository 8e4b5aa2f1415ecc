import { utf8 } from "../../base/bytes.ts";
import type { ReleaseContent } from "../content.ts";
import { quarterName } from "./quarter.ts";
import { categoryRows, isDistinct, regionRows, totalOf } from "./rows.ts";
import { largestFirst, saidOf, saidTo } from "./said.ts";
import { outputWords } from "./languages.ts";
import type { OutputLanguage, OutputWords } from "./words.ts";

/** A script to be read aloud, from the same figures, rounded as it says itself (trends.md, Published). */
export function radioScript(content: ReleaseContent, language: OutputLanguage): Uint8Array {
  const words = outputWords[language];
  const says = words.radio;
  const parts = [
    [says.title(quarterName(content.period, language))],
    countryLines(content, words),
    regionLines(content, words),
    says.closing(saidTo),
  ];
  return utf8(`${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`);
}

function countryLines(content: ReleaseContent, { radio: says, language }: OutputWords): readonly string[] {
  const rows = categoryRows(content);
  const total = totalOf("t1", content);
  const largest = largestFirst(rows).map((at) => rows[at]!);
  const rest = rows.filter((row) => !isDistinct(row)).map(({ category }) => category.name[language]);
  return [
    isDistinct(total) ? says.total(saidOf(total)) : says.nothing,
    ...(largest.length === 0 ? [] : [says.most]),
    ...largest.map((row) => says.one(row.category.name[language], saidOf(row))),
    ...(rest.length === 0 ? [] : [says.indistinct(rest)]),
  ];
}

function regionLines(content: ReleaseContent, { radio: says, language }: OutputWords): readonly string[] {
  const rows = regionRows(content).filter(isDistinct);
  if (rows.length === 0) return [says.noRegion];
  const lines = rows.map((row) => says.one(`${row.region.name}, ${row.group.name[language]}`, saidOf(row)));
  const named = new Set(rows.map(({ region }) => region.code));
  const others = named.size < content.keySpace.geography.regions.length;
  return [says.regions, ...lines, ...(others ? [says.otherRegions] : [])];
}
