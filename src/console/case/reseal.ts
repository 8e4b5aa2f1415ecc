import type { Door, Sealed } from "../../base/brand.ts";
import { base64url, hex } from "../../base/bytes.ts";
import type { Chance } from "../../base/chance.ts";
import { addDays, dayOf, type UnixDay } from "../../base/clock.ts";
import { codeOf, type FaultCode } from "../../base/fault.ts";
import { carriedAttachments } from "../../envelope/attachment-carry.ts";
import { hashDoor } from "../../envelope/door.ts";
import { encodeForget } from "../../envelope/forget.ts";
import { encodeFrame, type Frame } from "../../envelope/frame.ts";
import { encodeReport, type Attachment } from "../../envelope/report.ts";
import { seal } from "../../envelope/seal.ts";
import { handOnActs, historySerial, writeEvent, type ReadCase } from "../../roster/case-write.ts";
import { doorOf, type Message } from "../../roster/conversation.ts";
import { caseRecipients } from "../../roster/readers.ts";
import { openAttachment } from "../attachments/open.ts";
import type { Console, Session } from "../console.ts";
import { conversationsIn, messagesOf, type CaseFile, type ConsoleConversation } from "./conversation.ts";
import { postEvent } from "./desk.ts";
import { readCaseOf } from "./read.ts";
import type { Resealing } from "./shown.ts";

/** A report is listed 180 days: an open case whose newest copy is this old is sealed anew. */
const resealAfterDays = 150;

// One case that cannot be sealed anew does not keep the others from it.
const perCase: readonly FaultCode[] = [
  "case.malformed",
  "case.conflict",
  "case.unknown",
  "case.order",
  "envelope.tooFewReaders",
];

/** What this session posted again: a try after an interruption goes on where it stopped. */
const postedOf = new WeakMap<Session, Set<string>>();

/**
 * Seals every open case this reviewer can read to the desk as it is today (triage.md, The case): reports and follow-ups
 * are posted again, as reports are, and a history carries the events on. What was done is not done again.
 */
export async function resealAll(gundo: Console): Promise<void> {
  const { store, session } = gundo;
  if (session === null || store.get().resealing?.done === false) return;
  const { items } = store.get();
  const open = conversationsIn(items, session.roster).filter(({ first }) => isOpen(gundo, first));
  let tally: Resealing = { progress: { done: 0, of: open.length }, resealed: 0, refused: 0, done: false };
  const tell = (): void => {
    if (!session.ends.signal.aborted) store.update((state) => ({ ...state, resealing: tally }));
  };
  tell();
  try {
    for (const conversation of open) {
      const outcome = await attempt(gundo, session, conversation);
      const { done, of } = tally.progress;
      const counted = outcome === "already" ? {} : { [outcome]: tally[outcome] + 1 };
      tally = { ...tally, ...counted, progress: { done: done + 1, of } };
      tell();
    }
  } finally {
    tally = { ...tally, done: true };
    tell();
  }
}

/** Whether an open case on the list is near its end there. */
function isNearItsEnd({ newestDay }: CaseFile, today: UnixDay): boolean {
  return newestDay <= addDays(today, -resealAfterDays);
}

function isOpen({ store }: Console, { ids }: CaseFile): boolean {
  const facts = ids.map((id) => store.get().items.get(id)?.facts ?? null).find((one) => one !== null);
  return facts !== undefined && facts !== null && facts.state !== "closed";
}

async function attempt(
  gundo: Console,
  session: Session,
  conversation: ConsoleConversation,
): Promise<"resealed" | "refused" | "already"> {
  try {
    const read = await readCaseOf(session, conversation);
    if (read.known.problems.some(({ problem }) => problem !== "order")) return "refused";
    return (await resealCase(gundo, session, conversation, read)) ? "resealed" : "already";
  } catch (error) {
    if (!perCase.includes(codeOf(error))) throw error;
    return "refused";
  }
}

async function resealCase(
  gundo: Console,
  session: Session,
  conversation: ConsoleConversation,
  read: ReadCase,
): Promise<boolean> {
  const today = dayOf(gundo.clock.nowMs());
  const isHanded = historySerial(read.known) === session.roster.serial;
  const files = messagesOf(conversation);
  if (isHanded && !files.some((file) => isNearItsEnd(file, today))) return false;
  for (const file of files) await postAgain(gundo, session, conversation, read, file);
  const writer = { roster: session.roster, keys: session.keys, today, chance: gundo.chance };
  let now = read;
  for (const act of handOnActs(read, session.roster.serial)) {
    const { post, after } = writeEvent(writer, conversation, now, act);
    await postEvent(session, post);
    now = after;
  }
  return true;
}

async function postAgain(
  { chance, clock }: Console,
  session: Session,
  { first }: ConsoleConversation,
  { known }: ReadCase,
  { message, desk }: CaseFile,
): Promise<void> {
  const door: Door = doorOf(message);
  const posted = postedOf.get(session) ?? new Set();
  postedOf.set(session, posted);
  const mark = `${hex(door)} ${session.roster.serial}`;
  if (posted.has(mark)) return;
  const { exclude } = message.kind === "report" ? message.report : first.message.report;
  const today = dayOf(clock.nowMs());
  const readers = caseRecipients(session.roster, desk, { exclude, aside: known.aside }, today, chance);
  const sealed = seal(readers, encodeFrame(frameOf(await withParts(session, message, chance))), chance);
  const headers = { "gundo-door-hash": base64url(hashDoor(door)) };
  await session.api.postOpenly(`/reports/${desk.id}`, sealed, "application/age", headers);
  posted.add(mark);
}

/** What came with it is put again, to live as long as the copy. */
async function withParts(session: Session, message: Message, chance: Chance): Promise<Message> {
  if (message.kind !== "report" || message.report.attachments.length === 0) return message;
  const ways = {
    read: async (attachment: Attachment) => (await openAttachment(session, attachment, () => undefined)).file,
    put: (sealed: Sealed) => session.api.putPart(sealed),
  };
  const attachments = await carriedAttachments(message.report.attachments, ways, chance);
  return { ...message, report: { ...message.report, attachments } };
}

function frameOf(message: Message): Frame {
  return message.kind === "report"
    ? { kind: "report", body: encodeReport(message.report) }
    : { kind: "forget", body: encodeForget(message.forget) };
}
