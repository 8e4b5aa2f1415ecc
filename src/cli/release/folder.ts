import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../../base/fault.ts";
import { readInput } from "../arguments.ts";

/**
 * The files of a folder of releases by their paths in it, `2027-Q1/plan.note`. Hidden files are left out: systems put them
 * there. What lies deeper than a release can is named, and not read.
 *
 * @throws Fault `cli.file`.
 */
export function readFolder(path: string): ReadonlyMap<string, Uint8Array> {
  return new Map(
    entriesIn(path).flatMap(({ name, isFolder }) => (isFolder ? inner(path, name) : [fileIn(path, name)])),
  );
}

function inner(path: string, folder: string): readonly (readonly [string, Uint8Array])[] {
  return entriesIn(join(path, folder)).map(({ name, isFolder }) => {
    const at = `${folder}/${name}`;
    return isFolder ? [`${at}/`, new Uint8Array()] : fileIn(path, at);
  });
}

function fileIn(path: string, name: string): readonly [string, Uint8Array] {
  return [name, readInput(join(path, name))];
}

function entriesIn(path: string): readonly { readonly name: string; readonly isFolder: boolean }[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter(({ name }) => !name.startsWith("."))
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    throw new Fault("cli.file", { cause });
  }
}
