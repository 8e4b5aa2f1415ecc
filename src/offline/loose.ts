import { fromUtf8, hex } from "../base/bytes.ts";
import { parseJson } from "../base/strict.ts";
import { sha256 } from "../envelope/hash.ts";
import { rosterKind } from "../roster/roster.ts";
import { claimKind, commitKind, erratumKind, planKind, releaseKind, seenKind } from "../trends/note.ts";
import type { Folder } from "./folder.ts";

/** A file by the name it had. */
type Loose = readonly [name: string, bytes: Uint8Array];

/**
 * Files without a folder, as phones hand them over, each where what is in it says that it belongs. Nothing is believed by
 * that: whatever was put in a wrong place is refused there, and what belongs nowhere keeps its name, which no release has.
 */
export function placeLoose(files: readonly Loose[]): Folder {
  const placed = new Map<string, Uint8Array>();
  const later: Loose[] = [];
  const byHash = new Map<string, string>();
  for (const [name, bytes] of files) {
    const note = noteIn(bytes);
    const path = note === null ? null : pathOf(note);
    if (path === null) later.push([name, bytes]);
    else {
      placed.set(`${path}.note`, bytes);
      byHash.set(hex(sha256(bytes)), path);
      if (note?.kind === releaseKind) for (const [hash, at] of filesOf(note)) byHash.set(hash, at);
    }
  }
  for (const [name, bytes] of later) placed.set(placeOf(bytes, byHash) ?? name, bytes);
  return placed;
}

/** Where what names a note, or is named by one, belongs. */
function placeOf(bytes: Uint8Array, byHash: ReadonlyMap<string, string>): string | null {
  const note = noteIn(bytes);
  if (note?.kind !== seenKind) return byHash.get(hex(sha256(bytes))) ?? null;
  const seen = byHash.get(textOf(note.json["note"]));
  return seen === undefined ? null : `${seen}.seen.note`;
}

interface LooseNote {
  readonly kind: string;
  /** Third line of a roster. */
  readonly serial: string;
  /** The JSON of any other note, as far as it is an object. */
  readonly json: Readonly<Record<string, unknown>>;
}

function noteIn(bytes: Uint8Array): LooseNote | null {
  const [kind = "", , third = ""] = (fromUtf8(bytes) ?? "").split("\n");
  if (!kind.startsWith("gundo/")) return null;
  const value = parseJson(third);
  const json = typeof value === "object" && value !== null ? { ...value } : {};
  return { kind, serial: third, json };
}

/** Without its ending; null for a note that says nothing of its place. */
function pathOf({ kind, serial, json }: LooseNote): string | null {
  if (kind === rosterKind) return `rosters/${serial}`;
  const ending = json["attempt"] === 2 ? "-2" : "";
  const names: Readonly<Record<string, string>> = {
    [planKind]: "plan",
    [commitKind]: `commit-${textOf(json["officer"])}${ending}`,
    [claimKind]: `claim${ending}`,
    [releaseKind]: "release",
    [erratumKind]: `erratum-${textOf(json["number"])}`,
  };
  const name = names[kind];
  return name === undefined ? null : `${textOf(json["period"])}/${name}`;
}

/** Hash and path of each file that a release names. */
function filesOf({ json }: LooseNote): readonly (readonly [string, string])[] {
  const files: readonly unknown[] = Array.isArray(json["files"]) ? json["files"] : [];
  return files.flatMap((file) => {
    const { name, sha256: hash } = { ...(file as object) } as Readonly<Record<string, unknown>>;
    return [[textOf(hash), `${textOf(json["period"])}/${textOf(name)}`] as const];
  });
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
