import { whatIsSigned } from "../../roster/ceremony/signing.ts";
import { signFile } from "../../roster/sign.ts";
import { anchorsIn } from "../anchors.ts";
import { parseOptions, readInput, readPassphrase, required } from "../arguments.ts";
import type { Command } from "../command.ts";
import { writeNewFile } from "../files.ts";
import { decryptKeys } from "../../roster/identity.ts";
import { ceremonyOptions, notesAt } from "./keys-directory.ts";

const options = {
  ...ceremonyOptions,
  identity: { type: "string" },
  "passphrase-file": { type: "string" },
  out: { type: "string" },
} as const;

export const rosterSignCommand: Command = {
  name: "roster sign",
  purpose: "put your signature, as a member of the board, under a draft or a note",
  help: [
    "gundo roster sign --identity FILE --passphrase-file FILE --out NOTE [--keys DIRECTORY] [--draft FILE] [--json]",
    "",
    "Shows what the signature would change, then signs the draft, or adds to a note that others signed. What no server would",
    "accept, such as a desk with fewer than two readers, is not signed. Works without any network.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const anchors = anchorsIn(values.keys);
    const file = readInput(values.draft);
    const keys = await decryptKeys(
      readInput(required(values.identity)),
      readPassphrase(required(values["passphrase-file"])),
    );
    const shown = whatIsSigned(file, anchors, (serial) => notesAt(values.keys, serial), "en");
    if (!values.json) for (const line of shown.lines) terminal.out(line);
    writeNewFile(required(values.out), signFile(file, anchors, keys.id, keys.signing), 0o644);
    if (!shown.board.includes(keys.id))
      terminal.err(`gundo: ${keys.id} is not on the board in anchors.json: this signature will not count`);
    terminal.out(values.json ? JSON.stringify({ signer: keys.id }) : `Signed by ${keys.id}.`);
    return 0;
  },
};
