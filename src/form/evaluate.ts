import { systemChance } from "../base/chance.ts";
import { askWithWork } from "../envelope/work.ts";
import { blind, finalize, type OprfOutput } from "../mailbox/oprf.ts";
import type { Receipt } from "../mailbox/receipt.ts";

/** No evaluation within this: the report goes without a receipt (envelope.md, Receipts). */
const mostEvaluationMs = 5000;

/**
 * Asks blind, in a worker: the edge never sees the receipt, and the proof shows that it used the roster's key for
 * everybody. Rejects on no answer in time, with `mailbox.proof`, and as `look`,
 * which sees the answer first.
 */
export async function evaluated(
  receipt: Receipt,
  address: string,
  publicKey: Uint8Array,
  look?: (response: Response) => void,
): Promise<OprfOutput> {
  const blinding = blind(receipt, systemChance);
  const body = blinding.blinded as Uint8Array<ArrayBuffer>;
  const response = await askWithWork((headers) => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), mostEvaluationMs);
    const request = { method: "POST", headers, body, signal: stop.signal };
    return fetch(address, { ...request, credentials: "omit", cache: "no-store" });
  });
  look?.(response);
  return finalize(blinding, new Uint8Array(await response.arrayBuffer()), publicKey);
}
