import { dayOf, systemClock, type UnixDay } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import type { CaseAct } from "../../envelope/case-act.ts";
import { approversOf, capsuleHashOf } from "../../roster/answer.ts";
import type { Proposal as PostedProposal } from "../../roster/case-step.ts";
import type { ReadCase } from "../../roster/case-write.ts";
import type { Proposal } from "../../roster/proposal.ts";
import { conversationOf, type DeskConversation } from "../case/desk.ts";
import { postAct } from "../case/post.ts";
import { readCaseOf } from "../case/record.ts";
import { signedIn, type Reader } from "../reader.ts";
import { approve, capsuleOf, propose, sendIfApproved } from "./by-sms.ts";
import type { Found } from "./find.ts";
import { writeReply } from "./reply.ts";

/** What is said in a mailbox, and stands in the case. */
export type Said = Extract<CaseAct, { kind: "answer" | "question" | "acknowledge" }>;

/** An answer on its way to the mailbox. */
interface Answered {
  readonly found: Found;
  /** The day of its event. */
  readonly day: UnixDay;
  /** It stood in the case already: the mailbox is written again, in case it never was. */
  readonly again: boolean;
}

/**
 * Answers in the mailbox of a report's conversation. The event comes first: of two who answer at once one is refused
 * before anything was written. Interrupted between the two, the same command finds its event and writes the mailbox
 * only, in the same words of the same day, which whoever reported reads once.
 *
 * Rejects with `report.unknown`, `report.withoutMailbox`, and as `postAct` and `writeReply`.
 */
export async function answerInCase(reader: Reader, report: string, said: Said): Promise<Answered> {
  const answered = await signedIn(reader, async () => {
    const conversation = await conversationOf(reader, report);
    const { first, mailbox } = conversation;
    if (mailbox === undefined) throw new Fault("report.withoutMailbox");
    const read = await readCaseOf(reader, conversation);
    const standing = standingDay(read, conversation, reader.keys.id, said);
    if (standing === null) await postAct(reader, conversation, read, said);
    const found = { id: first.ids[0]!, desk: first.desk, report: { ...first.message.report, mailbox } };
    return { found, day: standing ?? dayOf(systemClock.nowMs()), again: standing !== null };
  });
  await writeReply(reader, answered.found, { text: wordsOf(said), day: answered.day });
  return answered;
}

const wordsOf = (said: Said): string => (said.kind === "acknowledge" ? "" : said.text);

/** When this reviewer said this very thing, if nobody said anything since, at the desk or to it; else null. */
function standingDay({ known }: ReadCase, { later }: DeskConversation, reviewer: string, said: Said): UnixDay | null {
  const last = known.timeline.findLast(({ event }) => isSaid(event.act))?.event;
  if (last === undefined || last.author !== reviewer || !isSaid(last.act)) return null;
  if (last.act.kind !== said.kind || wordsOf(last.act) !== wordsOf(said)) return null;
  return later.some(({ receivedDay }) => receivedDay > last.day) ? null : last.day;
}

function isSaid(act: CaseAct): act is Said {
  return act.kind === "answer" || act.kind === "question" || act.kind === "acknowledge";
}

/** What became of a proposal. */
export interface Proposed {
  readonly done: "sent" | "proposed";
  readonly proposal: Proposal;
}

/** Proposes an SMS in the case, where the desk's other readers find it. Rejects as `propose` and `postAct`. */
export async function proposeInCase(reader: Reader, report: string, text: string): Promise<Proposed> {
  const { found, proposal } = await signedIn(reader, async () => {
    const conversation = await conversationOf(reader, report);
    const own = withCapsules(conversation).find(({ id }) => id === report) ?? withCapsules(conversation)[0];
    if (own === undefined) throw new Fault("report.withoutCapsule");
    const made = propose(reader, own, text);
    const { signature } = made.signatures[0]!;
    const act: CaseAct = { kind: "propose", language: made.language, text, signature };
    await postAct(reader, conversation, await readCaseOf(reader, conversation), act);
    return { found: own, proposal: made };
  });
  return { done: (await sendIfApproved(reader, found, proposal)) ? "sent" : "proposed", proposal };
}

/**
 * Approves the newest proposal that lacks approvals, this reader's too, and sends it when it lacks no more. Where none
 * does, what this reader completed or helped to is handed to the relay again, in case it never reached it: it goes out once.
 *
 * Rejects with `case.order` when there is neither, `order.approvals` when an approval does not hold.
 */
export async function approveInCase(reader: Reader, report: string): Promise<Proposed> {
  const { found, proposal } = await signedIn(reader, async () => {
    const conversation = await conversationOf(reader, report);
    const read = await readCaseOf(reader, conversation);
    const { proposals } = read.known;
    const waiting = proposals.findLast((one) => !isBy(reader, one) && !isComplete(one, conversation));
    const posted = waiting ?? proposals.findLast((one) => isBy(reader, one) && isComplete(one, conversation));
    if (posted === undefined) throw new Fault("case.order");
    const meant = meantBy(reader, conversation, posted);
    if (waiting === undefined) return meant;
    const made = approve(reader, meant.proposal);
    const { signature } = made.signatures.at(-1)!;
    await postAct(reader, conversation, read, { kind: "approve", proposal: posted.hash, signature });
    return { found: meant.found, proposal: made };
  });
  return { done: (await sendIfApproved(reader, found, proposal)) ? "sent" : "proposed", proposal };
}

function isBy({ keys }: Reader, { approvals }: PostedProposal): boolean {
  return approvals.some(({ reviewer }) => reviewer === keys.id);
}

function isComplete({ approvals }: PostedProposal, { first }: DeskConversation): boolean {
  return approvals.length >= first.desk.approvals;
}

/** The report whose capsule every approval so far is over: an event names none. */
function meantBy(
  { roster }: Reader,
  conversation: DeskConversation,
  { language, text, approvals }: PostedProposal,
): { readonly found: Found; readonly proposal: Proposal } {
  const today = dayOf(systemClock.nowMs());
  for (const found of withCapsules(conversation)) {
    const answer = { desk: found.desk.id, capsuleHash: capsuleHashOf(capsuleOf(found)), text };
    if (approversOf(roster, answer, approvals, today).length === approvals.length)
      return { found, proposal: { ...answer, report: found.id, language, signatures: approvals } };
  }
  throw new Fault("order.approvals");
}

function withCapsules({ first, later }: DeskConversation): readonly Found[] {
  return [first, ...later].flatMap(({ ids, desk, message }) =>
    message.kind === "report" && message.report.capsule !== undefined
      ? ids.map((id) => ({ id, desk, report: message.report }))
      : [],
  );
}
