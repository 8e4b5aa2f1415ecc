import { equal } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import { sha256 } from "../envelope/hash.ts";
import { readNote } from "../envelope/note-text.ts";
import { parseRosterText } from "./parse.ts";
import type { Roster, RosterBody, UnverifiedRoster } from "./roster.ts";
import { verifySigned, type RosterMemory, type TrustedBoard } from "./verify.ts";

/** The serials between what was remembered and this roster, newest first: the notes that tie the one to the other. */
export function serialsBetween(roster: Roster, memory: RosterMemory | null): readonly number[] {
  const gap = memory === null ? 0 : Math.max(0, roster.serial - memory.serial - 1);
  return Array.from({ length: gap }, (_, index) => roster.serial - 1 - index);
}

/**
 * Walks back from a verified roster to the one remembered, over the former notes (envelope.md, Roster: a broken previous
 * link). Each is the very note its successor names, and each that the anchors reach is signed by k and within the rules;
 * one from before a change of board is vouched for by its successor's link alone.
 *
 * Throws `roster.link` when a note is missing or is not the one named, or as `verifySigned`.
 */
export function checkChain(
  anchors: TrustedBoard,
  roster: Roster,
  memory: RosterMemory | null,
  former: (serial: number) => UnverifiedRoster | null,
): void {
  if (memory === null || roster.serial <= memory.serial + 1) return;
  let { previous } = roster;
  for (const serial of serialsBetween(roster, memory)) {
    const note = former(serial);
    if (note === null || !equal(sha256(note), previous)) throw new Fault("roster.link");
    const body = serial < anchors.serial ? parseRosterText(readNote(note).text) : verifySigned(anchors, note);
    if (body.serial !== serial) throw new Fault("roster.link");
    ({ previous } = body);
  }
  if (!equal(previous, memory.noteHash)) throw new Fault("roster.link");
}

/**
 * The notes before a verified roster, newest first: each is the very one its successor names by hash and number, so that
 * whoever signed the roster vouches for all of them, those of a former board too. The walk ends at the first that is
 * missing, another or malformed.
 */
export function* predecessors(
  roster: Roster,
  former: (serial: number) => UnverifiedRoster | null,
): Generator<RosterBody, void> {
  let successor: RosterBody = roster;
  while (successor.serial > 1) {
    const note = former(successor.serial - 1);
    if (note === null || !equal(sha256(note), successor.previous)) return;
    const body = bodyIn(note);
    if (body?.serial !== successor.serial - 1 || body.instance !== roster.instance) return;
    yield body;
    successor = body;
  }
}

// Two years of a roster renewed each month.
const mostFormer = 24;

/** The same over notes that have to be fetched: at most 24, as far back as `former` has them. */
export async function formerRosters(
  roster: Roster,
  former: (serial: number) => Promise<UnverifiedRoster | null>,
): Promise<readonly RosterBody[]> {
  const notes = new Map<number, UnverifiedRoster>();
  for (let serial = roster.serial - 1; serial > 0 && notes.size < mostFormer; serial--) {
    const note = await former(serial);
    if (note === null) break;
    notes.set(serial, note);
  }
  return [...predecessors(roster, (serial) => notes.get(serial) ?? null)];
}

function bodyIn(note: UnverifiedRoster): RosterBody | null {
  try {
    return parseRosterText(readNote(note).text);
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}
