import { concat, utf8 } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";

/** What leaves a case for the release officers, and nothing else of it (trends.md, Labels). */
export interface LabelItem {
  /** Code of a category, 3 ASCII characters; that it is known is for `bound` to check. */
  readonly category: string;
  /** P-code of a région, 4 ASCII characters. */
  readonly region: string;
  /** Token of whoever spoke, 16 bytes. */
  readonly unit: Uint8Array;
  /** Token of the place, 16 bytes. */
  readonly locality: Uint8Array;
}

/** Bytes of a row: kind, category, région, unit, locality. */
export const rowBytes = 40;
export const categoryLetters = 3;
export const regionLetters = 4;
const dummyKind = 0;
const labelKind = 1;
const regionAt = 4;
const unitAt = 8;
const localityAt = 24;

/**
 * The row of an item.
 * @throws Fault `labels.malformed` when a code or token has another form.
 */
export function encodeRow({ category, region, unit, locality }: LabelItem): Uint8Array<ArrayBuffer> {
  const fits =
    isCode(category, categoryLetters) && isCode(region, regionLetters) && unit.length === 16 && locality.length === 16;
  if (!fits) throw new Fault("labels.malformed");
  return concat(Uint8Array.of(labelKind), utf8(category), utf8(region), unit, locality);
}

/** A row that stands for nobody: `random` is 39 bytes. */
export function dummyRow(random: Uint8Array): Uint8Array<ArrayBuffer> {
  return concat(Uint8Array.of(dummyKind), random);
}

/** The item in a row of 40 bytes, `dummy` for one that stands for nobody, or null for another kind. */
export function decodeRow(row: Uint8Array): LabelItem | "dummy" | null {
  if (row[0] === dummyKind) return "dummy";
  if (row[0] !== labelKind) return null;
  return {
    category: textOf(row.subarray(1, regionAt)),
    region: textOf(row.subarray(regionAt, unitAt)),
    unit: row.slice(unitAt, localityAt),
    locality: row.slice(localityAt, rowBytes),
  };
}

/** Whether the text is so many visible ASCII characters, as a row's codes are. */
export function isCode(text: string, letters: number): boolean {
  return text.length === letters && /^[!-~]*$/.test(text);
}

// One character a byte: no two rows read alike, whatever their bytes.
function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
