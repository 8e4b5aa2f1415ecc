import { Fault } from "../../base/fault.ts";
import type { CaseAct } from "../../envelope/case-act.ts";
import { hashDoor } from "../../envelope/door.ts";
import { signAnswer } from "../../roster/answer.ts";
import type { Proposal } from "../../roster/case-step.ts";
import type { ReadCase } from "../../roster/case-write.ts";
import { isReadByAllOf } from "../../roster/conversation.ts";
import { verifyRelayNote, type RelayKeys } from "../../roster/relay-note.ts";
import type { Console, Session } from "../console.ts";
import type { ConsoleConversation } from "./conversation.ts";
import type { AtCase, Deed } from "./desk.ts";
import { answerBySms, capsuleOf, isSendable, orderLetter, replyLetter, type Letter } from "./letters.ts";

type Making = (at: AtCase) => Deed | Promise<Deed>;

/** An act that tells nobody but the case. */
export function bare(act: CaseAct): Making {
  return () => ({ act });
}

/** Leads the case, and tells the informant that somebody read them. Throws `case.led` while a reader of the desk leads it. */
export function take({ chance }: Console): Making {
  return ({ conversation, read: { known }, today }) => {
    const { desk } = conversation.first;
    const isLed = known.lead !== null && known.state !== "closed" && desk.reviewers.includes(known.lead);
    if (isLed) throw new Fault("case.led");
    const told = conversation.mailbox === undefined ? [] : [replyLetter(conversation, "", today, chance)];
    return { act: { kind: "take" }, letters: () => told };
  };
}

/** A question or an answer to the mailbox. It is sealed before anything is posted: what does not fit is refused at once. */
export function reply({ chance }: Console, kind: "question" | "answer", text: string): Making {
  return ({ conversation, today }) => {
    const letter = replyLetter(conversation, text, today, chance);
    return { act: { kind, text }, letters: () => [letter] };
  };
}

/** Says that another report is about the same matter. Throws `case.readers` where somebody reads this and not that. */
export function link(other: ConsoleConversation): Making {
  return ({ conversation: { first } }) => {
    if (!mayLink(first, other)) throw new Fault("case.readers");
    return { act: { kind: "link", doors: [hashDoor(other.first.message.report.door)] } };
  };
}

/** Whoever reads this case may know of that report. */
export function mayLink(
  { desk, message }: ConsoleConversation["first"],
  { first: other }: ConsoleConversation,
): boolean {
  return desk.id === other.desk.id && isReadByAllOf(other.message.report.exclude, message.report.exclude);
}

/** An SMS for the phone behind the capsule, with the proposer's own approval. */
export function propose(gundo: Console, text: string): Making {
  return async (at) => {
    const { conversation, session } = at;
    const relay = await relayOf(session);
    const { signature } = approvalOf(at, text);
    const language = conversation.first.message.report.language.split("-")[0]!.slice(0, 3);
    return { act: { kind: "propose", language, text, signature }, letters: sendable(gundo, at, relay) };
  };
}

/** A second reviewer's yes. The one that makes them enough hands the order to the relay. */
export function approve(gundo: Console, proposal: Proposal): Making {
  return async (at) => {
    const relay = await relayOf(at.session);
    const { signature } = approvalOf(at, proposal.text);
    return { act: { kind: "approve", proposal: proposal.hash, signature }, letters: sendable(gundo, at, relay) };
  };
}

function approvalOf({ conversation, session, today }: AtCase, text: string) {
  const capsule = capsuleOf(conversation, today);
  if (capsule === null) throw new Fault("capsule.expired");
  const { roster, keys } = session;
  return signAnswer(roster.instance, answerBySms(conversation, capsule, text), keys.id, keys.signing);
}

/** The orders that this act made ready, and that were not before it. */
function sendable({ chance }: Console, at: AtCase, relay: RelayKeys): (after: ReadCase) => readonly Letter[] {
  const { conversation, session, read, today } = at;
  const isReady = (proposal: Proposal): boolean => isSendable(session.roster, conversation, proposal, today);
  const before = new Set(read.known.proposals.filter(isReady).map(({ text }) => text));
  return ({ known }) =>
    known.proposals
      .filter((proposal) => isReady(proposal) && !before.has(proposal.text))
      .map((proposal) => orderLetter(conversation, proposal, relay, today, chance));
}

async function relayOf({ api, roster }: Session): Promise<RelayKeys> {
  const note = await api.publicBytes("/keys/relay.note");
  if (note === null) throw new Fault("relay.missing");
  return verifyRelayNote(roster, note);
}

/** Hands an approved order to the relay once more: it may have been lost with a page. The relay sends it once. */
export async function sendAgain(gundo: Console, at: AtCase, proposal: Proposal): Promise<void> {
  const relay = await relayOf(at.session);
  gundo.leaving.add(orderLetter(at.conversation, proposal, relay, at.today, gundo.chance));
}
