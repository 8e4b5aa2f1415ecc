import { parsePeriod } from "../trends/period.ts";
import { placeLoose } from "./loose.ts";

/** Files of releases by their paths, `2027-Q1/plan.note`. */
export type Folder = ReadonlyMap<string, Uint8Array>;

/**
 * The files of a folder that somebody chose, wherever in it the quarters lie; or loose files, each put where what is in it
 * says. What systems hide is left out; of what cannot belong to a release only the name is taken.
 */
export async function readFolder(files: Iterable<File>): Promise<Folder> {
  const shown = [...files].filter(({ name }) => !name.startsWith("."));
  const isFolder = shown.some(({ webkitRelativePath }) => webkitRelativePath !== "");
  if (!isFolder)
    return placeLoose(await Promise.all(shown.map(async (file) => [file.name, await bytesOf(file)] as const)));
  const placed = shown.map(async (file) => {
    const path = pathOf(file);
    return [path, isPlace(path) ? await bytesOf(file) : new Uint8Array()] as const;
  });
  return new Map(await Promise.all(placed));
}

/** From the quarter's folder on, or that of the rosters: what lies around them is the stick's. */
function pathOf({ webkitRelativePath }: File): string {
  const [, ...below] = webkitRelativePath.split("/");
  const all = webkitRelativePath.split("/");
  const from = all.findIndex((name) => isPlace(`${name}/`));
  return (from < 0 ? below : all.slice(from)).join("/");
}

function isPlace(path: string): boolean {
  const [folder = "", ...below] = path.split("/");
  return below.length === 1 && (folder === "rosters" || parsePeriod(folder) !== null);
}

async function bytesOf(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}
