import { join } from "node:path";
import { reviewers } from "./people.ts";

/** Where a person of the demo signs in from. */
export interface DemoReader {
  readonly identityFile: string;
  readonly passphraseFile: string;
}

/** The first reviewer's files, by which whoever tries the demo reads what its phones sent. */
export function demoReader(home: string): DemoReader {
  const file = join(home, "demo", "reviewers", reviewers[0]!.id);
  return { identityFile: `${file}.age`, passphraseFile: `${file}.passphrase` };
}
