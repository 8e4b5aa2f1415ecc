import { sayProposed } from "../answer/answer.ts";
import { approveInCase } from "../answer/in-case.ts";
import { parseOptions, required } from "../arguments.ts";
import type { Command } from "../command.ts";
import { openReader } from "../reader.ts";
import { caseOptions, caseUsage } from "./command.ts";

export const caseApproveCommand: Command = {
  name: "case approve",
  purpose: "approve the SMS that another reader proposes in a case; the last one needed sends it",
  help: [
    caseUsage("case approve"),
    "",
    "The newest proposal that you have not approved. Read it first (gundo case show): the operator and whoever holds the phone",
    "will see the text.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, caseOptions);
    const report = required(values.report);
    sayProposed(await approveInCase(await openReader(values, terminal), report), values.json, terminal);
    return 0;
  },
};
