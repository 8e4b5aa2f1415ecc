import type { Sealed } from "../base/brand.ts";
import { Fault } from "../base/fault.ts";
import { sodiumDecapsulator } from "../envelope/opener-sodium.ts";
import { parseOptions, readInput, readPassphrase, required } from "./arguments.ts";
import { savedOf, type Saved } from "./attachments.ts";
import type { Command, Terminal } from "./command.ts";
import { openReader, signedIn, type ReaderValues } from "./reader.ts";
import { decryptKeys } from "../roster/identity.ts";
import { openedJson, openedLines, openFile, type Opened } from "./reports.ts";

const options = {
  identity: { type: "string" },
  "passphrase-file": { type: "string" },
  json: { type: "boolean", default: false },
  attachments: { type: "string" },
  url: { type: "string" },
  anchors: { type: "string" },
} as const;

export const openCommand: Command = {
  name: "open",
  purpose: "open one sealed report from a file, without any network unless attachments are asked for",
  help: [
    "gundo open FILE --identity FILE --passphrase-file FILE [--json]",
    "           [--attachments DIR --url URL [--anchors FILE]]",
    "",
    "FILE is one age file as the server stores it. Any age program that knows hybrid recipients opens it too; this",
    "command also checks and unpacks the frame inside.",
    "--attachments: signs in at URL, fetches the files that came with it and writes them into DIR, as gundo inbox does.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values, positionals } = parseOptions(args, options);
    const path = required(positionals[0]);
    const keys = await decryptKeys(
      readInput(required(values.identity)),
      readPassphrase(required(values["passphrase-file"])),
    );
    const opened = openFile(readInput(path) as Sealed, keys.identity, await sodiumDecapsulator(), 0);
    if (opened === null) throw new Fault("envelope.unopenable");
    const saved = values.attachments === undefined ? [] : await fetchedFor(opened, values, terminal);
    if (values.json) terminal.out(JSON.stringify(openedJson(opened, saved)));
    else for (const line of openedLines("", "", opened, saved)) terminal.out(line);
    return 0;
  },
};

async function fetchedFor(
  opened: Opened,
  values: ReaderValues & { readonly attachments?: string | undefined },
  terminal: Terminal,
): Promise<readonly Saved[]> {
  const reader = await openReader(values, terminal);
  return signedIn(reader, () => savedOf(opened, reader, values.attachments));
}
