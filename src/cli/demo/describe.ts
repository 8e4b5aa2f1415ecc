import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { board, desks, officers, reviewers } from "./people.ts";

interface DescribedPerson {
  readonly id: string;
  readonly identityFile: string;
  readonly passphrase: string;
}

/** `$GUNDO_HOME/demo/demo.json`: what a script needs to play every part of the demo (operations.md). */
export function describeDemo(home: string, url: string, gatewaySecret: string): void {
  const directory = join(home, "demo");
  const people = (group: string, ids: readonly { readonly id: string }[]): readonly DescribedPerson[] =>
    ids.map(({ id }) => describePerson(join(directory, group), id));
  const description = {
    url,
    gatewaySecret,
    desks: desks.map(({ id }) => id),
    reviewers: people("reviewers", reviewers).map((person) => ({ ...person, desk: desks[0].id })),
    officers: people("officers", officers),
    board: people("board", board),
  };
  writeFileSync(join(directory, "demo.json"), `${JSON.stringify(description, null, 2)}\n`, { mode: 0o600 });
}

function describePerson(folder: string, id: string): DescribedPerson {
  const passphrase = readFileSync(join(folder, `${id}.passphrase`), "utf8").trimEnd();
  return { id, identityFile: join(folder, `${id}.age`), passphrase };
}
