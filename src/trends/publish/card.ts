import { utf8 } from "../../base/bytes.ts";
import type { ReleaseContent } from "../content.ts";
import { epsilonText, sumOf, timesOf } from "../epsilon.ts";
import { changeMarginOf } from "../interval.ts";
import { tableIds } from "../key-space.ts";
import { oddsFactor } from "./odds.ts";
import { instantName, quarterName } from "./quarter.ts";
import { regionalGroups } from "./rows.ts";
import { outputWords } from "./languages.ts";
import type { OutputLanguage, OutputWords } from "./words.ts";

/** Columns of a text that is read on screens and printed. */
const lineCharacters = 78;

/** The data card: what is counted, who is protected, how, and what the figures do not say (trends.md, Published). */
export function card(content: ReleaseContent, language: OutputLanguage): Uint8Array {
  const words = outputWords[language];
  const says = words.card;
  const parts = [
    [says.title(quarterName(content.period, language))],
    [says.published(content.instance, instantName(content.publishesMs, language))],
    titled(says.countedTitle, says.counted),
    titled(says.protectedTitle, protectedLines(content, words)),
    titled(says.noiseTitle, noiseLines(content, words)),
    titled(says.changeTitle, says.change(changeMarginOf(content.epsilon.t1), changeMarginOf(content.epsilon.t2))),
    titled(says.limitsTitle, words.limits(content)),
    titled(says.trustTitle, says.trust),
  ];
  return utf8(`${parts.map((lines) => lines.flatMap(folded).join("\n")).join("\n\n")}\n`);
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return [title, ...lines.map((line) => `- ${line}`)];
}

function protectedLines(content: ReleaseContent, { card: says }: OutputWords): readonly string[] {
  const { one, groups, place } = protectionOf(content);
  const days = [1, 2, 3].map((times) => epsilonText(timesOf(one, times)));
  const factor = oddsFactor(one).toFixed(2);
  return [...says.protected(days[0]!, days[1]!, days[2]!, factor), says.place(groups, epsilonText(place))];
}

/** ε of one unit over both tables, and of all who speak of one place alone, who are in T2 once for each group. */
export function protectionOf(content: Pick<ReleaseContent, "epsilon" | "keySpace">): {
  readonly one: ReturnType<typeof sumOf>;
  readonly groups: number;
  readonly place: ReturnType<typeof sumOf>;
} {
  const groups = regionalGroups(content).length;
  const one = sumOf(tableIds.map((table) => content.epsilon[table]));
  return { one, groups, place: timesOf(content.epsilon.t2, groups) };
}

function noiseLines({ epsilon, margins, keySpace }: ReleaseContent, { card: says, tables }: OutputWords) {
  const { taxonomy, geography } = keySpace;
  return [
    ...says.noise,
    ...tableIds.map((table) => says.margin(tables[table], epsilonText(epsilon[table]), margins[table])),
    says.versions(taxonomy.version, geography.version),
  ];
}

/** The line broken at spaces; what continues an item stands under its words. */
function folded(line: string): readonly string[] {
  const under = line.startsWith("- ") ? "  " : "";
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    if (current !== "" && `${current} ${word}`.length > lineCharacters) {
      lines.push(current);
      current = `${under}${word}`;
    } else current = current === "" ? word : `${current} ${word}`;
  }
  return [...lines, current];
}
