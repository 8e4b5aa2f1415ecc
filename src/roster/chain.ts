import { equal } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import { sha256 } from "../envelope/hash.ts";
import { readNote } from "../envelope/note-text.ts";
import { parseRosterText } from "./parse.ts";
import type { Roster, UnverifiedRoster } from "./roster.ts";
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
