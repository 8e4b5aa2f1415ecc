import { parseOptions } from "../arguments.ts";
import type { Command } from "../command.ts";
import { atCase, caseOptions, caseUsage } from "./command.ts";
import { caseJson, caseLines } from "./words.ts";

export const caseShowCommand: Command = {
  name: "case show",
  purpose: "one case: what was reported, what was done, and whether anything is wrong with it",
  help: [
    caseUsage("case show"),
    "",
    "ID is the name of a report as gundo inbox prints it, or of any follow-up. Every event is checked: who signed it, that it",
    "follows the one before, that the server left none out. Exit code 1 when something is wrong.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, caseOptions);
    return atCase(values, terminal, ({ conversation, read: { known } }) => {
      if (values.json) terminal.out(JSON.stringify(caseJson(conversation, known)));
      else for (const line of caseLines(conversation, known)) terminal.out(line);
      return Promise.resolve(known.problems.some(({ problem }) => problem !== "order") ? 1 : 0);
    });
  },
};
