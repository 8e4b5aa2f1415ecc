import { base64url, hex } from "../../base/bytes.ts";
import { addDays, isoDay, type UnixDay } from "../../base/clock.ts";
import type { CaseAct } from "../../envelope/case-act.ts";
import type { Case, CaseProblem } from "../../roster/case.ts";
import { openedJson, openedLines, safeLines } from "../reports.ts";
import type { DeskConversation, DeskFile } from "./desk.ts";
import type { ServerCase } from "./requests.ts";

/** A report is listed 180 days: from here on an open case should be re-sealed. */
export const resealAfterDays = 150;
/** Reports nobody took by then are warned of: the informant was told to say it again another way (envelope.md). */
const untakenDays = 10;

/** One line of `gundo case list`. */
export interface ListedCase {
  readonly conversation: DeskConversation;
  /** Null while nobody has begun it, or after stepping aside. */
  readonly server: ServerCase | null;
}

export function listedJson({ conversation, server }: ListedCase, today: UnixDay): object {
  const { first, later } = conversation;
  return {
    report: first.ids[0],
    desk: first.desk.id,
    receivedDay: isoDay(first.receivedDay),
    state: server?.state ?? "waiting",
    events: server?.seq ?? 0,
    followUps: later.filter(({ message }) => message.kind === "report").length,
    forget: later.some(({ message }) => message.kind === "forget"),
    ...(server && { acknowledgeDay: server.acknowledgeDay, answerDay: server.answerDay }),
    warnings: warningsOf({ conversation, server }, today),
  };
}

export function listedLine(listed: ListedCase, today: UnixDay): string {
  const { conversation, server } = listed;
  const { first, later } = conversation;
  const answer = server === null || server.state === "closed" ? "" : `answer by ${server.answerDay}`;
  const more = later.length === 0 ? "" : `+${later.length}`;
  const parts = [isoDay(first.receivedDay), first.ids[0], first.desk.id, server?.state ?? "waiting", more, answer];
  return [...parts, ...warningsOf(listed, today)].filter((part) => part !== "").join("  ");
}

function warningsOf({ conversation: { first, later }, server }: ListedCase, today: UnixDay): readonly string[] {
  const waited = (server?.state ?? "waiting") === "waiting" && today >= addDays(first.receivedDay, untakenDays);
  const isOpen = server !== null && server.state !== "closed";
  const isOld = isOpen && today >= addDays(first.newestDay, resealAfterDays);
  return [
    ...(waited ? ["NOBODY TOOK IT"] : []),
    ...(isOld ? ["RESEAL IT"] : []),
    ...(later.some(({ message }) => message.kind === "forget") ? ["ASKS TO BE FORGOTTEN"] : []),
  ];
}

export function caseJson(conversation: DeskConversation, known: Case): object {
  const { first, later } = conversation;
  return {
    report: first.ids[0],
    desk: first.desk.id,
    state: known.state,
    lead: known.lead,
    aside: known.aside,
    label: known.label,
    exposure: known.exposure,
    links: known.links.map(base64url),
    exchanges: conversation.exchanges,
    messages: [first, ...later].map(messageJson),
    events: known.timeline.map(({ seq, event }) => ({
      seq,
      author: event.author,
      day: isoDay(event.day),
      hash: base64url(event.hash),
      ...actJson(event.act),
    })),
    problems: known.problems,
  };
}

function messageJson({ ids, receivedDay, message }: DeskFile): object {
  return { id: ids[0], receivedDay: isoDay(receivedDay), ...openedJson(message) };
}

function actJson(act: CaseAct): object {
  if (act.kind === "history") return { kind: act.kind, events: act.history?.events.length ?? 0 };
  if (act.kind === "link") return { kind: act.kind, doors: act.doors.map(base64url) };
  if (act.kind === "approve") return { kind: act.kind, proposal: base64url(act.proposal) };
  if (act.kind === "propose") return { kind: act.kind, language: act.language, text: act.text };
  return act;
}

export function caseLines(conversation: DeskConversation, known: Case): readonly string[] {
  const { first, later, exchanges } = conversation;
  return [
    ...[first, ...later].flatMap(({ ids, receivedDay, message }) =>
      openedLines(ids[0] ?? "", isoDay(receivedDay), message),
    ),
    `${known.state}, ${known.lead === null ? "led by nobody" : `led by ${known.lead}`}`,
    ...known.timeline.flatMap(({ seq, event }) => [
      [String(seq), isoDay(event.day), event.author, ...actWords(event.act)].join("  "),
      ...("text" in event.act ? safeLines(event.act.text) : []),
    ]),
    ...(exchanges > 1
      ? ["WARNING: more than one person exchanged this receipt: answer only to the first mailbox"]
      : []),
    ...known.problems.map(problemLine),
  ];
}

function actWords(act: CaseAct): readonly string[] {
  if (act.kind === "handOver") return ["hands over to", act.to];
  if (act.kind === "close") return ["closes:", act.outcome];
  if (act.kind === "label") return ["label", act.label.category, act.label.place];
  if (act.kind === "assess")
    return [
      "could have been known by",
      act.exposure.knowers,
      ...(act.exposure.named ? ["THE FACTS NAME THE SOURCE"] : []),
    ];
  if (act.kind === "link") return ["links", ...act.doors.map((door) => hex(door).slice(0, 12))];
  if (act.kind === "history") return ["seals it anew"];
  return [act.kind];
}

function problemLine({ seq, problem }: CaseProblem): string {
  return `WRONG at ${seq}: ${problemWords[problem]}`;
}

const problemWords: Readonly<Record<CaseProblem["problem"], string>> = {
  unopenable: "an event does not open, and nobody handed it on",
  malformed: "an event is damaged",
  differs: "a history says something else than the event itself",
  chain: "an event was dropped, put in, swapped or changed",
  author: "nobody of this name reviewed for the desk that day",
  signature: "its author did not sign this",
  order: "the case did not allow this then; it counts for nothing",
  rolledBack: "what you saw of this case last is not in it any more: the server shows an older history, or another",
  begins: "earlier events are gone: destroyed after the case was closed, or hidden",
  head: "the server names another last event than it hands out",
};
