import { closeDesk, remove } from "../../roster/ceremony/people.ts";
import { Fault } from "../../base/fault.ts";
import { parseOptions } from "../arguments.ts";
import type { Command } from "../command.ts";
import { editDraft } from "./edit.ts";
import { ceremonyOptions } from "./keys-directory.ts";

const options = {
  ...ceremonyOptions,
  id: { type: "string", multiple: true, default: [] as string[] },
  desk: { type: "string", multiple: true, default: [] as string[] },
} as const;

export const rosterRemoveCommand: Command = {
  name: "roster remove",
  purpose: "take somebody, or a desk, out of the draft of the next roster",
  help: [
    "gundo roster remove --id NAME … [--desk ID …] [--keys DIRECTORY] [--draft FILE] [--json]",
    "",
    "The person reads nothing that is sealed once the new roster is published; what they could open before, they still can.",
    "A desk keeps two readers at least: admit somebody first, or close the desk.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    if (values.id.length + values.desk.length === 0) throw new Fault("cli.usage");
    return editDraft(values, terminal, (draft) => values.desk.reduce(closeDesk, values.id.reduce(remove, draft)));
  },
};
