import type { Sealed } from "../../base/brand.ts";
import { concat } from "../../base/bytes.ts";
import { unit, type Chance } from "../../base/chance.ts";
import type { UnixDay } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { isCapsule, capsuleDays } from "../../envelope/capsule.ts";
import { encodeFrame } from "../../envelope/frame.ts";
import { encodeOrder } from "../../envelope/order.ts";
import { encodeReply } from "../../envelope/reply.ts";
import type { Report } from "../../envelope/report.ts";
import { seal } from "../../envelope/seal.ts";
import { capsuleHashOf, isApproved, type Answer } from "../../roster/answer.ts";
import type { Proposal } from "../../roster/case-step.ts";
import type { RosterBody } from "../../roster/roster.ts";
import type { RelayKeys } from "../../roster/relay-note.ts";
import type { ConsoleConversation } from "./conversation.ts";

/** Sealed bytes that leave as anybody's would: no session, no name, and later than what the case tells. */
export interface Letter {
  readonly path: "/mailbox/write" | "/relay/orders";
  readonly contentType: "application/octet-stream" | "application/age";
  readonly body: Uint8Array;
}

const leastWaitMs = 60_000;
const mostWaitMs = 6 * 60_000;

/** How long a letter waits: uniform over some minutes, so that its hour does not tell whose press it was. */
export function waitMs(chance: Chance): number {
  return leastWaitMs + unit(chance) * (mostWaitMs - leastWaitMs);
}

/**
 * An answer to the conversation's mailbox; no text says that the report was taken.
 *
 * Throws `report.withoutMailbox`, `envelope.tooLarge`.
 */
export function replyLetter(
  { first, mailbox }: ConsoleConversation,
  text: string,
  today: UnixDay,
  chance: Chance,
): Letter {
  if (mailbox === undefined) throw new Fault("report.withoutMailbox");
  const { exclude, language } = first.message.report;
  const reply = encodeReply({ desk: first.desk.id, exclude, language, day: today, text });
  const sealed = seal([mailbox.recipient], encodeFrame(reply), chance);
  return { path: "/mailbox/write", contentType: "application/octet-stream", body: concat(mailbox.id, sealed) };
}

const hoursPerDay = 24;

/** The newest capsule of a conversation that the relay can still open, or null: then nobody can answer by SMS. */
export function capsuleOf({ first, later }: ConsoleConversation, today: UnixDay): Sealed | null {
  const reports = [first, ...later].flatMap(({ message }) => (message.kind === "report" ? [message.report] : []));
  const asked = reports.findLast((report) => report.capsule !== undefined && isOpenable(report, today));
  return asked?.capsule !== undefined && isCapsule(asked.capsule) ? asked.capsule : null;
}

function isOpenable({ receivedHour }: Report, today: UnixDay): boolean {
  return Math.floor(receivedHour / hoursPerDay) + capsuleDays >= today;
}

/** What is approved for the phone behind this capsule. */
export function answerBySms({ first }: ConsoleConversation, capsule: Sealed, text: string): Answer {
  return { desk: first.desk.id, capsuleHash: capsuleHashOf(capsule), text };
}

/** A proposal that enough have approved, checked as the relay will: over this very capsule, by the desk's people today. */
export function isSendable(
  roster: RosterBody,
  conversation: ConsoleConversation,
  proposal: Proposal,
  today: UnixDay,
): boolean {
  const capsule = capsuleOf(conversation, today);
  if (capsule === null) return false;
  return isApproved(roster, answerBySms(conversation, capsule, proposal.text), proposal.approvals, today);
}

/**
 * The relay's order for an approved proposal. The relay sends the same text to the same capsule once, however often it is
 * asked.
 *
 * Throws `relay.missing` when no key of the relay is in force today, `capsule.expired`.
 */
export function orderLetter(
  conversation: ConsoleConversation,
  { text, language, approvals: signatures }: Proposal,
  relay: RelayKeys,
  today: UnixDay,
  chance: Chance,
): Letter {
  const capsule = capsuleOf(conversation, today);
  const recipient = relay.recipientFor(today);
  if (capsule === null) throw new Fault("capsule.expired");
  if (recipient === null) throw new Fault("relay.missing");
  const body = encodeOrder({ desk: conversation.first.desk.id, language, text, signatures, capsule });
  const sealed = seal([recipient], encodeFrame({ kind: "relayOrder", body }), chance);
  return { path: "/relay/orders", contentType: "application/age", body: sealed };
}
