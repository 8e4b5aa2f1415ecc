import type { CaseAct } from "../../envelope/case-act.ts";
import { Fault } from "../../base/fault.ts";
import { fromUtf8 } from "../../base/bytes.ts";
import { readInput, required } from "../arguments.ts";
import type { Command, ExitCode, Terminal } from "../command.ts";
import { parseOptions } from "../arguments.ts";
import { openReader, readerOptions, signedIn, type Reader, type ReaderValues } from "../reader.ts";
import { conversationOf, type DeskConversation } from "./desk.ts";
import { postAct } from "./post.ts";
import type { ReadCase } from "../../roster/case-write.ts";
import { readCaseOf } from "./record.ts";
import { caseJson } from "./words.ts";

/** What every command on one case takes. */
export const caseOptions = {
  ...readerOptions,
  report: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

/** The words that every help begins with. */
export function caseUsage(name: string, more = ""): string {
  const own = ["gundo", name, "--report ID", more].filter((part) => part !== "").join(" ");
  return `${own}\n  --url URL --identity FILE --passphrase-file FILE [--anchors FILE] [--json]`;
}

/** A case found, with whoever reads it. */
export interface AtCase {
  readonly reader: Reader;
  readonly conversation: DeskConversation;
  readonly read: ReadCase;
}

/** Signs in, finds the report and its case, runs `act`, signs out again whatever happens. */
export async function atCase<T>(
  values: ReaderValues & { readonly report?: string | undefined },
  terminal: Terminal,
  act: (at: AtCase) => Promise<T>,
): Promise<T> {
  const report = required(values.report);
  const reader = await openReader(values, terminal);
  return signedIn(reader, async () => {
    const conversation = await conversationOf(reader, report);
    return act({ reader, conversation, read: await readCaseOf(reader, conversation) });
  });
}

type Text = { readonly type: "string" };
type Values = ReaderValues & Readonly<Record<string, string | boolean | undefined>>;

/** A command that posts one act. */
export interface ActCommand {
  readonly name: string;
  readonly purpose: string;
  readonly usage: string;
  readonly help: readonly string[];
  readonly options: Readonly<Record<string, Text | { readonly type: "boolean" }>>;
  /** Throws `cli.usage`, or what refuses it. */
  readonly act: (values: Values, at: AtCase) => CaseAct | Promise<CaseAct>;
}

export function actCommand({ name, purpose, usage, help, options, act }: ActCommand): Command {
  return {
    name,
    purpose,
    help: [caseUsage(name, usage), "", ...help].join("\n"),
    run: async (args, terminal) => {
      const values = parseOptions(args, { ...caseOptions, ...options }).values as Values & { report?: string };
      return atCase(values, terminal, async (at) => {
        const after = await postAct(at.reader, at.conversation, at.read, await act(values, at));
        return say(values["json"] === true, terminal, at.conversation, after);
      });
    },
  };
}

/** What became of the case. */
export function say(json: boolean, terminal: Terminal, conversation: DeskConversation, after: ReadCase): ExitCode {
  const { known } = after;
  if (json) terminal.out(JSON.stringify(caseJson(conversation, known)));
  else terminal.out(`${known.state}, ${known.lead === null ? "led by nobody" : `led by ${known.lead}`}`);
  for (const { seq, problem } of known.problems)
    terminal.err(`gundo: something is wrong at event ${seq} (${problem}): see gundo case show`);
  return 0;
}

/** `--text`, or the words in `--text-file` without a last line break. */
export function textOf(values: Values): string {
  const { text, "text-file": file } = values;
  if ((text === undefined) === (file === undefined)) throw new Fault("cli.usage");
  const words = text ?? fromUtf8(readInput(String(file)))?.replace(/\r?\n$/, "");
  if (typeof words !== "string" || words === "") throw new Fault("cli.usage");
  return words;
}
