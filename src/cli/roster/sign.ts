import { anchorsKind, parseAnchorsChange } from "../../roster/anchors.ts";
import { parseDraft } from "../../roster/ceremony/draft.ts";
import { textOf } from "../../roster/ceremony/file.ts";
import { changeLines } from "../../roster/ceremony/words.ts";
import type { Anchors } from "../../roster/roster.ts";
import { signFile } from "../../roster/sign.ts";
import { anchorsIn } from "../anchors.ts";
import { parseOptions, readInput, readPassphrase, required } from "../arguments.ts";
import type { Command } from "../command.ts";
import { writeNewFile } from "../files.ts";
import { decryptKeys } from "../../roster/identity.ts";
import { boardLines } from "./board.ts";
import { ceremonyOptions, predecessorIn } from "./keys-directory.ts";

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
    const shown = whatItChanges(file, anchors, values.keys);
    if (!values.json) for (const line of shown.lines) terminal.out(line);
    writeNewFile(required(values.out), signFile(file, anchors, keys.id, keys.signing), 0o644);
    if (!shown.board.includes(keys.id))
      terminal.err(`gundo: ${keys.id} is not on the board in anchors.json: this signature will not count`);
    terminal.out(values.json ? JSON.stringify({ signer: keys.id }) : `Signed by ${keys.id}.`);
    return 0;
  },
};

interface Shown {
  readonly lines: readonly string[];
  /** Whose signature can count. */
  readonly board: readonly string[];
}

function whatItChanges(file: Uint8Array, anchors: Anchors, directory: string): Shown {
  const { text } = textOf(file);
  const board = anchors.board.map(({ id }) => id);
  if (text.startsWith(`${anchorsKind}\n`)) {
    const { anchors: next } = parseAnchorsChange(text);
    return { lines: boardLines(anchors, next), board: [...board, ...next.board.map(({ id }) => id)] };
  }
  const body = parseDraft(file);
  return { lines: changeLines(predecessorIn(directory, body), body, "en"), board };
}
