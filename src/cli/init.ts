import { join, resolve } from "node:path";
import { utf8 } from "../base/bytes.ts";
import { systemChance } from "../base/chance.ts";
import { parseOptions } from "./arguments.ts";
import type { Command } from "./command.ts";
import { makeDirectory, replaceFile } from "./files.ts";
import { announcedKeys } from "./home/rotation.ts";
import { settingsText } from "./home/settings.ts";
import { homeSecrets } from "./home/secrets.ts";
import { stepsOf, type Step } from "./home/steps.ts";
import { serverText } from "../roster/ceremony/server.ts";

const options = {
  home: { type: "string" },
  keys: { type: "string" },
  origin: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const initCommand: Command = {
  name: "init",
  purpose: "prepare a production home step by step; say again what is still missing",
  help: [
    "gundo init [--home DIRECTORY] [--keys DIRECTORY] [--origin https://your.domain] [--json]",
    "",
    "Makes the server's secrets once, in HOME/secrets for Gundo's user alone, and HOME/server.json, their public halves, for",
    "the board. Writes HOME/gundo.env, which names files and holds no secret. Then says what is missing and the next command;",
    "run it as often as you like. HOME and KEYS: GUNDO_HOME (./data) and GUNDO_KEYS (./keys) unless named.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const home = resolve(values.home ?? (terminal.environment["GUNDO_HOME"] || "./data"));
    const keys = resolve(values.keys ?? (terminal.environment["GUNDO_KEYS"] || "./keys"));
    makeDirectory(home);
    const server = homeSecrets(home, systemChance);
    replaceFile(join(home, "server.json"), utf8(serverText(announcedKeys(home, server))), 0o644);
    const origin = values.origin ?? null;
    if (origin !== null) replaceFile(join(home, "gundo.env"), utf8(settingsText({ home, keys, origin })), 0o644);
    const steps = stepsOf({ home, keys, server });
    const ready = steps.every(({ done }) => done);
    if (values.json) terminal.out(JSON.stringify({ home, keys, ready, steps: steps.map(stepJson) }));
    else for (const line of steps.flatMap(stepLines)) terminal.out(line);
    return 0;
  },
};

function stepJson({ name, done, code }: Step): object {
  return { name, done, ...(code !== null && { code }) };
}

function stepLines({ done, says, next }: Step): readonly string[] {
  return done ? [`done     ${says}`] : [`missing  ${says}`, ...next.map((line) => `         ${line}`)];
}
