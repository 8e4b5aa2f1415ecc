import type { Chance } from "../base/chance.ts";
import { deriveMailbox, type Mailbox } from "../mailbox/mailbox.ts";
import { evaluate } from "../mailbox/oprf.ts";
import type { OprfKey, OprfKeys } from "../mailbox/oprf-key.ts";
import { receiptFrom, type Receipt } from "../mailbox/receipt.ts";
import { openInTurn } from "./in-turn.ts";
import type { MadeReceipt } from "./ussd-sessions.ts";

/** Makes the receipts of phone sessions, under a key of this process's memory alone. */
export interface Receipts {
  /**
   * The same for the same session, as long as this process lives; null when at its turn it is wanted no more. Under a rush
   * the work for who was sent away without a number would otherwise keep the next ones from theirs.
   */
  forSession(sessionId: string, isWanted: () => boolean): Promise<MadeReceipt | null>;
  /**
   * The mailboxes of digits that a caller typed: under the current key, then, while there is one, under the previous.
   * Each is an evaluation that somebody may guess with: `Readings` keeps their rate.
   */
  mailboxes(receipt: Receipt): Promise<readonly Mailbox[]>;
}

/**
 * Derives one at a time: Argon2id fills a core, and turns need the others (phones.md, Limits). Readings and new receipts
 * by turns: a reading's caller waits, and nobody who reads must be able to keep others from their receipts.
 */
export function openReceipts({ current, previous }: OprfKeys, chance: Chance): Receipts {
  const memoryKey = chance.bytes(32);
  const inTurn = openInTurn();
  return {
    forSession: (sessionId, isWanted) =>
      inTurn.add("receipts", async () => {
        if (!isWanted()) return null;
        const receipt = receiptFrom(memoryKey, sessionId);
        const { id, recipient } = await derive(current, receipt);
        return { receipt, mailbox: { id, recipient } };
      }),
    mailboxes: (receipt) =>
      Promise.all(
        (previous === null ? [current] : [current, previous]).map((key) =>
          inTurn.add("readings", () => derive(key, receipt)),
        ),
      ),
  };
}

async function derive(key: OprfKey, receipt: Receipt): Promise<Mailbox> {
  return deriveMailbox(receipt, evaluate(key, receipt));
}
