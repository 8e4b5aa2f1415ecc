import type { Sealed } from "../../base/brand.ts";
import { systemChance } from "../../base/chance.ts";
import { addDays, dayOf, systemClock } from "../../base/clock.ts";
import { codeOf, type FaultCode } from "../../base/fault.ts";
import { carriedAttachments } from "../../envelope/attachment-carry.ts";
import { hashDoor } from "../../envelope/door.ts";
import { encodeForget } from "../../envelope/forget.ts";
import { encodeFrame, type Frame } from "../../envelope/frame.ts";
import { encodeReport, type Attachment } from "../../envelope/report.ts";
import { seal } from "../../envelope/seal.ts";
import { handOnActs, historySerial, type ReadCase } from "../../roster/case-write.ts";
import { doorOf, type Message } from "../../roster/conversation.ts";
import { caseRecipients } from "../../roster/readers.ts";
import type { Desk } from "../../roster/roster.ts";
import { parseOptions, required } from "../arguments.ts";
import { fetchAttachment } from "../attachments.ts";
import { Client } from "../client.ts";
import type { Command, Terminal } from "../command.ts";
import { desksOf, openReader, readerOptions, signedIn, type Reader } from "../reader.ts";
import { sentenceOf } from "../says.ts";
import type { DeskConversation, DeskFile } from "./desk.ts";
import { listedAt } from "./list.ts";
import { postAct } from "./post.ts";
import { readCaseOf } from "./record.ts";
import { postReport } from "./requests.ts";
import { openResealed, type Resealed } from "./resealed.ts";
import { resealAfterDays } from "./words.ts";

const options = {
  ...readerOptions,
  edge: { type: "string" },
  desk: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const resealCommand: Command = {
  name: "reseal",
  purpose: "seal open cases anew to today's desk: after a change of reviewers, and before 180 days are over",
  help: [
    "gundo reseal --desk ID --url URL [--edge URL] --identity FILE --passphrase-file FILE [--anchors FILE] [--json]",
    "",
    "Every open case that you can read: its report and follow-ups are posted again, as reports are, and a history carries",
    "its events on. Who excluded whom holds as before. What is done is remembered beside the identity file (IDENTITY.reseal):",
    "run it again after an interruption; a second run does nothing. Run it whenever the roster changed.",
    "--edge: where reports are posted, when that is another address than the reviewers'.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const deskId = required(values.desk);
    const reader = await openReader(values, terminal);
    const [desk] = desksOf(reader, deskId);
    const edge = values.edge === undefined ? reader.client : new Client(values.edge);
    const resealed = openResealed(`${required(values.identity)}.reseal`, reader);
    const cases = await signedIn(reader, () => openCases(reader, desk!));
    // As anybody posts: signed out, so that no request says whose copies these are.
    for (const one of cases) await attempt(one, () => postCopies({ reader, edge, resealed }, one));
    await signedIn(reader, async () => {
      for (const one of cases) await attempt(one, () => handOn(reader, one));
    });
    for (const [index, one] of cases.entries()) tell(terminal, values.json, one, `${index + 1} of ${cases.length}`);
    return cases.some(({ refusal }) => refusal !== null) ? 1 : 0;
  },
};

/** An open case on its way. */
interface OpenCase {
  readonly conversation: DeskConversation;
  readonly read: ReadCase;
  /** Anything of it was posted by this run. */
  changed: boolean;
  /** Why it could not be sealed anew. */
  refusal: FaultCode | null;
}

async function openCases(reader: Reader, desk: Desk): Promise<readonly OpenCase[]> {
  const cases: OpenCase[] = [];
  for (const { conversation, server } of await listedAt(reader, desk)) {
    if (server === null || server.state === "closed") continue;
    const read = await readCaseOf(reader, conversation);
    const isWrong = read.known.problems.some(({ problem }) => problem !== "order");
    cases.push({ conversation, read, changed: false, refusal: isWrong ? "case.malformed" : null });
  }
  return cases;
}

/** One case that cannot be sealed anew does not keep the others from it. */
async function attempt(one: OpenCase, act: () => Promise<boolean>): Promise<void> {
  if (one.refusal !== null) return;
  try {
    if (await act()) one.changed = true;
  } catch (error) {
    one.refusal = codeOf(error);
    if (!perCase.includes(one.refusal)) throw error;
  }
}

const perCase: readonly FaultCode[] = ["case.conflict", "case.unknown", "case.order", "envelope.tooFewReaders"];

/** Who posts copies, and where to. */
interface Poster {
  readonly reader: Reader;
  readonly edge: Client;
  readonly resealed: Resealed;
}

async function postCopies(poster: Poster, { conversation, read }: OpenCase): Promise<boolean> {
  const { reader } = poster;
  const isHanded = historySerial(read.known) === reader.roster.serial;
  const oldest = addDays(dayOf(systemClock.nowMs()), -resealAfterDays);
  const files = [conversation.first, ...conversation.later];
  if (isHanded && files.every(({ newestDay }) => newestDay > oldest)) return false;
  let isPosted = false;
  for (const file of files) if (await postAgain(poster, conversation, read, file)) isPosted = true;
  return isPosted;
}

/** Posts the history, if none was posted for this roster. */
async function handOn(reader: Reader, { conversation, read }: OpenCase): Promise<boolean> {
  const acts = handOnActs(read, reader.roster.serial);
  let now = read;
  for (const act of acts) now = await postAct(reader, conversation, now, act);
  return acts.length > 0;
}

/** True when it was posted now; false when this reviewer had done so before. */
async function postAgain(
  poster: Poster,
  { first }: DeskConversation,
  { known }: ReadCase,
  { message, desk }: DeskFile,
): Promise<boolean> {
  const { reader, edge, resealed } = poster;
  const door = doorOf(message);
  if (resealed.has(door)) return false;
  const { exclude } = message.kind === "report" ? message.report : first.message.report;
  const today = dayOf(systemClock.nowMs());
  const readers = caseRecipients(reader.roster, desk, { exclude, aside: known.aside }, today, systemChance);
  const sealed = seal(readers, encodeFrame(frameOf(await withParts(poster, message))), systemChance);
  await postReport(edge, desk.id, sealed, hashDoor(door));
  resealed.add(door);
  return true;
}

/** What came with it is put again, to live as long as the copy. It is read signed in, and put signed out. */
async function withParts({ reader, edge }: Poster, message: Message): Promise<Message> {
  if (message.kind !== "report" || message.report.attachments.length === 0) return message;
  const ways = {
    read: (attachment: Attachment) => signedIn(reader, () => fetchAttachment(attachment, reader)),
    put: (sealed: Sealed) => edge.putPart(sealed),
  };
  const attachments = await carriedAttachments(message.report.attachments, ways, systemChance);
  return { ...message, report: { ...message.report, attachments } };
}

function frameOf(message: Message): Frame {
  return message.kind === "report"
    ? { kind: "report", body: encodeReport(message.report) }
    : { kind: "forget", body: encodeForget(message.forget) };
}

function tell(terminal: Terminal, json: boolean, one: OpenCase, progress: string): void {
  const { conversation, changed, refusal } = one;
  const report = conversation.first.ids[0];
  const outcome = refusal ?? (changed ? "resealed" : "already");
  if (json) terminal.out(JSON.stringify({ report, outcome }));
  else if (refusal === null) terminal.out(`${progress}  ${report}  ${outcome}`);
  else terminal.err(`gundo reseal: ${report}: ${sentenceOf(refusal)}`);
}
