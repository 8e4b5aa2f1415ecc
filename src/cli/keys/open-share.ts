import { base64url } from "../../base/bytes.ts";
import { systemChance } from "../../base/chance.ts";
import { checkFingerprint, parseEnrolment } from "../../roster/ceremony/enrolment.ts";
import { decryptKeys } from "../../roster/identity.ts";
import { parseOptions, readInput, readPassphrase, required } from "../arguments.ts";
import type { Command } from "../command.ts";
import { writeNewFile } from "../files.ts";
import { openShare, sealShare } from "../share/sealed.ts";

const options = {
  share: { type: "string" },
  identity: { type: "string" },
  "passphrase-file": { type: "string" },
  request: { type: "string" },
  fingerprint: { type: "string" },
  out: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const keysOpenShareCommand: Command = {
  name: "keys open-share",
  purpose: "hand your share of the server's key to whoever puts it together again",
  help: [
    "gundo keys open-share --share FILE --identity FILE --passphrase-file FILE --request REQUEST",
    '                      --fingerprint "1234 …" --out FILE [--json]',
    "",
    "REQUEST is what the operator made with `gundo keys new` for this recovery alone. Call the operator, let them read you",
    "its fingerprint, and type it: without it anybody could ask for your share. FILE opens for that operator only; your",
    "share and your keys stay with you. Works without any network.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const operator = parseEnrolment(readInput(required(values.request)));
    checkFingerprint(operator, required(values.fingerprint));
    const { identity } = await decryptKeys(
      readInput(required(values.identity)),
      readPassphrase(required(values["passphrase-file"])),
    );
    const share = openShare(readInput(required(values.share)), identity);
    writeNewFile(required(values.out), sealShare(share, operator.recipient, systemChance));
    const { instance, holder } = share;
    const key = base64url(share.publicKey);
    terminal.out(
      values.json
        ? JSON.stringify({ instance, key, holder, sealedTo: operator.id })
        : `${instance}: the share of ${holder}, key ${key}, is sealed to ${operator.id}.`,
    );
    return 0;
  },
};
