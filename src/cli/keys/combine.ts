import { base64url } from "../../base/bytes.ts";
import { Fault } from "../../base/fault.ts";
import type { Identity } from "../../envelope/recipient.ts";
import { decryptKeys } from "../../roster/identity.ts";
import { parseOptions, readInput, readPassphrase, required } from "../arguments.ts";
import type { Command, Terminal } from "../command.ts";
import { writeNewFile } from "../files.ts";
import { seedFile } from "../home/oprf-file.ts";
import { openShare } from "../share/sealed.ts";
import { combineShares } from "../share/shamir.ts";
import type { Share } from "../share/text.ts";

const options = {
  identity: { type: "string" },
  "passphrase-file": { type: "string" },
  out: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const keysCombineCommand: Command = {
  name: "keys combine",
  purpose: "put the server's receipt key together again from the shares that members handed over",
  help: [
    "gundo keys combine SHARE SHARE … --identity FILE --passphrase-file FILE --out HOME/secrets/OPRF_KEY [--json]",
    "",
    "SHARE is what `gundo keys open-share` sealed to the identity given here. The key is written only if its public half is the",
    "one that the shares name, and never over a file that is there. Destroy identity and shares afterwards.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values, positionals } = parseOptions(args, options);
    if (positionals.length === 0) throw new Fault("cli.usage");
    const { identity } = await decryptKeys(
      readInput(required(values.identity)),
      readPassphrase(required(values["passphrase-file"])),
    );
    const out = required(values.out);
    const shares = positionals.map((path) => shareIn(path, identity, terminal));
    writeNewFile(out, seedFile(await combineShares(shares)));
    const { instance, publicKey } = shares[0]!;
    const key = base64url(publicKey);
    terminal.out(
      values.json ? JSON.stringify({ instance, key }) : `${instance}: key ${key} is whole again, in ${out}.`,
    );
    return 0;
  },
};

function shareIn(path: string, identity: Identity, terminal: Terminal): Share {
  try {
    return openShare(readInput(path), identity);
  } catch (error) {
    terminal.err(`gundo: look at ${path}`);
    throw error;
  }
}
