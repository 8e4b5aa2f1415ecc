import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../../base/fault.ts";
import { parsePeriod } from "../../trends/period.ts";
import { readInput } from "../arguments.ts";

/**
 * The files of a folder of releases by their paths in it, `2027-Q1/plan.note`. Hidden files are left out: systems put them
 * there. Of what can be no release's only the name is taken.
 *
 * @throws Fault `cli.file`.
 */
export function readFolder(path: string): ReadonlyMap<string, Uint8Array> {
  const nothing = new Uint8Array();
  const named = entriesIn(path).flatMap(({ name, kind }) => {
    if (kind !== "folder") return [[name, nothing] as const];
    return isPlace(name) ? filesIn(path, name) : [[`${name}/`, nothing] as const];
  });
  return new Map(named);
}

function filesIn(path: string, folder: string): readonly (readonly [string, Uint8Array])[] {
  return entriesIn(join(path, folder)).map(({ name, kind }) => {
    const at = `${folder}/${name}`;
    return kind === "file" ? [at, readInput(join(path, at))] : [`${at}/`, new Uint8Array()];
  });
}

function isPlace(folder: string): boolean {
  return folder === "rosters" || parsePeriod(folder) !== null;
}

interface Entry {
  readonly name: string;
  /** Links and devices are something else: they are not read. */
  readonly kind: "file" | "folder" | "else";
}

function entriesIn(path: string): readonly Entry[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter(({ name }) => !name.startsWith("."))
      .map((entry): Entry => {
        const kind = entry.isFile() ? "file" : "else";
        return { name: entry.name, kind: entry.isDirectory() ? "folder" : kind };
      })
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    throw new Fault("cli.file", { cause });
  }
}
