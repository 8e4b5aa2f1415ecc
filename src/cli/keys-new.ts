import { writeFileSync } from "node:fs";
import { base64url, utf8 } from "../base/bytes.ts";
import { systemChance } from "../base/chance.ts";
import { Fault } from "../base/fault.ts";
import { formatVerifierKey } from "../envelope/note.ts";
import { verifierOf } from "../envelope/note-sign.ts";
import { recipientOf } from "../envelope/recipient.ts";
import { sign } from "../envelope/sign.ts";
import { keyFingerprint } from "../roster/fingerprint.ts";
import { parseOptions, readPassphrase, required } from "./arguments.ts";
import type { Command } from "./command.ts";
import { encryptKeys, newKeys, type Keys } from "./identity/file.ts";

const options = {
  id: { type: "string" },
  "passphrase-file": { type: "string" },
  out: { type: "string" },
  request: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

/** Short passphrases fall to whoever finds the file; twenty characters are five words. */
const fewestPassphraseCharacters = 20;

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
    const passphrase = readPassphrase(required(values["passphrase-file"]));
    if (!/^[a-z][a-z0-9-]{0,31}$/.test(id) || passphrase.length < fewestPassphraseCharacters)
      throw new Fault("cli.usage");
    const keys = newKeys(id, systemChance);
    writeNew(required(values.out), await encryptKeys(keys, passphrase, systemChance));
    writeNew(required(values.request), utf8(enrolmentRequest(keys)));
    const spoken = keyFingerprint(recipientOf(keys.identity), verifierOf(keys.signing));
    terminal.out(values.json ? JSON.stringify({ id, fingerprint: spoken }) : `Fingerprint of ${id}: ${spoken}`);
    return 0;
  },
};

/** Both public keys under the signature of one: whoever passes the request on cannot change the other. */
function enrolmentRequest(keys: Keys): string {
  const recipient = recipientOf(keys.identity);
  const verifier = formatVerifierKey(keys.id, verifierOf(keys.signing));
  const proof = sign(keys.signing, utf8(`gundo/enrol/v1\n${keys.id}\n${recipient}\n${verifier}\n`));
  return `${JSON.stringify({ v: 1, id: keys.id, recipient, verifier, proof: base64url(proof) }, null, 2)}\n`;
}

/** Never over a file that is there: it may be the only copy of somebody's keys. */
function writeNew(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes, { flag: "wx", mode: 0o600 });
  } catch (cause) {
    throw new Fault("cli.file", { cause });
  }
}
