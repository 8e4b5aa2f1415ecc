import { utf8 } from "../../base/bytes.ts";
import { kitLines } from "../../roster/ceremony/kit.ts";
import { parseOptions, readInput, readPassphrase, required } from "../arguments.ts";
import type { Command } from "../command.ts";
import { writeNewFile } from "../files.ts";
import { decryptKeys } from "../../roster/identity.ts";

const options = {
  identity: { type: "string" },
  "passphrase-file": { type: "string" },
  out: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const keysRecoveryKitCommand: Command = {
  name: "keys recovery-kit",
  purpose: "write your keys as words, to be copied by hand onto paper",
  help: [
    "gundo keys recovery-kit --identity FILE --passphrase-file FILE --out KIT [--json]",
    "",
    "Eight lines of five words that can be spoken; the fifth checks its line. No passphrase protects them: whoever reads the",
    "paper reads every report sealed to you. Copy by hand, seal the paper, destroy KIT, and try it with `gundo keys recover`.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const keys = await decryptKeys(
      readInput(required(values.identity)),
      readPassphrase(required(values["passphrase-file"])),
    );
    const out = required(values.out);
    writeNewFile(out, utf8(`# Gundo, recovery kit: keep it secret\n${kitLines(keys).join("\n")}\n`));
    terminal.out(
      values.json
        ? JSON.stringify({ id: keys.id })
        : `The recovery kit of ${keys.id} is written. Copy it onto paper by hand, then destroy the file.`,
    );
    return 0;
  },
};
