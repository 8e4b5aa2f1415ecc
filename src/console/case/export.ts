import { isoDay, quarterEnd, type UnixDay } from "../../base/clock.ts";
import type { Chance } from "../../base/chance.ts";
import { base64url, utf8 } from "../../base/bytes.ts";
import type { Plain, Sealed } from "../../base/brand.ts";
import type { CaseAct } from "../../envelope/case-act.ts";
import type { Message } from "../../roster/conversation.ts";
import type { Case } from "../../roster/case.ts";
import { seal } from "../../envelope/seal.ts";
import { caseRecipients } from "../../roster/readers.ts";
import type { RosterBody } from "../../roster/roster.ts";
import { messagesOf, type ConsoleConversation } from "./conversation.ts";

/**
 * The whole case as one age file of JSON, sealed to whoever may read it today and nobody else: stock age opens it with
 * an identity file of Gundo's.
 */
export function sealedCopy(
  roster: RosterBody,
  conversation: ConsoleConversation,
  known: Case,
  today: UnixDay,
  chance: Chance,
): Sealed {
  const { desk, message } = conversation.first;
  const { exclude } = message.report;
  const readers = caseRecipients(roster, desk, { exclude, aside: known.aside }, today, chance);
  const plain = utf8(`${JSON.stringify(wholeCase(roster.instance, conversation, known), null, 1)}\n`);
  return seal(readers, plain as Uint8Array as Plain, chance);
}

function wholeCase(instance: string, conversation: ConsoleConversation, known: Case): object {
  const { state, lead, label, exposure } = known;
  return {
    v: 1,
    instance,
    desk: conversation.first.desk.id,
    state,
    lead,
    label,
    exposure,
    messages: messagesOf(conversation).map(({ receivedDay, message }) => ({
      receivedDay: isoDay(receivedDay),
      ...messageJson(message),
    })),
    events: known.timeline.map(({ seq, event: { author, day, hash, act } }) => ({
      seq,
      author,
      day: isoDay(day),
      hash: base64url(hash),
      ...actJson(act),
    })),
  };
}

// No capsule and no key: a copy is read, not answered.
function messageJson(message: Message): object {
  if (message.kind === "forget") return { kind: message.kind };
  const { channel, language, text, answers } = message.report;
  return { kind: message.kind, channel, language, text, answers };
}

function actJson(act: CaseAct): object {
  if ("text" in act) return { kind: act.kind, text: act.text };
  if (act.kind === "handOver") return { kind: act.kind, to: act.to };
  if (act.kind === "close") return { kind: act.kind, outcome: act.outcome };
  if (act.kind === "label") return { kind: act.kind, label: act.label };
  return act.kind === "assess" ? { kind: act.kind, exposure: act.exposure } : { kind: act.kind };
}

/** What may be said outside of a case that passed the check, besides the words a reviewer read through. */
export interface RedactedFacts {
  readonly quarter: string;
  readonly category: string | null;
  /** Name of the région: nothing finer. */
  readonly region: string | null;
}

/** The calendar quarter of a day, as releases name it: `2026-Q4`. */
export function quarterOf(day: UnixDay): string {
  const last = isoDay(quarterEnd(day));
  return `${last.slice(0, 4)}-Q${Number(last.slice(5, 7)) / 3}`;
}

/** A redacted copy as a text file: no day, no channel, no name of anybody or of this report. */
export function redactedCopy({ quarter, category, region }: RedactedFacts, words: string): Uint8Array {
  const head = [quarter, category, region].filter((part) => part !== null).join(" · ");
  return utf8(`${head}\n\n${words.trim()}\n`);
}
