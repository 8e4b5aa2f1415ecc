import { hex } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import { sha256 } from "../envelope/hash.ts";
import { readNote } from "../envelope/note-text.ts";
import { parseRosterText } from "./parse.ts";
import type { Anchors, Roster, RosterBody, UnverifiedRoster } from "./roster.ts";
import { verifySigned } from "./verify.ts";

/** A roster that the anchors vouch for, and the note it stands in. */
export interface TrustedNote {
  readonly body: RosterBody;
  readonly note: UnverifiedRoster;
}

/**
 * The newest roster that the anchors reach, and every one before it, newest first: each is the very note its successor
 * names, those of a former board too.
 *
 * @throws Fault as `verifySigned` when no note is the board's; `roster.missing` when there is none at all.
 */
export function rosterHistory(anchors: Anchors, notes: readonly UnverifiedRoster[]): readonly TrustedNote[] {
  let current: TrustedNote = newestSigned(anchors, notes);
  const byHash = new Map(notes.map((note) => [hex(sha256(note)), note]));
  const trusted = [current];
  for (;;) {
    const note = byHash.get(hex(current.body.previous));
    if (note === undefined) return trusted;
    current = { note, body: parseRosterText(readNote(note).text) };
    trusted.push(current);
  }
}

type SignedNote = TrustedNote & { readonly body: Roster };

function newestSigned(anchors: Anchors, notes: readonly UnverifiedRoster[]): SignedNote {
  let refusal = new Fault("roster.missing");
  let newest: SignedNote | null = null;
  for (const note of notes) {
    try {
      const body = verifySigned(anchors, note);
      if (newest === null || body.serial > newest.body.serial) newest = { body, note };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      refusal = error;
    }
  }
  if (newest === null) throw refusal;
  return newest;
}
