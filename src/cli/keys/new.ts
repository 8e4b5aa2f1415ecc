import { utf8 } from "../../base/bytes.ts";
import { systemChance } from "../../base/chance.ts";
import { Fault } from "../../base/fault.ts";
import { verifierOf } from "../../envelope/note-sign.ts";
import { recipientOf } from "../../envelope/recipient.ts";
import { enrolmentRequest, idPattern } from "../../roster/ceremony/enrolment.ts";
import { keyFingerprint } from "../../roster/fingerprint.ts";
import { newPassphrase, parseOptions, required } from "../arguments.ts";
import type { Command } from "../command.ts";
import { writeNewFile } from "../files.ts";
import { encryptKeys, newKeys } from "../../roster/identity.ts";

const options = {
  id: { type: "string" },
  "passphrase-file": { type: "string" },
  out: { type: "string" },
  request: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const keysNewCommand: Command = {
  name: "keys new",
  purpose: "make your keys: an identity file for you and an enrolment request for the board",
  help: [
    "gundo keys new --id NAME --passphrase-file FILE --out IDENTITY --request REQUEST [--json]",
    "",
    "IDENTITY stays with you, under the passphrase (at least 20 characters). REQUEST goes to the board; read the",
    "fingerprint to them aloud, so that nobody can put another key in its place. Works without any network.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const id = required(values.id);
    const passphrase = newPassphrase(required(values["passphrase-file"]));
    if (!idPattern.test(id)) throw new Fault("cli.usage");
    const keys = newKeys(id, systemChance);
    writeNewFile(required(values.out), await encryptKeys(keys, passphrase, systemChance));
    writeNewFile(required(values.request), utf8(enrolmentRequest(keys)), 0o644);
    const spoken = keyFingerprint(recipientOf(keys.identity), verifierOf(keys.signing));
    terminal.out(values.json ? JSON.stringify({ id, fingerprint: spoken }) : `Fingerprint of ${id}: ${spoken}`);
    return 0;
  },
};
