import { anchorsKind } from "../../roster/anchors.ts";
import { mergeSigned, namesOn, textOf } from "../../roster/ceremony/file.ts";
import { anchorsIn } from "../anchors.ts";
import { parseOptions, readInput, required } from "../arguments.ts";
import type { Command } from "../command.ts";
import { replaceFile } from "../files.ts";
import { Fault } from "../../base/fault.ts";

const options = {
  keys: { type: "string", default: "./keys" },
  out: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const rosterMergeCommand: Command = {
  name: "roster merge",
  purpose: "put the signatures of several members into one note",
  help: [
    "gundo roster merge NOTE NOTE … --out NOTE [--keys DIRECTORY] [--json]",
    "",
    "All must be over the very same draft. One person merges, once: the next roster names the merged note by its hash.",
    "The note is checked whole when it is published; `gundo roster verify --note NOTE` checks it before.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values, positionals } = parseOptions(args, options);
    if (positionals.length === 0) throw new Fault("cli.usage");
    const merged = mergeSigned(positionals.map(readInput));
    const anchors = anchorsIn(values.keys);
    const signers = namesOn(anchors, merged);
    replaceFile(required(values.out), merged, 0o644);
    const { threshold } = anchors;
    if (values.json) terminal.out(JSON.stringify({ signers, threshold }));
    else {
      terminal.out(`Signed by ${signers.join(", ")}: ${signers.length} of the ${threshold} needed.`);
      if (textOf(merged).text.startsWith(`${anchorsKind}\n`)) terminal.out("The new board must sign it as well.");
    }
    return 0;
  },
};
