import { Fault } from "../../base/fault.ts";
import { setDesk } from "../../roster/ceremony/people.ts";
import { findDesk } from "../../roster/roster.ts";
import { parseOptions, required } from "../arguments.ts";
import type { Command } from "../command.ts";
import { editDraft } from "./edit.ts";
import { ceremonyOptions } from "./keys-directory.ts";
import { deskSpec, threshold } from "./options.ts";

const options = {
  ...ceremonyOptions,
  desk: { type: "string" },
  reviewer: { type: "string", multiple: true, default: [] as string[] },
  approvals: { type: "string" },
} as const;

export const rosterDeskCommand: Command = {
  name: "roster desk",
  purpose: "open a desk in the draft of the next roster, or change who reads for one",
  help: [
    "gundo roster desk --desk ID=NAME[=P-CODES] --reviewer ID --reviewer ID … [--approvals N]",
    "                  [--keys DIRECTORY] [--draft FILE] [--json]",
    "",
    "The reviewers named are all who read for the desk from then on, two at least. Approvals: how many of them approve an",
    "answer that leaves by SMS (2, or as it was).",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const desk = deskSpec(required(values.desk));
    if (values.reviewer.length === 0) throw new Fault("cli.usage");
    const asked = values.approvals === undefined ? null : threshold(values.approvals);
    return editDraft(values, terminal, (draft) => {
      const approvals = asked ?? findDesk(draft, desk.id)?.approvals ?? 2;
      return setDesk(draft, { ...desk, reviewers: values.reviewer, approvals });
    });
  },
};
