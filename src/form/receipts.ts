import type { Recipient } from "../envelope/recipient.ts";
import type { Receipt } from "../mailbox/receipt.ts";
import { solveWork, type WorkChallenge } from "../envelope/work.ts";
import { foretellNoNumbers } from "./thanks.ts";
import { trustAddresses } from "./trusted.ts";

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

/** What a worker does beside the page: receipts, the first as soon as the page is there, for every visitor (web.md). */
export interface Receipts {
  /** The one that was made, or after a failure one more try; null when none can be had in time. */
  take(): Promise<MadeReceipt | null>;
  /** Proof of work, as `Gundo-Work` carries it. */
  work(asked: WorkChallenge): Promise<string>;
}

/** From the press of "send": a slow phone's evaluation and derivation; the worker has its own limit for the first. */
const mostWaitMs = 8000;

/** Starts the worker out of the page's own script, which lies in memory at `script`, and orders the first receipt. */
export function openReceipts(script: string, publicKey: Uint8Array): Receipts {
  const worker = startWorker(script);
  if (worker === null) {
    foretellNoNumbers();
    return { take: async () => null, work: async (asked) => solveWork(asked) };
  }
  worker.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (data === false) foretellNoNumbers();
  });
  const order = (): Promise<MadeReceipt | null> => ask(worker, { origin: location.origin, publicKey }, "object");
  let made = order();
  return {
    take: async () => {
      const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), mostWaitMs));
      const taken = await Promise.race([made.then((first) => first ?? order()), late]);
      // Never the same one for two reports.
      made = Promise.resolve(null);
      return taken;
    },
    work: async (asked) => (await ask(worker, asked, "string")) ?? solveWork(asked),
  };
}

/** What the worker answers, by its type: proof of work is a text, a receipt an object or null; false answers nothing. */
interface Answers {
  readonly string: string;
  readonly object: MadeReceipt | null;
}

function startWorker(script: string): Worker | null {
  try {
    return new Worker(trustAddresses("gundo-worker")(script));
  } catch {
    // A browser that lets no worker run out of memory: the report goes without a receipt, and says so.
    return null;
  }
}

/** The worker's next answer of this type; null when it broke. */
function ask<T extends keyof Answers>(
  worker: Worker,
  order: ReceiptOrder | WorkChallenge,
  type: T,
): Promise<Answers[T] | null> {
  return new Promise((resolve) => {
    const answered = ({ data }: MessageEvent<Answers[T]>): void => {
      if (typeof data === type) resolve(data);
    };
    worker.addEventListener("message", answered);
    worker.addEventListener("error", () => resolve(null));
    worker.postMessage(order, []);
  });
}
