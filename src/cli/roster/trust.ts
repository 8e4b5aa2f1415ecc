import { utf8 } from "../../base/bytes.ts";
import { verifyAnchorsChange } from "../../roster/anchors.ts";
import { parseAnchors } from "../../roster/parse.ts";
import { boardLines } from "../../roster/ceremony/board.ts";
import { anchorsText } from "../../roster/text.ts";
import { parseOptions, readInput, required } from "../arguments.ts";
import type { Command } from "../command.ts";
import { replaceFile } from "../files.ts";

const options = {
  note: { type: "string" },
  anchors: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const rosterTrustCommand: Command = {
  name: "roster trust",
  purpose: "take a change of board into the anchors you trust, once both boards signed it",
  help: [
    "gundo roster trust --note NOTE --anchors FILE [--json]",
    "",
    "FILE is the anchors.json beside your identity file. It is replaced only when enough of the board in it and enough of the",
    "new board signed the change; the newest roster seen stays remembered.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const path = required(values.anchors);
    const former = parseAnchors(readInput(path));
    const next = verifyAnchorsChange(former, readInput(required(values.note)));
    replaceFile(path, utf8(anchorsText(next)));
    if (values.json) terminal.out(JSON.stringify({ board: next.board.map(({ id }) => id), threshold: next.threshold }));
    else for (const line of boardLines(former, next, "en")) terminal.out(line);
    return 0;
  },
};
