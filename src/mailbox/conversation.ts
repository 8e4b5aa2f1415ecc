import type { DeskId, Sealed } from "../base/brand.ts";
import type { UnixDay } from "../base/clock.ts";
import type { Reply } from "../envelope/reply.ts";
import type { Exclusion } from "../envelope/report.ts";
import type { Mailbox, MailboxId, MailboxRead } from "./mailbox.ts";
import { openReply } from "./open.ts";

/** One key's mailbox of a receipt, and what a reading of it gave. */
export interface Box {
  readonly mailbox: Pick<Mailbox, "id" | "read" | "identity">;
  readonly files: readonly Sealed[];
}

/** What lies behind the digits that somebody typed, on the web or by phone. */
export interface Conversation {
  /** Newest first. */
  readonly answers: readonly Pick<Reply, "day" | "text">[];
  /** The day a report was taken, or of the newest answer; null when there is no sign of anybody. */
  readonly day: UnixDay | null;
  /** Whoever any reply keeps out. */
  readonly exclude: readonly Exclusion[];
  /** Where a follow-up goes; null when there was no reply. */
  readonly desk: DeskId | null;
  /** What a follow-up and a forgetting name: the mailbox that held something, else the current key's. */
  readonly thread: MailboxId;
  /** The right to each mailbox of the digits. */
  readonly rights: readonly MailboxRead[];
}

/** `boxes`: the current key's first (envelope.md, Replies; Receipts and mailboxes). */
export function conversationIn(boxes: readonly Box[]): Conversation {
  const opened = boxes.map(({ mailbox, files }) => files.flatMap((file) => openReply(file, mailbox.identity) ?? []));
  // Two of one day in an order that does not depend on where they lay. The page's oldest browsers have no `toSorted`.
  const replies = opened
    .flat()
    // oxlint-disable-next-line unicorn/no-array-sort -- flat made the array that it sorts
    .sort((one, other) => other.day - one.day || (one.text < other.text ? -1 : 1));
  const newest = replies[0];
  const holder = boxes.find((_, index) => opened[index]!.length > 0) ?? boxes[0]!;
  return {
    answers: replies.filter(isNew).map(({ day, text }) => ({ day, text })),
    day: newest?.day ?? null,
    exclude: unionOf(replies.flatMap(({ exclude }) => exclude)),
    desk: newest?.desk ?? null,
    thread: holder.mailbox.id,
    rights: boxes.map(({ mailbox }) => mailbox.read),
  };
}

/** An answer that was handed over twice, because somebody could not know whether it had been, is one: they lie together. */
function isNew({ day, text }: Reply, index: number, all: readonly Reply[]): boolean {
  const before = all[index - 1];
  return text.trim() !== "" && !(before?.day === day && before.text === text);
}

/** One reply that forgets a name must not let them in. */
function unionOf(all: readonly Exclusion[]): readonly Exclusion[] {
  return all.filter(
    ({ rule, value }, index) => all.findIndex((other) => other.rule === rule && other.value === value) === index,
  );
}
