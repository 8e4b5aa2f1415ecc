import type { Clock } from "../base/clock.ts";
import { codeOf, type FaultCode } from "../base/fault.ts";
import { evaluationsPerSecond } from "../mailbox/guessing.ts";
import { conversationIn } from "../mailbox/conversation.ts";
import type { Receipt } from "../mailbox/receipt.ts";
import type { Mailboxes } from "./core.ts";
import { foundIn, type Found } from "./found.ts";
import { openPace } from "./pace.ts";
import type { Receipts } from "./receipts.ts";
import { steadily, systemWait, within, type Wait } from "./steady.ts";

/** Reads mailboxes for phones, at one rate for the whole edge, each in the same time. */
export interface Readings {
  /** What the digits open; null when no evaluation came in time or the store is away: to be said as "later". */
  read(receipt: Receipt): Promise<Found | null>;
  /** Deletes every mailbox of the digits. Rejects as `Mailboxes.forget`. */
  forget(found: Found): Promise<void>;
}

export interface ReadingParts {
  readonly receipts: Receipts;
  readonly mailboxes: Mailboxes;
  readonly clock: Clock;
  readonly wait?: Wait;
}

/** A reading's answer comes this long after its evaluation began, whatever was found; an edge in workerd takes half of it. */
export const readAfterMs = 1_000;
/** No evaluation within this: "later" (envelope.md, Receipts and mailboxes). */
const mostWaitMs = 5_000;
/** A store slower than this is away: with the wait before, the provider's own ten seconds are not reached. */
const mostReadMs = 3.5 * readAfterMs;
const passing: readonly FaultCode[] = ["store.unavailable", "core.unavailable", "core.refused"];

export function openReadings({ receipts, mailboxes, clock, wait = systemWait }: ReadingParts): Readings {
  const pace = openPace(evaluationsPerSecond.phones, mostWaitMs, clock, wait);
  return {
    read: async (receipt) => {
      if (!(await pace.turn())) return null;
      const looking = steadily(readAfterMs, () => look(receipts, mailboxes, receipt), wait).catch(unlessPassing);
      const found = await within(mostReadMs, looking);
      // What comes too late is shown to nobody and must not lie about.
      if (found === null) void looking.then((late) => late?.wipe());
      return found;
    },
    forget: ({ rights }) =>
      steadily(readAfterMs, async () => void (await Promise.all(rights.map((right) => mailboxes.forget(right)))), wait),
  };
}

/** Under every key, though the first had everything: how many were asked must not tell which one held it. */
async function look(receipts: Receipts, mailboxes: Mailboxes, receipt: Receipt): Promise<Found> {
  const derived = await receipts.mailboxes(receipt);
  const boxes = derived.map(async (mailbox) => ({ mailbox, files: await mailboxes.read(mailbox.read) }));
  return foundIn(conversationIn(await Promise.all(boxes)));
}

function unlessPassing(thrown: unknown): null {
  if (!passing.includes(codeOf(thrown))) throw thrown;
  return null;
}
