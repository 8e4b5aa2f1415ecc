import { utf8 } from "../base/bytes.ts";
import type { Exclusion } from "./settings.ts";

/** Names of the page's fields (web.md, Fields): the page writes them, its script and the edge read them back. */
export const pageField = {
  text: "text",
  category: "category",
  place: "place",
  when: "when",
  danger: "danger",
  withoutPlace: "without-place",
  withoutOrganisation: "without-organisation",
} as const;

/** Codes of "when". */
export const whenCodes = ["now", "week", "month", "older"] as const;
export type WhenCode = (typeof whenCodes)[number];

/** Bytes of UTF-8 in one report: what always fits the first size class, so that no channel tells itself by its length. */
export const mostTextBytes = 4000;

/** Why something was not sent, or a warning before it is; each has its sentence on the page from the start. */
export type PageNotice =
  | "empty"
  | "tooLong"
  | "tooFewReaders"
  | "changed"
  | "notSent"
  | "unanswered"
  | "scriptLoading"
  | "scriptUnloaded"
  | "rosterUnreached"
  | "rosterForged"
  | "rosterOther"
  | "rosterExpired"
  | "rosterStale";

/** A filled form: `FormData` in the browser, `URLSearchParams` at the edge. */
export interface FormFields {
  getAll(name: string): readonly unknown[];
}

/** What a person wrote and chose. */
export interface PageEntry {
  readonly text: string;
  readonly answers: {
    readonly category?: string;
    readonly place?: string;
    readonly when?: WhenCode;
    readonly danger?: boolean;
  };
  readonly exclude: readonly Exclusion[];
}

export type PageReading =
  | { readonly ok: true; readonly entry: PageEntry }
  | { readonly ok: false; readonly notice: "empty" | "tooLong" | "changed" };

const placePattern = /^ML\d{2}(\d{2})?$/;
const categoryPattern = /^[A-Z]{3}$/;

/**
 * The entry in a filled form. A value that the page never offered is refused as `changed` and not passed over: an
 * exclusion dropped in silence would show the words to whom they must not reach.
 */
export function readPageForm(fields: FormFields): PageReading {
  const text = oneOf(fields, pageField.text)?.replace(/\r\n?/g, "\n") ?? "";
  if (text.trim() === "") return { ok: false, notice: "empty" };
  if (utf8(text).length > mostTextBytes) return { ok: false, notice: "tooLong" };
  const answers = readAnswers(fields);
  const exclude = readPageExclusions(fields);
  if (answers === null || exclude === null) return { ok: false, notice: "changed" };
  return { ok: true, entry: { text, answers, exclude } };
}

/** Who must not read, or null for a value the page never offered. */
export function readPageExclusions(fields: FormFields): readonly Exclusion[] | null {
  const place = oneOf(fields, pageField.withoutPlace) ?? "";
  const organisations = fields.getAll(pageField.withoutOrganisation);
  if (place !== "" && !placePattern.test(place)) return null;
  const named = organisations.filter((value) => typeof value === "string" && value !== "") as string[];
  if (named.length !== organisations.length) return null;
  return [
    ...(place === "" ? [] : [{ rule: "place", value: place } as const]),
    ...named.map((value) => ({ rule: "organisation", value }) as const),
  ];
}

function readAnswers(fields: FormFields): PageEntry["answers"] | null {
  const category = oneOf(fields, pageField.category) ?? "";
  const place = oneOf(fields, pageField.place) ?? "";
  const whenText = oneOf(fields, pageField.when) ?? "";
  const when = whenCodes.find((code) => code === whenText);
  if (category !== "" && !categoryPattern.test(category)) return null;
  if ((place !== "" && !placePattern.test(place)) || (whenText !== "" && when === undefined)) return null;
  return {
    ...(category !== "" && { category }),
    ...(place !== "" && { place }),
    ...(when !== undefined && { when }),
    ...(fields.getAll(pageField.danger).length > 0 && { danger: true }),
  };
}

/** The first value of a field, or null when the form has none. */
function oneOf(fields: FormFields, name: string): string | null {
  const [value] = fields.getAll(name);
  return typeof value === "string" ? value : null;
}
