import { anchorsKind, parseAnchorsChange } from "../anchors.ts";
import type { Anchors } from "../roster.ts";
import { boardLines } from "./board.ts";
import { parseDraft, predecessorAmong } from "./draft.ts";
import { textOf } from "./file.ts";
import { changeLines, type CeremonyLanguage } from "./words.ts";

/** What a member sees before they sign. */
export interface ToSign {
  readonly lines: readonly string[];
  /** Whose signature can count. */
  readonly board: readonly string[];
  /** Whether the roster before was not at hand, so that everybody is shown as new. */
  readonly withoutFormer: boolean;
}

/**
 * What a signature under this draft or note would change; `notes` are those at hand that
 * may be the one of a serial.
 *
 * Throws `note.malformed`, `roster.malformed`, `anchors.malformed`.
 */
export function whatIsSigned(
  file: Uint8Array,
  anchors: Anchors,
  notes: (serial: number) => readonly Uint8Array[],
  language: CeremonyLanguage,
): ToSign {
  const { text } = textOf(file);
  const board = anchors.board.map(({ id }) => id);
  if (text.startsWith(`${anchorsKind}\n`)) {
    const { anchors: next } = parseAnchorsChange(text);
    const both = [...board, ...next.board.map(({ id }) => id)];
    return { lines: boardLines(anchors, next, language), board: both, withoutFormer: false };
  }
  const body = parseDraft(file);
  const former = predecessorAmong(notes(body.serial - 1), body);
  return { lines: changeLines(former, body, language), board, withoutFormer: former === null && body.serial > 1 };
}
