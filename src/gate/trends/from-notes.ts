import { concat, hex, utf8 } from "../../base/bytes.ts";
import { sha256 } from "../../envelope/hash.ts";
import { verifyNote, type NoteVerifier } from "../../envelope/note.ts";
import { verifyErratum } from "../../trends/erratum.ts";
import type { BothLanguages } from "../../trends/key-space.ts";
import type { Period } from "../../trends/period.ts";
import { verifyPlan } from "../../trends/plan.ts";
import { contentOf, verifyRelease } from "../../trends/release-note.ts";
import type { Quarter, Released, Trends, TrendSource } from "./source.ts";

/** A public note by its period and its name. */
export interface PublicNote {
  readonly period: Period;
  readonly name: string;
  readonly note: Uint8Array;
}

/** What public notes are read with. */
export interface NoteReading {
  readonly instance: string;
  /** Every release officer there is or was: a note stays true after its signer has gone. */
  readonly officers: readonly NoteVerifier[];
}

/**
 * Trends out of public notes, each verified once and again only when another is there.
 *
 * `read` rejects with the Fault of a note that does not verify: an altered table must not be shown.
 */
export function trendsFrom(notes: () => Promise<readonly PublicNote[]>, reading: () => NoteReading): TrendSource {
  let kept: Trends | null = null;
  return {
    read: async () => {
      const all = await notes();
      const version = versionOf(all);
      if (kept?.version !== version) kept = { quarters: quartersIn(all, reading()), version };
      return kept;
    },
  };
}

function versionOf(notes: readonly PublicNote[]): string {
  const named = notes.map(({ period, name, note }) => concat(utf8(`${period} ${name}\n`), sha256(note)));
  return hex(sha256(concat(...named)));
}

function quartersIn(notes: readonly PublicNote[], reading: NoteReading): readonly Quarter[] {
  return notes
    .filter(({ name }) => name === "plan")
    .toSorted((a, b) => (a.period < b.period ? -1 : 1))
    .map(({ period, note }) => {
      const own = notes.filter((one) => one.period === period);
      return quarterIn(own, note, reading);
    });
}

function quarterIn(own: readonly PublicNote[], planNote: Uint8Array, reading: NoteReading): Quarter {
  const { instance, officers } = reading;
  const plan = verifyPlan(planNote, instance, officers);
  const signing = officers.filter(({ name }) => plan.officers.includes(name));
  const note = own.find(({ name }) => name === "release")?.note;
  const notes = own.map(({ name }) => name);
  if (note === undefined) return { plan, notes, released: null };
  const release = verifyRelease(note, instance, signing);
  const { signers } = verifyNote(note, signing);
  const errata = errataIn(own, reading);
  const released: Released = { release, content: contentOf(plan, release), hash: sha256(note), signers, errata };
  return { plan, notes, released };
}

function errataIn(own: readonly PublicNote[], { instance, officers }: NoteReading): readonly BothLanguages[] {
  return own
    .filter(({ name }) => name.startsWith("erratum-"))
    .map(({ note }) => verifyErratum(note, instance, officers))
    .toSorted((a, b) => a.number - b.number)
    .map(({ words }) => words);
}
