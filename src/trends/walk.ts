import { equal } from "../base/bytes.ts";
import { msPerHour, type UnixHour, type UnixMs } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { sha256 } from "../envelope/hash.ts";
import type { NoteVerifier } from "../envelope/note.ts";
import type { ClaimSigners } from "./claim.ts";
import { verifySeen, type Seen } from "./seen.ts";

/** A release officer of a roster. */
export interface Officer {
  readonly verifier: NoteVerifier;
  readonly organisation: string;
}

/** What a verifier of releases believes beforehand: from anchors, and rosters that were checked against them. */
export interface ReleaseTrust {
  readonly instance: string;
  readonly board: ClaimSigners["board"];
  /** Officers by every roster that may have been in force at some time from the one instant to the other. */
  readonly officers: (fromMs: UnixMs, untilMs: UnixMs) => readonly Officer[];
  /** The core's checkpoint keys, likewise. */
  readonly checkpoints: (fromMs: UnixMs, untilMs: UnixMs) => readonly NoteVerifier[];
  readonly nowMs: UnixMs;
}

/** A walk through the files of all periods: what it knows, which file it stands at, and which it has had in hand. */
export interface Walk {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly trust: ReleaseTrust;
  /** Where a refusal lies. */
  at: string;
  readonly read: Set<string>;
  /** What the core said of its audit along the way. */
  readonly audits: SeenAudit[];
}

/** The hash of the audit's last row, 32 bytes, by the note at this path. */
export interface SeenAudit {
  readonly path: string;
  readonly hash: Uint8Array;
}

/** The file at a path, where the walk then stands, or null. */
export function fileAt(walk: Walk, path: string): Uint8Array | null {
  walk.at = path;
  walk.read.add(path);
  return walk.files.get(path) ?? null;
}

/** The file that must be there. Throws Fault `release.missing`. */
export function neededAt(walk: Walk, path: string): Uint8Array {
  const bytes = fileAt(walk, path);
  if (bytes === null) throw new Fault("release.missing");
  return bytes;
}

/** The hour in which the core saw a note of this path without its ending. Throws as `verifySeen`; `release.missing`, `release.chain`. */
export function seenHour(walk: Walk, name: string, kind: Seen["kind"], note: Uint8Array): UnixHour {
  const { instance, checkpoints } = walk.trust;
  const bytes = neededAt(walk, `${name}.seen.note`);
  const seen = verifySeen(bytes, instance, (hour) => checkpoints(startMs(hour), endMs(hour)));
  if (seen.kind !== kind || !equal(seen.note, sha256(note))) throw new Fault("release.chain");
  walk.audits.push({ path: walk.at, hash: seen.audit });
  return seen.hour;
}

/** Who were officers in an hour. */
export function officersIn({ trust }: Walk, hour: UnixHour): readonly Officer[] {
  return trust.officers(startMs(hour), endMs(hour));
}

/** Keys of the people of these ids, of whatever rosters. */
export function keysOf(officers: readonly Officer[], ids: readonly string[]): readonly NoteVerifier[] {
  return officers.map(({ verifier }) => verifier).filter(({ name }) => ids.includes(name));
}

export function startMs(hour: UnixHour): UnixMs {
  return (hour * msPerHour) as UnixMs;
}

function endMs(hour: UnixHour): UnixMs {
  return ((hour + 1) * msPerHour) as UnixMs;
}
