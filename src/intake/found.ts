import type { DeskId } from "../base/brand.ts";
import { fromUtf8, utf8 } from "../base/bytes.ts";
import type { UnixDay } from "../base/clock.ts";
import type { Exclusion } from "../dialogue/settings.ts";
import type { Reading } from "../dialogue/step.ts";
import type { Reply } from "../envelope/reply.ts";
import type { MailboxId, MailboxRead } from "../mailbox/mailbox.ts";

/** What one key's mailbox of a receipt held. */
export interface Box {
  readonly id: MailboxId;
  readonly read: MailboxRead;
  readonly replies: readonly Reply[];
}

/** What lies behind digits that a caller typed, in memory for as long as their session. */
export interface Found {
  reading(): Reading;
  /** What a follow-up and a forgetting name: the mailbox that held something, else the current key's. */
  readonly thread: MailboxId;
  /** The right to each mailbox of the digits. */
  readonly rights: readonly MailboxRead[];
  /** Whom the newest reply came from, and a follow-up goes to; null when there was none. */
  readonly desk: DeskId | null;
  /** Overwrites what it holds. */
  wipe(): void;
}

/** `boxes`: the current key's first. Texts are kept as bytes, since nobody can overwrite a string. */
export function foundIn(boxes: readonly Box[]): Found {
  const replies = boxes.flatMap((box) => box.replies).toSorted(newestFirst);
  const [newest] = replies;
  const exclude = unionOf(replies);
  const kept = replies.filter(({ text }) => text.trim() !== "").map(({ day, text }) => ({ day, text: utf8(text) }));
  const holder = boxes.find((box) => box.replies.length > 0) ?? boxes[0]!;
  const rights = boxes.map(({ read }) => read);
  return {
    reading: () => readingOf(newest?.day ?? null, kept, exclude),
    thread: holder.id,
    rights,
    desk: newest?.desk ?? null,
    wipe: () => {
      for (const { text } of kept) text.fill(0);
      for (const right of rights) right.fill(0);
    },
  };
}

// Two of one day in an order that does not depend on where they lay: a turn repeated shows the same.
function newestFirst(a: Reply, b: Reply): number {
  return b.day - a.day || (a.text < b.text ? -1 : 1);
}

/** Whoever any reply keeps out stays out: one that forgets a name must not let them in. */
function unionOf(replies: readonly Reply[]): readonly Exclusion[] {
  const all = replies.flatMap(({ exclude }) => exclude);
  return all.filter(
    ({ rule, value }, index) => all.findIndex((other) => other.rule === rule && other.value === value) === index,
  );
}

interface KeptText {
  readonly day: UnixDay;
  readonly text: Uint8Array;
}

function readingOf(newest: UnixDay | null, kept: readonly KeptText[], exclude: readonly Exclusion[]): Reading {
  if (newest === null) return { kind: "nothing" };
  if (kept.length === 0) return { kind: "taken", day: newest, exclude };
  return { kind: "answers", answers: kept.map(({ day, text }) => ({ day, text: fromUtf8(text)! })), exclude };
}
