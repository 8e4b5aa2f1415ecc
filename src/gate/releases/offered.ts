import { equal } from "../../base/bytes.ts";
import type { UnixDay, UnixMs } from "../../base/clock.ts";
import { Fault, type FaultCode } from "../../base/fault.ts";
import { sha256 } from "../../envelope/hash.ts";
import type { NoteVerifier } from "../../envelope/note.ts";
import type { Anchors, Reviewer, RosterBody } from "../../roster/roster.ts";
import type { StoredNote } from "../../store/release.ts";
import type { Period } from "../../trends/period.ts";
import { keptPlan, type Plan } from "../../trends/plan.ts";

/** What a note is held against. */
export interface Known {
  readonly roster: RosterBody;
  readonly anchors: Anchors;
  readonly today: UnixDay;
  readonly nowMs: UnixMs;
  /** Every note there is, by period and name. */
  readonly notes: readonly StoredNote[];
}

/** A note whose signatures hold, and where it belongs. */
export interface Offered {
  readonly period: Period;
  readonly name: string;
  /** From when anybody may read it. */
  readonly shownMs: UnixMs;
  /** The refusal of another note of this name. */
  readonly taken: FaultCode;
  /** Refuses what is not the next step, given the names of the period's labels, sorted. Throws `release.*`. */
  readonly check: (labels: readonly Uint8Array[]) => void;
}

/** Whoever serves as release officer today. */
export function officersOf({ roster, today }: Known): readonly Reviewer[] {
  return roster.reviewers.filter(
    ({ roles, from, until }) => roles.includes("release") && from <= today && today <= until,
  );
}

export function verifiersOf(officers: readonly Reviewer[]): readonly NoteVerifier[] {
  return officers.map(({ verifier }) => verifier);
}

/** The note of this name, or a Fault `release.order`. */
export function noteIn({ notes }: Known, period: Period, name: string): Uint8Array {
  const found = notes.find((one) => one.period === period && one.name === name);
  if (found === undefined) throw new Fault("release.order");
  return found.note;
}

export function hasNote({ notes }: Known, period: Period, name: string): boolean {
  return notes.some((one) => one.period === period && one.name === name);
}

/** The plan of a period as it was accepted, and its hash. Throws `release.order` when there is none. */
export function planIn(known: Known, period: Period): Plan & { readonly hash: Uint8Array } {
  const note = noteIn(known, period, "plan");
  return { ...keptPlan(note, known.roster.instance), hash: sha256(note) };
}

/** Throws `release.order` unless both are the same hash: a step that names another one before it. */
export function requireSame(a: Uint8Array, b: Uint8Array): void {
  if (!equal(a, b)) throw new Fault("release.order");
}
