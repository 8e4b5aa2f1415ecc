import { equal } from "../base/bytes.ts";
import { dayOf, type Clock, type UnixDay } from "../base/clock.ts";
import type { Emit } from "../base/events.ts";
import { Fault } from "../base/fault.ts";
import { sha256 } from "../envelope/hash.ts";
import { checkChain, serialsBetween } from "./chain.ts";
import type { Anchors, Roster, UnverifiedRoster } from "./roster.ts";
import type { RosterMemoryFile } from "./source.ts";
import { checkFreshness, verifyRoster, verifySigned } from "./verify.ts";

/** The roster of a party that is handed notes from outside, and trusts nobody who hands them. */
export interface HeldRoster {
  /** The roster in force. Throws `core.unavailable` before there is one, `roster.expired` past its grace. */
  current(): Roster;
  /** The exact note in force; throws as `current` does. */
  note(): Uint8Array;
  /** Whether a note was ever put in force here. */
  isHeld(): boolean;
  /** Serials of the notes that `offer` needs besides this one, newest first. Throws as `verifySigned`. */
  between(note: UnverifiedRoster): readonly number[];
  /**
   * Puts a note in force once it is verified and linked to the highest one remembered, over the notes between by serial;
   * the one in force changes nothing. Throws as `verifyRoster` and `checkChain`, older ones too.
   */
  offer(note: UnverifiedRoster, between?: ReadonlyMap<number, UnverifiedRoster>): void;
}

interface Held {
  readonly roster: Roster;
  readonly note: Uint8Array;
}

/** `keep` is told of each note that comes into force, before it is remembered. */
export function holdRoster(
  anchors: Anchors,
  memory: RosterMemoryFile,
  clock: Clock,
  emit: Emit,
  keep: (note: Uint8Array) => void = () => undefined,
): HeldRoster {
  let held: Held | null = null;
  let warnedDay: UnixDay | null = null;
  const fresh = (): Held => {
    if (held === null) throw new Fault("core.unavailable");
    const today = dayOf(clock.nowMs());
    if (checkFreshness(held.roster, clock.nowMs()) && today !== warnedDay) {
      emit({ event: "roster.expiring" });
      warnedDay = today;
    }
    return held;
  };
  return {
    current: () => fresh().roster,
    note: () => fresh().note,
    isHeld: () => held !== null,
    between: (note) => serialsBetween(verifySigned(anchors, note), memory.read()),
    offer: (note, between) => {
      if (held !== null && equal(held.roster.noteHash, sha256(note))) return;
      const remembered = memory.read();
      const { roster } = verifyRoster(anchors, note, remembered, clock.nowMs());
      checkChain(anchors, roster, remembered, (serial) => between?.get(serial) ?? null);
      keep(note);
      memory.write({ serial: roster.serial, noteHash: roster.noteHash });
      held = { roster, note };
    },
  };
}

/** Offers each note in turn. The last refusal, or null: of notes kept or found, the older ones are always refused. */
export function offerAll(roster: HeldRoster, notes: readonly UnverifiedRoster[]): Fault | null {
  let refusal: Fault | null = null;
  for (const note of notes) {
    try {
      roster.offer(note);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      refusal = error;
    }
  }
  return refusal;
}
