import type { Chance } from "../base/chance.ts";
import type { Clock } from "../base/clock.ts";
import type { Exclusion } from "../envelope/report.ts";
import { prepare, type Prepared } from "../envelope/seal.ts";
import { deskRecipients } from "../roster/readers.ts";
import type { Desk, Roster } from "../roster/roster.ts";
import { todayFor } from "./readers.ts";

/** Stanzas made while the person types: they depend on who may read and not on what is written (envelope.md). */
export interface Stanzas {
  /** Makes them for these exclusions unless they are there. Throws `envelope.tooFewReaders`. */
  ready(exclude: readonly Exclusion[]): void;
  /** Hands them over, once. Throws `envelope.tooFewReaders`. */
  take(exclude: readonly Exclusion[]): Prepared;
}

export function openStanzas(roster: Roster, desk: Desk, clock: Clock, chance: Chance): Stanzas {
  let made: { readonly key: string; readonly prepared: Prepared } | null = null;
  const ready = (exclude: readonly Exclusion[]): Prepared => {
    const today = todayFor(roster, clock);
    const key = JSON.stringify([today, exclude]);
    if (made?.key !== key) {
      // What was made for other exclusions must not be left when these leave too few readers.
      made = null;
      const recipients = deskRecipients(roster, desk, exclude, today, chance);
      made = { key, prepared: prepare(recipients, chance) };
    }
    return made.prepared;
  };
  return {
    ready,
    take: (exclude) => {
      const prepared = ready(exclude);
      made = null;
      return prepared;
    },
  };
}
