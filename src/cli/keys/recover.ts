import { fromUtf8 } from "../../base/bytes.ts";
import { systemChance } from "../../base/chance.ts";
import { Fault } from "../../base/fault.ts";
import { verifierOf } from "../../envelope/note-sign.ts";
import { recipientOf } from "../../envelope/recipient.ts";
import { readKit } from "../../roster/ceremony/kit.ts";
import { keyFingerprint } from "../../roster/fingerprint.ts";
import { newPassphrase, parseOptions, readInput, required } from "../arguments.ts";
import type { Command, Terminal } from "../command.ts";
import { writeNewFile } from "../files.ts";
import { encryptKeys, type Keys } from "../../roster/identity.ts";

const options = {
  kit: { type: "string" },
  "passphrase-file": { type: "string" },
  out: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const keysRecoverCommand: Command = {
  name: "keys recover",
  purpose: "make your identity file again from the words of a recovery kit",
  help: [
    "gundo keys recover --kit FILE --passphrase-file FILE --out IDENTITY [--json]",
    "",
    "FILE holds the words as they are on the paper: the name, then the eight numbered lines. A line that was copied wrong is",
    "named. The fingerprint is the one you had: compare.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const passphrase = newPassphrase(required(values["passphrase-file"]));
    const keys = keysIn(readInput(required(values.kit)), terminal);
    writeNewFile(required(values.out), await encryptKeys(keys, passphrase, systemChance));
    const { id } = keys;
    const spoken = keyFingerprint(recipientOf(keys.identity), verifierOf(keys.signing));
    terminal.out(values.json ? JSON.stringify({ id, fingerprint: spoken }) : `Fingerprint of ${id}: ${spoken}`);
    return 0;
  },
};

function keysIn(kit: Uint8Array, terminal: Terminal): Keys {
  const reading = readKit(fromUtf8(kit) ?? "");
  if (reading.ok) return reading.keys;
  terminal.err(reading.line === 0 ? "gundo: the name on the kit is missing" : `gundo: look at line ${reading.line}`);
  throw new Fault("kit.malformed");
}
