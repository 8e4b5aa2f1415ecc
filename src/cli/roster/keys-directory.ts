import { existsSync } from "node:fs";
import { join } from "node:path";
import { equal } from "../../base/bytes.ts";
import type { UnixMs } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { sha256 } from "../../envelope/hash.ts";
import { draftBytes, nextDraft, parseDraft } from "../../roster/ceremony/draft.ts";
import { textOf } from "../../roster/ceremony/file.ts";
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

/** The roster that this one follows, out of the directory, or null when it is not there. */
export function predecessorIn(directory: string, body: RosterBody): RosterBody | null {
  const notes = [readIfThere(join(directory, "roster.note")), formerIn(directory, body.serial - 1)];
  const found = notes.find((note) => note !== null && equal(sha256(note), body.previous));
  return found === undefined || found === null ? null : parseDraft(found);
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

function followingDraft(file: Uint8Array, anchors: Anchors, published: Roster | null): RosterBody {
  if (textOf(file).isNote) throw new Fault("roster.malformed");
  const draft = parseDraft(file);
  const previous = published?.noteHash ?? new Uint8Array(32);
  if (draft.instance !== anchors.instance) throw new Fault("roster.instance");
  if (draft.serial !== (published?.serial ?? 0) + 1 || !equal(draft.previous, previous)) throw new Fault("roster.link");
  return draft;
}

/** Writes the draft back as a whole. Throws `cli.file`. */
export function saveDraft(path: string, draft: RosterBody): void {
  replaceFile(path, draftBytes(draft), 0o644);
}
