import { systemChance } from "../../base/chance.ts";
import { newPassphrase, parseOptions, readInput, readPassphrase, required } from "../arguments.ts";
import type { Command } from "../command.ts";
import { replaceFile } from "../files.ts";
import { decryptKeys, encryptKeys } from "../../roster/identity.ts";

const options = {
  identity: { type: "string" },
  "passphrase-file": { type: "string" },
  "new-passphrase-file": { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const keysChangePassphraseCommand: Command = {
  name: "keys change-passphrase",
  purpose: "put your identity file under another passphrase",
  help: [
    "gundo keys change-passphrase --identity FILE --passphrase-file FILE --new-passphrase-file FILE [--json]",
    "",
    "The keys stay the same, the file is replaced as a whole. Copies under the old passphrase still open with it: destroy",
    "them. At least 20 characters.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const path = required(values.identity);
    const passphrase = newPassphrase(required(values["new-passphrase-file"]));
    const keys = await decryptKeys(readInput(path), readPassphrase(required(values["passphrase-file"])));
    replaceFile(path, await encryptKeys(keys, passphrase, systemChance));
    terminal.out(
      values.json ? JSON.stringify({ id: keys.id }) : `The identity file of ${keys.id} has a new passphrase.`,
    );
    return 0;
  },
};
