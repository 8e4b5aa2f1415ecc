import { deskReviewers, type Desk } from "../roster/roster.ts";
import { parseOptions } from "./arguments.ts";
import { savedOf } from "./attachments.ts";
import type { Command, Terminal } from "./command.ts";
import { desksOf, openReader, readerOptions, signedIn, type Reader } from "./reader.ts";
import { openedJson, openedLines, openFile } from "./reports.ts";

const options = {
  ...readerOptions,
  desk: { type: "string" },
  attachments: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const inboxCommand: Command = {
  name: "inbox",
  purpose: "sign in, fetch your desks' sealed reports, open them here and print them",
  help: [
    "gundo inbox --url URL --identity FILE --passphrase-file FILE [--anchors FILE] [--desk ID] [--json]",
    "            [--attachments DIR]",
    "",
    "Prints each report once, newest day first; with --json one object a line. Keys never leave this machine.",
    "--attachments: writes each file that came with a report into DIR, in clear, checked against the report, under a name",
    "of its digest. Nothing is opened or run: look at it on a machine that you could lose.",
    "Anchors: the file named, else anchors.json beside the identity file, else the server's, kept at first sight. The",
    "newest roster ever seen is remembered beside them, in anchors.json.memory: an older one is refused from then on.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const reader = await openReader(values, terminal);
    await signedIn(reader, () =>
      printDesks(reader, { desk: values.desk, json: values.json, directory: values.attachments }, terminal),
    );
    return 0;
  },
};

interface Wanted {
  readonly desk: string | undefined;
  readonly json: boolean;
  /** Where attachments are written, if they are asked for. */
  readonly directory: string | undefined;
}

async function printDesks(reader: Reader, wanted: Wanted, terminal: Terminal): Promise<void> {
  let closed = 0;
  for (const desk of desksOf(reader, wanted.desk)) closed += await printDesk(reader, desk, wanted, terminal);
  if (closed > 0 && !wanted.json)
    terminal.err(`gundo: ${closed} more files do not open with this identity: that is usual, many are decoys`);
}

/** Prints what opens and returns how many files did not. */
async function printDesk(reader: Reader, desk: Desk, { json, directory }: Wanted, terminal: Terminal): Promise<number> {
  const { client, roster, keys, decapsulator } = reader;
  const index = deskReviewers(roster, desk).findIndex((reviewer) => reviewer.id === keys.id);
  let closed = 0;
  for await (const { id, receivedDay, sealed } of client.inbox(desk.id)) {
    const opened = openFile(sealed, keys.identity, decapsulator, index);
    if (opened === null) {
      closed += 1;
      continue;
    }
    const saved = await savedOf(opened, reader, directory);
    if (json) terminal.out(JSON.stringify({ id, desk: desk.id, receivedDay, ...openedJson(opened, saved) }));
    else for (const line of openedLines(id, receivedDay, opened, saved)) terminal.out(line);
  }
  return closed;
}
