import type { Sealed } from "../base/brand.ts";
import { Fault } from "../base/fault.ts";
import { sodiumDecapsulator } from "../envelope/opener-sodium.ts";
import { parseOptions, readInput, readPassphrase, required } from "./arguments.ts";
import type { Command } from "./command.ts";
import { decryptKeys } from "../roster/identity.ts";
import { openedJson, openedLines, openFile } from "./reports.ts";

const options = {
  identity: { type: "string" },
  "passphrase-file": { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const openCommand: Command = {
  name: "open",
  purpose: "open one sealed report from a file, without any network",
  help: [
    "gundo open FILE --identity FILE --passphrase-file FILE [--json]",
    "",
    "FILE is one age file as the server stores it. Any age program that knows hybrid recipients opens it too; this",
    "command also checks and unpacks the frame inside.",
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
    if (values.json) terminal.out(JSON.stringify(openedJson(opened)));
    else for (const line of openedLines("", "", opened)) terminal.out(line);
    return 0;
  },
};
