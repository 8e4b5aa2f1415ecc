import { fromHex } from "../base/bytes.ts";
import { parseVerifierKey } from "../envelope/note.ts";
import type { RosterMemory, TrustedBoard } from "../roster/verify.ts";

/** What the page is made with, out of anchors that were checked then (web.md): no reader of it can put another in. */
export interface CompiledAnchors {
  readonly instance: string;
  readonly threshold: number;
  /** The smallest serial the anchors take. */
  readonly serial: number;
  /** The roster in force when the page was made: no older one is taken, and no other of its number. */
  readonly pinned: { readonly serial: number; readonly noteHash: string };
  /** The board's keys, `name+id+key` (c2sp.org/signed-note). */
  readonly board: readonly string[];
}

declare const GUNDO_ANCHORS: CompiledAnchors;

/** The board this page trusts. */
export function compiledBoard(): TrustedBoard {
  return { ...GUNDO_ANCHORS, board: GUNDO_ANCHORS.board.map((text) => ({ verifier: parseVerifierKey(text)! })) };
}

/** The roster that every later one has to follow. */
export function pinnedRoster(): RosterMemory {
  const { serial, noteHash } = GUNDO_ANCHORS.pinned;
  return { serial, noteHash: fromHex(noteHash)! };
}
