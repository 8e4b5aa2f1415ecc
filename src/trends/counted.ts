import { base64url } from "../base/bytes.ts";
import type { UnixDay } from "../base/clock.ts";
import { periodOf, type Period } from "./period.ts";

/** One label of a case and the day it was given. */
export interface GivenLabel<Label> {
  readonly day: UnixDay;
  readonly label: Label;
}

/**
 * The label by which a case counts in a period, or null: the newest one given in it, in the period in which the case first
 * had a plausible one. A label that is given anew in a later quarter does not count once more, under another key.
 */
export function countedLabel<Label extends { readonly plausible: boolean }>(
  given: readonly GivenLabel<Label>[],
  period: Period,
): Label | null {
  const first = given.find(({ label }) => label.plausible);
  if (first === undefined || periodOf(first.day) !== period) return null;
  const newest = given.findLast(({ day }) => periodOf(day) === period)!.label;
  return newest.plausible ? newest : null;
}

/** What of a report says who spoke. */
export interface Spoken {
  readonly sourceTag?: Uint8Array | undefined;
  readonly thread?: Uint8Array | undefined;
  readonly mailbox?: { readonly id: Uint8Array } | undefined;
  readonly door: Uint8Array;
}

/** Who spoke: one phone on one day, else one receipt, else one report (trends.md, Bounding). */
export function unitOf({ sourceTag, thread, mailbox, door }: Spoken): string {
  return base64url(sourceTag ?? thread ?? mailbox?.id ?? door);
}
