import { utf8 } from "../../base/bytes.ts";
import { isoInstant } from "../../base/clock.ts";
import type { ReleaseContent } from "../content.ts";
import { epsilonText } from "../epsilon.ts";
import type { TableId } from "../key-space.ts";
import { quarterName } from "./quarter.ts";
import { isDistinct, measured, regionalGroups, type Measured, type Named } from "./rows.ts";
import { outputWords } from "./languages.ts";

const { fr, en } = outputWords;

/** A dimension of JSON-stat 2.0: labels in French, the English ones beside them in `extension`. */
interface Dimension {
  readonly label: string;
  readonly category: { readonly index: readonly string[]; readonly label: Readonly<Record<string, string>> };
  readonly extension: { readonly en: Readonly<Record<string, string>> };
}

/** T1 as a JSON-stat 2.0 dataset (json-stat.org/format): period, category, measure. */
export function categoriesJsonStat(content: ReleaseContent): Uint8Array {
  const { categories } = content.keySpace.taxonomy;
  return dataset("t1", content, { category: dimension(fr.columns.category, categories) }, {});
}

/** T2 likewise: period, région, group, measure. */
export function regionsJsonStat(content: ReleaseContent): Uint8Array {
  const regions = content.keySpace.geography.regions.map(({ code, name }) => ({ code, name: { fr: name, en: name } }));
  const dimensions = {
    region: dimension(fr.columns.region, regions),
    group: dimension(fr.columns.group, regionalGroups(content)),
  };
  return dataset("t2", content, dimensions, { geo: ["region"] });
}

function dimension(label: string, members: readonly Named[]): Dimension {
  const labels = (language: "fr" | "en"): Readonly<Record<string, string>> =>
    Object.fromEntries(members.map(({ code, name }) => [code, name[language]]));
  return {
    label,
    category: { index: members.map(({ code }) => code), label: labels("fr") },
    extension: { en: labels("en") },
  };
}

function dataset(
  table: TableId,
  content: ReleaseContent,
  own: Readonly<Record<string, Dimension>>,
  roles: Readonly<Record<string, readonly string[]>>,
): Uint8Array {
  const dimensions = { period: periodDimension(content), ...own, measure: measureDimension() };
  const cells = measured(table, content);
  const whole = {
    version: "2.0",
    class: "dataset",
    label: `${fr.tables[table]}, ${quarterName(content.period, "fr")}`,
    source: `Gundo, ${content.instance}`,
    updated: isoInstant(content.publishesMs),
    note: [...fr.limits(content), ...en.limits(content)],
    id: Object.keys(dimensions),
    size: Object.values(dimensions).map(({ category }) => category.index.length),
    role: { time: ["period"], ...roles, metric: ["measure"] },
    dimension: dimensions,
    value: cells.flatMap(({ figure, low, high }) => [figure, low, high]),
    status: statusOf(cells),
    extension: extensionOf(table, content),
  };
  return utf8(`${JSON.stringify(whole, null, 1)}\n`);
}

function periodDimension({ period }: ReleaseContent): Dimension {
  const name = { fr: quarterName(period, "fr"), en: quarterName(period, "en") };
  return dimension(fr.columns.period, [{ code: period, name }]);
}

function measureDimension(): object & Dimension {
  const made = dimension(
    fr.columns.measure,
    (["figure", "low", "high"] as const).map((code) => ({
      code,
      name: { fr: fr.measures[code], en: en.measures[code] },
    })),
  );
  const unit = Object.fromEntries(made.category.index.map((code) => [code, { decimals: 0 }]));
  return { ...made, category: { ...made.category, unit } as Dimension["category"] };
}

/** `z` at each figure whose interval reaches zero. */
function statusOf(cells: readonly Measured[]): Readonly<Record<string, string>> {
  return Object.fromEntries(cells.flatMap((cell, at) => (isDistinct(cell) ? [] : [[String(3 * at), "z"] as const])));
}

function extensionOf(table: TableId, { epsilon, margins, keySpace, period }: ReleaseContent): object {
  return {
    label: { en: `${en.tables[table]}, ${quarterName(period, "en")}` },
    epsilon: epsilonText(epsilon[table]),
    margin: margins[table],
    confidence: "95/100",
    mechanism: en.mechanism,
    taxonomy: keySpace.taxonomy.version,
    geography: keySpace.geography.version,
    status: { z: { fr: fr.indistinct, en: en.indistinct } },
  };
}
