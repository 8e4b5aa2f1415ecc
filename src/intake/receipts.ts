import type { Chance } from "../base/chance.ts";
import { deriveMailbox, type Mailbox } from "../mailbox/mailbox.ts";
import { evaluate } from "../mailbox/oprf.ts";
import type { OprfKey } from "../mailbox/oprf-key.ts";
import { receiptFrom, type Receipt } from "../mailbox/receipt.ts";
import type { MadeReceipt } from "./ussd-sessions.ts";

/** Makes the receipts of phone sessions, under a key of this process's memory alone. */
export interface Receipts {
  /** The same for the same session, as long as this process lives. */
  forSession(sessionId: string): Promise<MadeReceipt>;
  /** The mailbox id of digits that a caller typed. */
  mailboxId(receipt: Receipt): Promise<Uint8Array>;
}

/** Derives one at a time: Argon2id fills a core, and turns need the others (phones.md, Limits). */
export function openReceipts(oprfKey: OprfKey, chance: Chance): Receipts {
  const memoryKey = chance.bytes(32);
  let last: Promise<unknown> = Promise.resolve();
  const derive = (receipt: Receipt): Promise<Mailbox> => {
    const derived = last.then(() => deriveMailbox(receipt, evaluate(oprfKey, receipt)));
    last = derived.catch(() => undefined);
    return derived;
  };
  return {
    forSession: async (sessionId) => {
      const receipt = receiptFrom(memoryKey, sessionId);
      const { id, recipient } = await derive(receipt);
      return { receipt, mailbox: { id, recipient } };
    },
    mailboxId: async (receipt) => (await derive(receipt)).id,
  };
}
