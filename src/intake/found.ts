import type { DeskId } from "../base/brand.ts";
import { fromUtf8, utf8 } from "../base/bytes.ts";
import type { UnixDay } from "../base/clock.ts";
import type { Reading } from "../dialogue/step.ts";
import type { Conversation } from "../mailbox/conversation.ts";
import type { MailboxId, MailboxRead } from "../mailbox/mailbox.ts";

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

/** Texts are kept as bytes, since nobody can overwrite a string. */
export function foundIn({ answers, day, exclude, desk, thread, rights }: Conversation): Found {
  const kept = answers.map((answer) => ({ day: answer.day, text: utf8(answer.text) }));
  return {
    reading: () => readingOf(day, kept, exclude),
    thread,
    rights,
    desk,
    wipe: () => {
      for (const { text } of kept) text.fill(0);
      for (const right of rights) right.fill(0);
    },
  };
}

interface KeptText {
  readonly day: UnixDay;
  readonly text: Uint8Array;
}

function readingOf(newest: UnixDay | null, kept: readonly KeptText[], exclude: Conversation["exclude"]): Reading {
  if (newest === null) return { kind: "nothing" };
  if (kept.length === 0) return { kind: "taken", day: newest, exclude };
  return { kind: "answers", answers: kept.map(({ day, text }) => ({ day, text: fromUtf8(text)! })), exclude };
}
