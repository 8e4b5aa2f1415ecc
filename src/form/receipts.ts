import type { Recipient } from "../envelope/recipient.ts";
import type { Receipt } from "../mailbox/receipt.ts";
import { trustedAddress } from "./trusted.ts";

/** What the worker needs: where to ask, and the key that must have answered. */
export interface ReceiptOrder {
  readonly origin: string;
  /** 32 bytes, from the verified roster. */
  readonly publicKey: Uint8Array;
}

export interface MadeReceipt {
  readonly receipt: Receipt;
  readonly mailbox: { readonly id: Uint8Array; readonly recipient: Recipient };
}

/** Receipts made in a worker, the first as soon as the page is there, for every visitor (web.md). */
export interface Receipts {
  /** The one that was made, or after a failure one more try; null when none can be had. */
  take(): Promise<MadeReceipt | null>;
}

/** Evaluation and derivation on a slow phone; the worker has its own limit for the first of them. */
const mostWaitMs = 8000;

/** Starts the worker out of the page's own script, which lies in memory at `script`, and orders the first receipt. */
export function openReceipts(script: string, publicKey: Uint8Array): Receipts {
  const order: ReceiptOrder = { origin: location.origin, publicKey };
  const worker = startWorker(script);
  if (worker === null) return { take: async () => null };
  let made = ask(worker, order);
  return {
    take: async () => {
      const first = await made;
      const taken = first ?? (await ask(worker, order));
      // Never the same one for two reports.
      made = Promise.resolve(null);
      return taken;
    },
  };
}

function startWorker(script: string): Worker | null {
  try {
    return new Worker(trustedAddress("gundo-worker", script));
  } catch {
    // A browser that lets no worker run out of memory: the report goes without a receipt, and says so.
    return null;
  }
}

function ask(worker: Worker, order: ReceiptOrder): Promise<MadeReceipt | null> {
  return new Promise((resolve) => {
    const settle = (made: MadeReceipt | null): void => {
      clearTimeout(timer);
      worker.removeEventListener("message", answered);
      worker.removeEventListener("error", failed);
      resolve(made);
    };
    const answered = (event: MessageEvent<MadeReceipt | null>): void => settle(event.data);
    const failed = (): void => settle(null);
    const timer = setTimeout(failed, mostWaitMs);
    worker.addEventListener("message", answered);
    worker.addEventListener("error", failed);
    worker.postMessage(order, []);
  });
}
