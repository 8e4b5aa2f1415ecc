import { join, resolve } from "node:path";
import { utf8 } from "../../base/bytes.ts";
import { systemChance } from "../../base/chance.ts";
import { serverText } from "../../roster/ceremony/server.ts";
import { anchorsIn } from "../anchors.ts";
import { parseOptions } from "../arguments.ts";
import type { Command } from "../command.ts";
import { replaceFile } from "../files.ts";
import { announcedKeys, dropPrevious, rotateOprfKey, type Rotation } from "../home/rotation.ts";
import { homeSecrets } from "../home/secrets.ts";
import { namePrevious } from "../home/settings.ts";
import { publishedRoster } from "../roster/keys-directory.ts";

const options = {
  home: { type: "string" },
  keys: { type: "string" },
  "drop-previous": { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

export const keysRotateCommand: Command = {
  name: "keys rotate",
  purpose: "change the server's receipt key, step by step: yearly, or at once after a seizure",
  help: [
    "gundo keys rotate [--home DIRECTORY] [--keys DIRECTORY] [--drop-previous] [--json]",
    "",
    "The first time it makes the next key and writes HOME/server.json for the board; the server goes on with its key, however",
    "often it is started. Once a roster that names the next key is published in KEYS, it puts that key in force and keeps the",
    "former one, so that receipts given out before still open: then start the server again. --drop-previous destroys the",
    "former key, 120 days after the change.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const home = resolve(values.home ?? (terminal.environment["GUNDO_HOME"] || "./data"));
    const keys = resolve(values.keys ?? (terminal.environment["GUNDO_KEYS"] || "./keys"));
    if (values["drop-previous"]) {
      dropPrevious(home);
      namePrevious(home);
      terminal.out(values.json ? JSON.stringify({ step: "dropped" }) : droppedLine);
      return 0;
    }
    const roster = publishedRoster(keys, anchorsIn(keys));
    const server = homeSecrets(home, systemChance);
    const step = rotateOprfKey(home, roster, systemChance);
    const announced = step === "switched" ? homeSecrets(home, systemChance) : announcedKeys(home, server);
    replaceFile(join(home, "server.json"), utf8(serverText(announced)), 0o644);
    namePrevious(home);
    if (values.json) terminal.out(JSON.stringify({ step }));
    else for (const line of linesOf(step, home)) terminal.out(line);
    return 0;
  },
};

const droppedLine = "The former key is destroyed. Start the server again.";

function linesOf(step: Rotation, home: string): readonly string[] {
  const lines: Record<Rotation, readonly string[]> = {
    begun: [
      "The next key is made; the server goes on with the one it has.",
      `Hand ${join(home, "server.json")} to your board (npx gundo roster renew --server server.json).`,
    ],
    waiting: ["The roster published here does not name the next key yet: the server goes on with the one it has."],
    switched: [
      "The next key is in force and the former one is kept. Start the server again, now.",
      `Share the new key among the board: npx gundo keys share --secret ${join(home, "secrets/OPRF_KEY")} …`,
      "In 120 days: npx gundo keys rotate --drop-previous",
    ],
  };
  return lines[step];
}
