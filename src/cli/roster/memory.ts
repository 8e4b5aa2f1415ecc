import { rosterMemoryIn } from "../../roster/memory.ts";
import type { RosterMemoryFile } from "../../roster/source.ts";
import { readIfThere, replaceFile } from "../files.ts";

/** The highest roster ever accepted under these anchors, in a file beside them. Its methods throw `cli.file`. */
export function memoryBeside(anchorsPath: string): RosterMemoryFile {
  const path = `${anchorsPath}.memory`;
  return rosterMemoryIn({ read: () => readIfThere(path), write: (bytes) => replaceFile(path, bytes) });
}
