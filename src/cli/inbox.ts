import { sodiumDecapsulator } from "../envelope/opener-sodium.ts";
import { deskReviewers, findReviewer, type Desk, type Roster } from "../roster/roster.ts";
import { parseOptions } from "./arguments.ts";
import type { Client } from "./client.ts";
import type { Command, Terminal } from "./command.ts";
import { Fault } from "../base/fault.ts";
import type { Keys } from "../roster/identity.ts";
import { openReader, readerOptions } from "./reader.ts";
import { openedJson, openedLines, openFile } from "./reports.ts";

const options = {
  ...readerOptions,
  desk: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const inboxCommand: Command = {
  name: "inbox",
  purpose: "sign in, fetch your desks' sealed reports, open them here and print them",
  help: [
    "gundo inbox --url URL --identity FILE --passphrase-file FILE [--anchors FILE] [--desk ID] [--json]",
    "",
    "Prints each report once, newest day first; with --json one object a line. Keys never leave this machine.",
    "Anchors: the file named, else anchors.json beside the identity file, else the server's, kept at first sight. The",
    "newest roster ever seen is remembered beside them, in anchors.json.memory: an older one is refused from then on.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const { client, roster, keys } = await openReader(values, terminal);
    await client.signIn(roster.instance, keys);
    await printDesks(client, roster, keys, { desk: values.desk, json: values.json }, terminal);
    await client.signOut();
    return 0;
  },
};

interface Wanted {
  readonly desk: string | undefined;
  readonly json: boolean;
}

async function printDesks(
  client: Client,
  roster: Roster,
  keys: Keys,
  wanted: Wanted,
  terminal: Terminal,
): Promise<void> {
  const desks = desksOf(roster, keys).filter((desk) => wanted.desk === undefined || desk.id === wanted.desk);
  if (desks.length === 0) throw new Fault("forbidden");
  let closed = 0;
  for (const desk of desks) closed += await printDesk(client, roster, desk, keys, wanted.json, terminal);
  if (closed > 0 && !wanted.json)
    terminal.err(`gundo: ${closed} more files do not open with this identity: that is usual, many are decoys`);
}

/** Prints what opens and returns how many files did not. */
async function printDesk(
  client: Client,
  roster: Roster,
  desk: Desk,
  keys: Keys,
  json: boolean,
  terminal: Terminal,
): Promise<number> {
  const decapsulator = await sodiumDecapsulator();
  const index = deskReviewers(roster, desk).findIndex((reviewer) => reviewer.id === keys.id);
  let closed = 0;
  for await (const { id, receivedDay, sealed } of client.inbox(desk.id)) {
    const opened = openFile(sealed, keys.identity, decapsulator, index);
    if (opened === null) closed += 1;
    else if (json) terminal.out(JSON.stringify({ id, desk: desk.id, receivedDay, ...openedJson(opened) }));
    else for (const line of openedLines(id, receivedDay, opened)) terminal.out(line);
  }
  return closed;
}

function desksOf(roster: Roster, keys: Keys): readonly Desk[] {
  if (findReviewer(roster, keys.id) === null) throw new Fault("session.refused");
  return roster.desks.filter((desk) => desk.reviewers.includes(keys.id));
}
