import { existsSync } from "node:fs";
import { join } from "node:path";
import type { UnixMs } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { draftBytes, followingDraft, nextDraft } from "../../roster/ceremony/draft.ts";
import type { Anchors, Roster, RosterBody } from "../../roster/roster.ts";
import { verifySigned } from "../../roster/verify.ts";
import { readInput } from "../arguments.ts";
import { readIfThere, replaceFile } from "../files.ts";

/** Options that every command of the ceremony shares. */
export const ceremonyOptions = {
  keys: { type: "string", default: "./keys" },
  draft: { type: "string", default: "./roster.draft" },
  json: { type: "boolean", default: false },
} as const;

/**
 * The roster published in a keys directory, or null when there is none yet. Its age does not matter here: one that has
 * expired is the very one that is renewed. Throws as `verifySigned`.
 */
export function publishedRoster(directory: string, anchors: Anchors): Roster | null {
  const note = readIfThere(join(directory, "roster.note"));
  return note === null ? null : verifySigned(anchors, note);
}

/** The note of a serial in a keys directory, or null. */
export function formerIn(directory: string, serial: number): Uint8Array | null {
  return readIfThere(join(directory, "roster", `${serial}.note`));
}

/** The notes in a keys directory that may be the one of this serial. */
export function notesAt(directory: string, serial: number): readonly Uint8Array[] {
  return [readIfThere(join(directory, "roster.note")), formerIn(directory, serial)].filter((note) => note !== null);
}

/**
 * The draft in the file, or one begun on the published roster when there is none.
 *
 * Throws `roster.missing`; `roster.instance` or `roster.link` for a draft that does not follow what is published;
 * `roster.malformed` for a note that was signed already.
 */
export function openDraft(path: string, anchors: Anchors, published: Roster | null, nowMs: UnixMs): RosterBody {
  if (existsSync(path)) return followingDraft(readInput(path), anchors, published);
  if (published === null) throw new Fault("roster.missing");
  return nextDraft(published, nowMs);
}

/** Writes the draft back as a whole. Throws `cli.file`. */
export function saveDraft(path: string, draft: RosterBody): void {
  replaceFile(path, draftBytes(draft), 0o644);
}
