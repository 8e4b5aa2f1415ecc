import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Fault } from "../base/fault.ts";
import { parseAnchors } from "../roster/parse.ts";
import type { Anchors } from "../roster/roster.ts";
import { readInput } from "./arguments.ts";
import type { Terminal } from "./command.ts";

/**
 * The anchors a reader trusts: the file named, else `anchors.json` beside the identity file. Only where neither is
 * there are the server's taken, once, kept beside the identity file and said aloud, so that a later swap is noticed.
 *
 * Rejects with `anchors.malformed`, `cli.file`.
 */
export async function trustedAnchors(
  named: string | undefined,
  identityPath: string,
  fetchAnchors: () => Promise<Uint8Array>,
  terminal: Terminal,
): Promise<Anchors> {
  const beside = join(dirname(identityPath), "anchors.json");
  if (named !== undefined) return parseAnchors(readInput(named));
  if (existsSync(beside)) return parseAnchors(readInput(beside));
  const bytes = await fetchAnchors();
  const anchors = parseAnchors(bytes);
  keepOnce(beside, bytes);
  terminal.err(`gundo: anchors taken from the server this once and kept in ${beside}: compare them with your board's`);
  return anchors;
}

function keepOnce(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes, { flag: "wx", mode: 0o600 });
  } catch (cause) {
    throw new Fault("cli.file", { cause });
  }
}

/** Anchors of a keys directory. Throws `anchors.missing` or `anchors.malformed`. */
export function anchorsIn(directory: string): Anchors {
  const path = join(directory, "anchors.json");
  if (!existsSync(path)) throw new Fault("anchors.missing");
  return parseAnchors(new Uint8Array(readFileSync(path)));
}
