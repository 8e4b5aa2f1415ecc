import { existsSync } from "node:fs";
import { join } from "node:path";
import { utf8 } from "../../base/bytes.ts";
import { systemClock } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { firstAnchors, firstDraft } from "../../roster/ceremony/draft.ts";
import { enrolmentFingerprint } from "../../roster/ceremony/enrolment.ts";
import { parseServer } from "../../roster/ceremony/server.ts";
import { anchorsFingerprint } from "../../roster/ceremony/board.ts";
import { anchorsText } from "../../roster/text.ts";
import { parseOptions, readInput, required } from "../arguments.ts";
import type { Command } from "../command.ts";
import { makeDirectory, writeNewFile } from "../files.ts";
import { joining } from "./anchors.ts";
import { ceremonyOptions, saveDraft } from "./keys-directory.ts";
import { deskSpec, threshold } from "./options.ts";

const options = {
  ...ceremonyOptions,
  instance: { type: "string" },
  member: { type: "string", multiple: true, default: [] as string[] },
  threshold: { type: "string", default: "2" },
  server: { type: "string" },
  desk: { type: "string", multiple: true, default: [] as string[] },
} as const;

export const rosterInitCommand: Command = {
  name: "roster init",
  purpose: "begin an instance: the board's anchors and the draft of its first roster",
  help: [
    "gundo roster init --instance NAME --member REQUEST=NAME … --threshold K --server FILE --desk ID=NAME[=P-CODES] …",
    "                  [--keys DIRECTORY] [--draft FILE] [--json]",
    "",
    "Each --member is a board member's enrolment request with the person's name; K of them make a roster valid. FILE is the",
    "server.json that `gundo init` made. Writes DIRECTORY/anchors.json (never over one that is there) and the draft, nobody",
    "in it yet. Read every member's fingerprint aloud to that member before you go on.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const members = values.member.map(joining);
    const anchors = firstAnchors(required(values.instance), members, threshold(values.threshold));
    const server = parseServer(readInput(required(values.server)));
    const draft = firstDraft(anchors.instance, server, values.desk.map(deskSpec), systemClock.nowMs());
    if (existsSync(values.draft)) throw new Fault("cli.file");
    makeDirectory(values.keys);
    writeNewFile(join(values.keys, "anchors.json"), utf8(anchorsText(anchors)), 0o644);
    saveDraft(values.draft, draft);
    const board = members.map(({ enrolment, name }) => ({
      id: enrolment.id,
      name,
      fingerprint: enrolmentFingerprint(enrolment),
    }));
    const spoken = anchorsFingerprint(anchors);
    if (values.json) terminal.out(JSON.stringify({ instance: anchors.instance, fingerprint: spoken, board }));
    else {
      terminal.out(`${anchors.instance}: ${anchors.threshold} of ${board.length} must sign; anchors ${spoken}`);
      for (const { id, name, fingerprint: digits } of board) terminal.out(`  ${id}  ${name}  ${digits}`);
    }
    return 0;
  },
};
