import { existsSync } from "node:fs";
import { join } from "node:path";
import { base64url } from "../../base/bytes.ts";
import { systemChance } from "../../base/chance.ts";
import { Fault } from "../../base/fault.ts";
import { parseAnchors } from "../../roster/parse.ts";
import { parseOptions, readInput, required } from "../arguments.ts";
import type { Command } from "../command.ts";
import { makeDirectory, writeNewFile } from "../files.ts";
import { seedIn } from "../home/oprf-file.ts";
import { sealShare } from "../share/sealed.ts";
import { splitKey } from "../share/shamir.ts";

const options = {
  secret: { type: "string" },
  anchors: { type: "string" },
  out: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const keysShareCommand: Command = {
  name: "keys share",
  purpose: "share the server's receipt key among the board, so that it can be put together again when it is lost",
  help: [
    "gundo keys share --secret HOME/secrets/OPRF_KEY --anchors FILE --out DIRECTORY [--json]",
    "",
    "Writes one file for each member of the board, sealed to that member (never over files that are there). As many members",
    "as sign a roster can give the key back together, fewer learn nothing of it. Share a new key as soon as it is made, and",
    "every key anew after a change of board.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const anchors = parseAnchors(readInput(required(values.anchors)));
    const seed = seedIn(readInput(required(values.secret)));
    const directory = required(values.out);
    const shares = await splitKey(seed, anchors, systemChance);
    const files = anchors.board.map(({ id, recipient }, at) => ({
      path: join(directory, `${id}.share.age`),
      bytes: sealShare(shares[at]!, recipient, systemChance),
    }));
    // Before the first is written: files of two sharings in one directory would be taken for one.
    if (files.some(({ path }) => existsSync(path))) throw new Fault("cli.file");
    makeDirectory(directory);
    for (const { path, bytes } of files) writeNewFile(path, bytes);
    const key = base64url(shares[0]!.publicKey);
    const { instance, threshold } = anchors;
    if (values.json) terminal.out(JSON.stringify({ instance, key, threshold, shares: files.map(({ path }) => path) }));
    else {
      terminal.out(`${instance}: key ${key}, any ${threshold} of these shares give it back:`);
      for (const { path } of files) terminal.out(`  ${path}`);
    }
    return 0;
  },
};
