import { utf8 } from "../../base/bytes.ts";
import { parseAnchorsChange } from "../../roster/anchors.ts";
import { boardDraft, boardLines } from "../../roster/ceremony/board.ts";
import type { BoardMember } from "../../roster/ceremony/draft.ts";
import { parseEnrolment } from "../../roster/ceremony/enrolment.ts";
import { anchorsIn } from "../anchors.ts";
import { parseOptions, readInput, required } from "../arguments.ts";
import type { Command } from "../command.ts";
import { writeNewFile } from "../files.ts";
import { publishedRoster } from "./keys-directory.ts";
import { threshold } from "./options.ts";

const options = {
  keys: { type: "string", default: "./keys" },
  member: { type: "string", multiple: true, default: [] as string[] },
  stays: { type: "string", multiple: true, default: [] as string[] },
  threshold: { type: "string" },
  out: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const rosterAnchorsCommand: Command = {
  name: "roster anchors",
  purpose: "draft a change of board, for the old board and the new to sign",
  help: [
    "gundo roster anchors --stays ID … --member REQUEST=NAME … [--threshold K] --out DRAFT [--keys DIRECTORY] [--json]",
    "",
    "--stays: members who remain. --member: who joins, or a member's new keys. Whoever is in neither leaves. Enough of the",
    "old board and enough of the new sign the draft (`gundo roster sign --draft DRAFT`), and the notes are merged; the new",
    "board signs the next roster, and both are published together. Readers take it with `gundo roster trust`.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const anchors = anchorsIn(values.keys);
    const needed = values.threshold === undefined ? anchors.threshold : threshold(values.threshold);
    const change = { stays: values.stays, joins: values.member.map(joining), threshold: needed };
    const text = boardDraft(anchors, change, publishedRoster(values.keys, anchors));
    const { anchors: next } = parseAnchorsChange(text);
    writeNewFile(required(values.out), utf8(text), 0o644);
    if (values.json)
      terminal.out(
        JSON.stringify({ board: next.board.map(({ id }) => id), threshold: next.threshold, serial: next.serial }),
      );
    else for (const line of boardLines(anchors, next, "en")) terminal.out(line);
    return 0;
  },
};

/** `REQUEST=NAME`; without a name the person's id. */
export function joining(text: string): BoardMember {
  const [path = "", ...name] = text.split("=");
  const enrolment = parseEnrolment(readInput(path));
  return { enrolment, name: name.join("=") || enrolment.id };
}
