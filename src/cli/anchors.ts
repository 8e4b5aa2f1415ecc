import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Fault } from "../base/fault.ts";
import { parseAnchors } from "../roster/parse.ts";
import type { Anchors } from "../roster/roster.ts";
import { readInput } from "./arguments.ts";
import type { Terminal } from "./command.ts";
import { writeNewFile } from "./files.ts";

/** Anchors and the file they lie in, beside which the highest roster is remembered. */
export interface TrustedAnchors {
  readonly anchors: Anchors;
  readonly path: string;
}

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
): Promise<TrustedAnchors> {
  const beside = join(dirname(identityPath), "anchors.json");
  const path = named ?? beside;
  if (named !== undefined || existsSync(beside)) return { anchors: parseAnchors(readInput(path)), path };
  const bytes = await fetchAnchors();
  const anchors = parseAnchors(bytes);
  writeNewFile(beside, bytes);
  terminal.err(`gundo: anchors taken from the server this once and kept in ${beside}: compare them with your board's`);
  return { anchors, path };
}

/** Anchors of a keys directory. Throws `anchors.missing` or `anchors.malformed`. */
export function anchorsIn(directory: string): Anchors {
  const path = join(directory, "anchors.json");
  if (!existsSync(path)) throw new Fault("anchors.missing");
  return parseAnchors(new Uint8Array(readFileSync(path)));
}
