import { parseVerifierKey } from "../envelope/note.ts";
import type { TrustedBoard } from "../roster/verify.ts";

/** What the page is made with, out of anchors that were checked then (web.md): no reader of it can put another in. */
export interface CompiledAnchors {
  readonly instance: string;
  readonly threshold: number;
  /** The smallest serial this page takes. */
  readonly serial: number;
  /** The board's keys, `name+id+key` (c2sp.org/signed-note). */
  readonly board: readonly string[];
}

declare const GUNDO_ANCHORS: CompiledAnchors;

/** The board this page trusts. */
export function compiledBoard(): TrustedBoard {
  return { ...GUNDO_ANCHORS, board: GUNDO_ANCHORS.board.map((text) => ({ verifier: parseVerifierKey(text)! })) };
}
