import { addSignature } from "../../envelope/note-sign.ts";
import { readNote } from "../../envelope/note-text.ts";
import { Fault } from "../../base/fault.ts";
import { decryptKeys } from "../../roster/identity.ts";
import { claimKind } from "../../trends/note.ts";
import { parseOptions, readInput, readPassphrase, required } from "../arguments.ts";
import type { Command } from "../command.ts";
import { writeNewFile } from "../files.ts";

const options = {
  note: { type: "string" },
  out: { type: "string" },
  identity: { type: "string" },
  "passphrase-file": { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const releaseAuthoriseCommand: Command = {
  name: "release authorise",
  purpose: "as a member of the board: allow a second draw of a quarter",
  help: [
    "gundo release authorise --note CLAIM --out FILE --identity FILE --passphrase-file FILE [--json]",
    "",
    "Only where the first draw can be shown to nobody: an officer's seed is lost, or labels were. Every draw of a quarter spends",
    "its ε: whoever is counted is protected half as well. Enough of the board sign, one after the other. No network.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const note = readInput(required(values.note));
    const { text } = readNote(note);
    if (!text.startsWith(`${claimKind}\n`)) throw new Fault("release.malformed");
    const passphrase = readPassphrase(required(values["passphrase-file"]));
    const keys = await decryptKeys(readInput(required(values.identity)), passphrase);
    if (!values.json) for (const line of text.trimEnd().split("\n")) terminal.out(line);
    writeNewFile(required(values.out), addSignature(note, keys.id, keys.signing), 0o644);
    terminal.out(values.json ? JSON.stringify({ signer: keys.id }) : `Signed by ${keys.id}.`);
    return 0;
  },
};
