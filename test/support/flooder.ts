import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { systemChance } from "../../src/base/chance.ts";
import { fromUtf8 } from "../../src/base/bytes.ts";
import { challengeIn, solveWork, workHeader } from "../../src/envelope/work.ts";
import { blind } from "../../src/mailbox/oprf.ts";
import { newReceipt } from "../../src/mailbox/receipt.ts";

/** What a flood came to so far. */
export interface Flooded {
  readonly asked: number;
  readonly answered: number;
  /** Times that work was asked for. */
  readonly refused: number;
  /** Hashes that the answers to `refused` take on average; 0 for who does not work. */
  readonly hashes: number;
}

interface Order {
  readonly url: string;
  readonly perSecond: number;
  readonly works: boolean;
}

/** Guesses at receipts, this many a second, in a thread of its own, until it is stopped or its test has long been over. */
export function startFlood(order: Order): { readonly so: () => Flooded; readonly stop: () => Promise<unknown> } {
  const worker = new Worker(new URL(import.meta.url), { workerData: order });
  let latest: Flooded = { asked: 0, answered: 0, refused: 0, hashes: 0 };
  worker.on("message", (flooded: Flooded) => (latest = flooded));
  return { so: () => latest, stop: () => worker.terminate() };
}

const mostSeconds = 180;

if (!isMainThread && parentPort !== null) flood(workerData as Order);

function flood({ url, perSecond, works }: Order): void {
  const flooded = { asked: 0, answered: 0, refused: 0, hashes: 0 };
  const body = new Uint8Array(blind(newReceipt(systemChance), systemChance).blinded);
  const guess = async (headers: Readonly<Record<string, string>>): Promise<void> => {
    const response = await fetch(`${url}/oprf`, { method: "POST", body, headers });
    const asked = challengeIn(fromUtf8(new Uint8Array(await response.arrayBuffer())) ?? "");
    if (response.ok) flooded.answered++;
    if (asked === null) return;
    flooded.refused++;
    if (!works || workHeader in headers) return;
    flooded.hashes += 2 ** asked.difficultyBits;
    await guess({ [workHeader]: solveWork(asked) });
  };
  const timer = setInterval(() => {
    flooded.asked++;
    // A guess that gets no answer is one more that got no number.
    void guess({})
      .catch(() => undefined)
      .finally(() => parentPort!.postMessage({ ...flooded }, []));
    if (flooded.asked >= mostSeconds * perSecond) clearInterval(timer);
  }, 1000 / perSecond);
}
