import { Fault } from "../base/fault.ts";
import { msPerDay, type Clock } from "../base/clock.ts";
import type { Emit } from "../base/events.ts";
import { deskReviewers, findDesk, type Anchors, type Roster, type RosterBody } from "./roster.ts";
import type { DeskId } from "../base/brand.ts";
import { checkChain, predecessors } from "./chain.ts";
import { checkFreshness, verifyRoster, type RosterMemory } from "./verify.ts";

/** The bytes of the keys directory; `version` changes when the note does. */
export interface KeysOnDisk {
  version(): string;
  note(): Uint8Array;
  /** The note of this serial, or null. */
  former(serial: number): Uint8Array | null;
}

/** Where a party remembers the highest roster it ever accepted. */
export interface RosterMemoryFile {
  read(): RosterMemory | null;
  write(memory: RosterMemory): void;
}

/** The roster in force, followed as the board publishes new ones. */
export interface RosterSource {
  current(): Roster;
  /** Stanza counts a desk's files may have today; empty when there is no such desk. */
  stanzaCounts(desk: DeskId): readonly number[];
}

/** `accept` takes the stanza counts of former rosters for this long (envelope.md, Roster). */
const formerCountsDays = 15;
const lookEveryMs = 250;

/**
 * Verifies at once and again whenever the note on disk changes; a note that is refused leaves the former roster in
 * force and is named in an event. Throws as `verifyRoster` when the first one is refused.
 */
export function followRoster(
  anchors: Anchors,
  disk: KeysOnDisk,
  memory: RosterMemoryFile,
  clock: Clock,
  emit: Emit,
): RosterSource {
  let version = disk.version();
  let held = load(anchors, disk, memory, clock, emit);
  let lookedMs = clock.nowMs();
  const current = (): Held => {
    if (Math.abs(clock.nowMs() - lookedMs) < lookEveryMs) return held;
    lookedMs = clock.nowMs();
    const seen = disk.version();
    if (seen === version) return held;
    version = seen;
    try {
      held = load(anchors, disk, memory, clock, emit);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      emit({ event: "failed", part: "roster", code: error.code });
    }
    return held;
  };
  return {
    current: () => {
      const { roster } = current();
      // A process may run for months: what was fresh when it was loaded is asked again at every use.
      checkFreshness(roster, clock.nowMs());
      return roster;
    },
    stanzaCounts: (desk) => countsOf(current(), desk, clock.nowMs()),
  };
}

interface Held {
  readonly roster: Roster;
  /** The notes before it, newest first, as far back as their stanza counts may matter. */
  readonly former: readonly RosterBody[];
}

function load(anchors: Anchors, disk: KeysOnDisk, memory: RosterMemoryFile, clock: Clock, emit: Emit): Held {
  const remembered = memory.read();
  const { roster, stale } = verifyRoster(anchors, disk.note(), remembered, clock.nowMs());
  checkChain(anchors, roster, remembered, (serial) => disk.former(serial));
  if (stale) emit({ event: "roster.expiring" });
  memory.write({ serial: roster.serial, noteHash: roster.noteHash });
  return { roster, former: lately(roster, disk, clock.nowMs()) };
}

/** A former roster counts from the day its successor was issued. */
function counts(successor: RosterBody, nowMs: number): boolean {
  return nowMs - successor.issuedMs <= formerCountsDays * msPerDay;
}

function lately(roster: Roster, disk: KeysOnDisk, nowMs: number): readonly RosterBody[] {
  const former: RosterBody[] = [];
  let successor: RosterBody = roster;
  for (const body of predecessors(roster, (serial) => disk.former(serial))) {
    if (!counts(successor, nowMs)) break;
    former.push(body);
    successor = body;
  }
  return former;
}

function countsOf({ roster, former }: Held, deskId: DeskId, nowMs: number): readonly number[] {
  const chain = [roster, ...former];
  const live = former.filter((_, index) => counts(chain[index]!, nowMs));
  const stanzas = [roster, ...live].flatMap((one) => {
    const desk = findDesk(one, deskId);
    return desk === null ? [] : [deskReviewers(one, desk).length];
  });
  return [...new Set(stanzas)];
}
