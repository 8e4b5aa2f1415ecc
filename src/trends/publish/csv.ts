import { utf8 } from "../../base/bytes.ts";
import type { ReleaseContent } from "../content.ts";
import { epsilonText } from "../epsilon.ts";
import type { TableId } from "../key-space.ts";
import { categoryRows, regionRows, type CategoryRow, type Measured, type RegionRow } from "./rows.ts";

/** A column: its name in the first row, its HXL tag (hxlstandard.org, 1.1) in the second where there is one. */
interface Column<R> {
  readonly name: string;
  readonly tag: string;
  readonly value: (row: R) => string | number;
}

function framed<R extends Measured>(
  table: TableId,
  { period, epsilon }: ReleaseContent,
  columns: readonly Column<R>[],
): readonly Column<R>[] {
  return [
    { name: "period", tag: "#meta+period", value: () => period },
    ...columns,
    { name: "figure", tag: "#indicator+num", value: ({ figure }) => figure },
    { name: "low", tag: "#indicator+num+min", value: ({ low }) => low },
    { name: "high", tag: "#indicator+num+max", value: ({ high }) => high },
    { name: "epsilon", tag: "#meta+epsilon", value: () => epsilonText(epsilon[table]) },
  ];
}

/** T1 as RFC 4180 text in UTF-8. */
export function categoriesCsv(content: ReleaseContent, tagged: boolean): Uint8Array {
  const columns = framed<CategoryRow>("t1", content, [
    { name: "category", tag: "#indicator+code", value: ({ category }) => category.code },
    { name: "category_fr", tag: "#indicator+name+i_fr", value: ({ category }) => category.name.fr },
    { name: "category_en", tag: "#indicator+name+i_en", value: ({ category }) => category.name.en },
  ]);
  return csv(columns, categoryRows(content), tagged);
}

/** T2 likewise. */
export function regionsCsv(content: ReleaseContent, tagged: boolean): Uint8Array {
  const columns = framed<RegionRow>("t2", content, [
    { name: "region", tag: "#adm1+code+v_pcode", value: ({ region }) => region.code },
    { name: "region_name", tag: "#adm1+name", value: ({ region }) => region.name },
    { name: "group", tag: "#indicator+code", value: ({ group }) => group.code },
    { name: "group_fr", tag: "#indicator+name+i_fr", value: ({ group }) => group.name.fr },
    { name: "group_en", tag: "#indicator+name+i_en", value: ({ group }) => group.name.en },
  ]);
  return csv(columns, regionRows(content), tagged);
}

function csv<R>(columns: readonly Column<R>[], rows: readonly R[], tagged: boolean): Uint8Array {
  const head = [columns.map(({ name }) => name), ...(tagged ? [columns.map(({ tag }) => tag)] : [])];
  const body = rows.map((row) => columns.map(({ value }) => String(value(row))));
  return utf8([...head, ...body].map((cells) => `${cells.map(quoted).join(",")}\r\n`).join(""));
}

/** RFC 4180 §2, rules 5 to 7. */
function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
