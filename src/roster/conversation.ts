import { equal, hex } from "../base/bytes.ts";
import type { Door } from "../base/brand.ts";
import type { UnixDay } from "../base/clock.ts";
import type { Forget } from "../envelope/forget.ts";
import type { Exclusion, Report } from "../envelope/report.ts";

/** What one sealed file of a desk says, for whoever opened it. */
export type Message =
  | { readonly kind: "report"; readonly report: Report }
  | { readonly kind: "forget"; readonly forget: Forget };

/** A message and the day it came. */
export interface DatedMessage {
  readonly receivedDay: UnixDay;
  readonly message: Message;
}

/** A report and what came after it to the same matter (envelope.md, Receipts and mailboxes). */
export interface Conversation<One extends DatedMessage> {
  /** What the case is about; its door is the case's. */
  readonly first: One & { readonly message: { readonly kind: "report" } };
  /** Follow-ups and wishes to be forgotten, oldest day first. */
  readonly later: readonly One[];
  /** Where to answer: the first report's mailbox, or the one it was exchanged for. */
  readonly mailbox: Report["mailbox"];
  /** More than one exchange: the first wins, and somebody else may be writing. */
  readonly exchanges: number;
}

/**
 * Messages by conversation, in the order of their first ones. A follow-up names the mailbox it follows; where that
 * report is gone, or more people may read that than this, it stands by itself: whoever may not read it must not learn
 * of it from the case.
 */
export function conversationsOf<One extends DatedMessage>(messages: readonly One[]): readonly Conversation<One>[] {
  const reports = messages.filter(isReport);
  const roots = new Map<string, One & ReportMessage>();
  for (const one of reports) if (one.message.report.thread === undefined) setMailbox(roots, one, one);
  const later = new Map<One & ReportMessage, One[]>();
  // An exchange names a mailbox that later messages follow: oldest first, so that each finds what it follows.
  for (const one of messages.toSorted((a, b) => a.receivedDay - b.receivedDay)) {
    const thread = threadOf(one.message);
    const root = thread === null ? undefined : roots.get(hex(thread));
    if (root === undefined || !mayJoin(one.message, root.message.report)) continue;
    later.set(root, [...(later.get(root) ?? []), one]);
    if (isReport(one)) setMailbox(roots, one, root);
  }
  const joined = new Set([...later.values()].flat());
  return reports.filter((one) => !joined.has(one)).map((first) => conversationOf(first, later.get(first) ?? []));
}

/** The door of a message. */
export function doorOf(message: Message): Door {
  return message.kind === "report" ? message.report.door : message.forget.door;
}

/** Whether everybody who may read `other` may read this: it excludes nobody else. */
export function isReadByAllOf(exclude: readonly Exclusion[], other: readonly Exclusion[]): boolean {
  return exclude.every(({ rule, value }) => other.some((one) => one.rule === rule && one.value === value));
}

interface ReportMessage {
  readonly message: { readonly kind: "report"; readonly report: Report };
}

function isReport<One extends DatedMessage>(one: One): one is One & ReportMessage {
  return one.message.kind === "report";
}

function threadOf(message: Message): Uint8Array | null {
  return message.kind === "report" ? (message.report.thread ?? null) : message.forget.thread;
}

function mayJoin(message: Message, root: Report): boolean {
  return message.kind === "forget" || isReadByAllOf(message.report.exclude, root.exclude);
}

function setMailbox<Root>(roots: Map<string, Root>, { message: { report } }: ReportMessage, root: Root): void {
  const id = report.mailbox === undefined ? null : hex(report.mailbox.id);
  if (id !== null && !roots.has(id)) roots.set(id, root);
}

function conversationOf<One extends DatedMessage>(
  first: One & ReportMessage,
  later: readonly One[],
): Conversation<One> {
  const own = first.message.report.mailbox;
  const boxes = later.filter(isReport).flatMap(({ message }) => message.report.mailbox ?? []);
  const others = boxes.filter(({ id }) => own === undefined || !equal(id, own.id));
  const exchanges = new Set(others.map(({ id }) => hex(id))).size;
  return { first, later, mailbox: others[0] ?? own, exchanges };
}
