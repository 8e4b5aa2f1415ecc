import { fromUtf8 } from "../../base/bytes.ts";
import { isoDay } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { smsLength } from "../../dialogue/gsm7.ts";
import type { Proposal } from "../../roster/proposal.ts";
import { parseOptions, readInput, required } from "../arguments.ts";
import type { Command, Terminal } from "../command.ts";
import { openReader, readerOptions, type Reader } from "../reader.ts";
import { safeLines } from "../reports.ts";
import { advance, approve, checkProposal, propose, readProposal } from "./by-sms.ts";
import { findReport, type Found } from "./find.ts";
import { answerInCase, proposeInCase, type Proposed, type Said } from "./in-case.ts";

const options = {
  ...readerOptions,
  report: { type: "string" },
  text: { type: "string" },
  "text-file": { type: "string" },
  acknowledge: { type: "boolean", default: false },
  question: { type: "boolean", default: false },
  sms: { type: "boolean", default: false },
  show: { type: "string" },
  approve: { type: "string" },
  out: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

type Values = ReturnType<typeof parseOptions<typeof options>>["values"];

export const answerCommand: Command = {
  name: "answer",
  purpose: "answer a report, in its mailbox or, where it was asked for, by SMS",
  help: [
    "gundo answer --report ID (--text-file FILE | --text TEXT) [--question] READER [--json]",
    "gundo answer --report ID --acknowledge READER [--json]",
    "gundo answer --report ID --sms (--text-file FILE | --text TEXT) [--out PROPOSAL] READER [--json]",
    "gundo answer --show PROPOSAL READER [--json]",
    "gundo answer --approve PROPOSAL --out PROPOSAL READER [--json]",
    "READER: --url URL --identity FILE --passphrase-file FILE [--anchors FILE]",
    "",
    "Seals the answer here and posts it after signing out: nothing in the request says who answers. The core releases it",
    "within the hour. Interrupted, the same command goes on where it ended, and nobody is told twice. It also stands in the case, for its other readers; with --question the case stays open. --acknowledge says only that the report was taken. --text stays in your shell's history: prefer a file.",
    "",
    "--sms: only for who asked. It proposes the text to the case's other readers; as many as the desk asks for approve it (gundo",
    "case approve), and the last one sends it. With --out the proposal is a file that is handed on instead (--show, --approve). The operator and whoever holds the phone will see the text.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    checkUsage(values);
    const reader = await openReader(values, terminal);
    if (values.show !== undefined) await show(reader, values.show, values, terminal);
    else if (values.approve !== undefined) await approveFile(reader, values.approve, values, terminal);
    else await answer(reader, values, terminal);
    return 0;
  },
};

/** One thing at a time, and nothing asked of a server before the words fit. */
function checkUsage({
  report,
  text,
  "text-file": file,
  acknowledge,
  question,
  sms,
  show: shown,
  approve: approved,
}: Values): void {
  const ways = [report, shown, approved].filter((way) => way !== undefined).length;
  const texts = [text !== undefined, file !== undefined, acknowledge].filter(Boolean).length;
  if (ways !== 1 || texts !== (report === undefined ? 0 : 1)) throw new Fault("cli.usage");
  if ((sms || question) && (report === undefined || acknowledge)) throw new Fault("cli.usage");
}

function textOf({ text, "text-file": file }: Values): string {
  if (text !== undefined) return required(text);
  return required((fromUtf8(readInput(required(file))) ?? "").replace(/\r?\n$/, ""));
}

async function answer(reader: Reader, values: Values, terminal: Terminal): Promise<void> {
  const report = required(values.report);
  if (values.acknowledge) return write(reader, report, { kind: "acknowledge" }, values, terminal);
  const text = textOf(values);
  if (!values.sms)
    return write(reader, report, { kind: values.question ? "question" : "answer", text }, values, terminal);
  if (values.out === undefined) return sayProposed(await proposeInCase(reader, report, text), values.json, terminal);
  const found = await findReport(reader, report);
  return finish(reader, found, propose(reader, found, text), values, terminal);
}

async function write(reader: Reader, report: string, said: Said, values: Values, terminal: Terminal): Promise<void> {
  const { found, day, again } = await answerInCase(reader, report, said);
  if (found.report.channel === "ussd")
    terminal.err("gundo: this receipt was shown on a phone: the operator can read the answer too");
  const done = { acknowledge: "acknowledged", answer: "answered", question: "asked" }[said.kind];
  const stood = `it stood in the case since ${isoDay(day)}: handed over again, and read once`;
  say(terminal, values, { done, report: found.id, again }, [
    `${done}: ${again ? stood : "it is released within the hour"}`,
  ]);
}

async function show(reader: Reader, path: string, values: Values, terminal: Terminal): Promise<void> {
  const proposal = await readProposal(reader, path);
  await checkProposal(reader, proposal);
  say(terminal, values, proposalJson("shown", proposal), proposalLines(proposal));
}

async function approveFile(reader: Reader, path: string, values: Values, terminal: Terminal): Promise<void> {
  const proposal = await readProposal(reader, path);
  const found = await checkProposal(reader, proposal);
  await finish(reader, found, approve(reader, proposal), values, terminal);
}

async function finish(
  reader: Reader,
  found: Found,
  proposal: Proposal,
  values: Values,
  terminal: Terminal,
): Promise<void> {
  const done = await advance(reader, found, proposal, () => required(values.out));
  sayProposed({ done, proposal }, values.json, terminal);
}

/** What became of a proposal, and what comes next. */
export function sayProposed({ done, proposal }: Proposed, json: boolean, terminal: Terminal): void {
  const then = {
    sent: "approved by enough: handed to the relay, which sends it once",
    proposed: "not yet approved by enough: the desk's other readers must approve it",
  }[done];
  say(terminal, { json }, proposalJson(done, proposal), [...proposalLines(proposal), then]);
}

function proposalJson(done: string, { report, desk, text, signatures }: Proposal): object {
  return {
    done,
    report,
    desk,
    text,
    messages: smsLength(text).messages,
    approvals: signatures.map(({ reviewer }) => reviewer),
  };
}

function proposalLines({ report, desk, text, signatures }: Proposal): readonly string[] {
  const { messages } = smsLength(text);
  const by = signatures.map(({ reviewer }) => reviewer).join(", ");
  return [`${report}  desk ${desk}  ${messages} SMS  approved by ${by}`, ...safeLines(text)];
}

function say(terminal: Terminal, { json }: { readonly json: boolean }, whole: object, lines: readonly string[]): void {
  if (json) terminal.out(JSON.stringify(whole));
  else for (const line of lines) terminal.out(line);
}
