import { utf8 } from "../base/bytes.ts";
import { hmacSha256 } from "../envelope/hash.ts";
import type { QuarterKey } from "./quarter-key.ts";
import { categoryLetters, isCode, regionLetters, type LabelItem } from "./row.ts";

/** Of a reviewer's label, what is counted. */
export interface CountedLabel {
  /** Code of a category. */
  readonly category: string;
  /** P-code of a cercle or région; its first four characters are the région's. */
  readonly place: string;
  /** Who spoke: a phone on a day, else a receipt, else a report. */
  readonly unit: string;
  /** Code of a locality by the gazetteer, never its name. */
  readonly locality?: string;
}

const tokenBytes = 16;

/**
 * The item that leaves a case under its quarter's key: tokens of one quarter say nothing about those of another. A code that
 * fits no row leaves as question marks, which the officers are told of: one odd label must not hold back all the others.
 */
export function labelItemOf({ category, place, unit, locality }: CountedLabel, key: QuarterKey): LabelItem {
  const region = place.slice(0, regionLetters);
  return {
    category: isCode(category, categoryLetters) ? category : "?".repeat(categoryLetters),
    region: isCode(region, regionLetters) ? region : "?".repeat(regionLetters),
    unit: tokenOf(key, `gundo/unit/v1\n${unit}`),
    locality: tokenOf(key, `gundo/locality/v1\n${region}\n${localityName(place, locality)}`),
  };
}

// Composed letters first: two keyboards spell one é in two ways.
function localityName(place: string, locality = ""): string {
  const name = locality.normalize("NFC").trim().toUpperCase();
  return name === "" ? place : name;
}

function tokenOf(key: QuarterKey, message: string): Uint8Array {
  return hmacSha256(key.reveal(), utf8(message)).slice(0, tokenBytes);
}
