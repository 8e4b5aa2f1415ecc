import { fromUtf8, utf8 } from "../../base/bytes.ts";
import { parseJson, strictList } from "../../base/strict.ts";
import { parsePeriod, type Period } from "../../trends/period.ts";
import { readIfThere, replaceFile } from "../files.ts";

/** Periods whose labels left from here, in a file beside the identity. Everybody posts each quarter: it says nothing more. */
export interface Posted {
  has(period: Period): boolean;
  /** Durable when it returns. */
  add(period: Period): void;
}

export function openPosted(identityPath: string): Posted {
  const path = `${identityPath}.labels`;
  const periods = new Set(readPeriods(readIfThere(path)));
  return {
    has: (period) => periods.has(period),
    add: (period) => replaceFile(path, utf8(JSON.stringify([...periods.add(period)]))),
  };
}

// What cannot be read counts as nothing done: a second post is named to the officers, and counts nobody twice.
function readPeriods(bytes: Uint8Array | null): readonly Period[] {
  const text = fromUtf8(bytes ?? new Uint8Array(0)) ?? "";
  return strictList(parseJson(text), parsePeriod) ?? [];
}
