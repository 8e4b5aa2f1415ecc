import { systemChance } from "../base/chance.ts";
import { askWithWork, solveWork, type WorkChallenge } from "../envelope/work.ts";
import { blind, finalize, type OprfOutput } from "../mailbox/oprf.ts";
import { deriveMailbox } from "../mailbox/mailbox.ts";
import { newReceipt, type Receipt } from "../mailbox/receipt.ts";
import type { MadeReceipt, ReceiptOrder } from "./receipts.ts";

/** No evaluation within this: the report goes without a receipt (envelope.md, Receipts). */
const mostEvaluationMs = 5000;

/** The worker's side: a receipt for each order, or null when none can be had; and work, which would hold the page. */
export function serveReceipts(): void {
  addEventListener("message", ({ data }: MessageEvent<ReceiptOrder | WorkChallenge>) => {
    if ("challenge" in data) postMessage(solveWork(data));
    else void make(data).then((made) => postMessage(made));
  });
}

async function make(order: ReceiptOrder): Promise<MadeReceipt | null> {
  try {
    const receipt = newReceipt(systemChance);
    const { id, recipient } = await deriveMailbox(receipt, await evaluated(receipt, order));
    return { receipt, mailbox: { id, recipient } };
  } catch {
    // No network, no answer in time, another key's proof, no WebAssembly: the report goes without a receipt, and says so.
    return null;
  }
}

/** Asks blind: the edge never sees the receipt, and the proof shows that it used the roster's key for everybody. */
async function evaluated(receipt: Receipt, { origin, publicKey }: ReceiptOrder): Promise<OprfOutput> {
  const blinding = blind(receipt, systemChance);
  const body = blinding.blinded as Uint8Array<ArrayBuffer>;
  const response = await askWithWork((headers) => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), mostEvaluationMs);
    const request = { method: "POST", headers, body, signal: stop.signal };
    return fetch(`${origin}/oprf`, { ...request, credentials: "omit", cache: "no-store" });
  });
  return finalize(blinding, new Uint8Array(await response.arrayBuffer()), publicKey);
}
