import { systemChance } from "../base/chance.ts";
import { solveWork, type WorkChallenge } from "../envelope/work.ts";
import { deriveMailbox } from "../mailbox/mailbox.ts";
import { newReceipt } from "../mailbox/receipt.ts";
import { evaluated } from "./evaluate.ts";
import { canStretch } from "./stretching.ts";
import type { MadeReceipt, ReceiptOrder } from "./receipts.ts";

/** The worker's side: false when it can make none, a receipt for each order, or null when none can be had; and work, which would hold the page. */
export function serveReceipts(): void {
  if (!canStretch()) postMessage(false);
  addEventListener("message", ({ data }: MessageEvent<ReceiptOrder | WorkChallenge>) => {
    if ("challenge" in data) postMessage(solveWork(data));
    else void make(data).then((made) => postMessage(made));
  });
}

async function make({ origin, publicKey }: ReceiptOrder): Promise<MadeReceipt | null> {
  try {
    const receipt = newReceipt(systemChance);
    const { id, recipient } = await deriveMailbox(receipt, await evaluated(receipt, `${origin}/oprf`, publicKey));
    return { receipt, mailbox: { id, recipient } };
  } catch {
    // No network, no answer in time, another key's proof, no WebAssembly: the report goes without a receipt, and says so.
    return null;
  }
}
