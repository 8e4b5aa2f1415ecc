import { join } from "node:path";
import { utf8 } from "../../base/bytes.ts";
import { systemClock } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { parseDraft, predecessorAmong } from "../../roster/ceremony/draft.ts";
import { fingerprintPage, rosterFingerprint } from "../../roster/ceremony/page.ts";
import { changeLines, type CeremonyLanguage } from "../../roster/ceremony/words.ts";
import { verifyRoster } from "../../roster/verify.ts";
import { anchorsIn } from "../anchors.ts";
import { parseOptions, readInput } from "../arguments.ts";
import type { Command } from "../command.ts";
import { replaceFile } from "../files.ts";
import { notesAt } from "./keys-directory.ts";
import { changeJson } from "./shown.ts";

const options = {
  keys: { type: "string", default: "./keys" },
  note: { type: "string" },
  print: { type: "string" },
  language: { type: "string", default: "en" },
  json: { type: "boolean", default: false },
} as const;

export const rosterShowCommand: Command = {
  name: "roster show",
  purpose: "show what a draft or roster changes, in plain words; print its fingerprint for radio and paper",
  help: [
    "gundo roster show [--note FILE] [--language fr|en] [--print FILE] [--keys DIRECTORY] [--json]",
    "",
    "FILE is a draft or a note, the published roster unless named: its differences to the one before, and who reads each",
    "desk. --print writes a page in French and English to print, with the roster's fingerprint and the organisations that",
    "read; only a roster that verifies is printed.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const path = values.note ?? join(values.keys, "roster.note");
    const file = readInput(path);
    const body = parseDraft(file);
    const former = predecessorAmong(notesAt(values.keys, body.serial - 1), body);
    if (values.json) terminal.out(JSON.stringify(changeJson(former, body)));
    else for (const line of changeLines(former, body, languageOf(values.language))) terminal.out(line);
    if (values.print !== undefined) {
      const { roster } = verifyRoster(anchorsIn(values.keys), file, null, systemClock.nowMs());
      replaceFile(values.print, utf8(fingerprintPage(roster)), 0o644);
      if (!values.json) terminal.out(`fingerprint ${rosterFingerprint(roster)}`);
    }
    return 0;
  },
};

function languageOf(text: string): CeremonyLanguage {
  if (text !== "fr" && text !== "en") throw new Fault("cli.usage");
  return text;
}
