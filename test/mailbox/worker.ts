import { hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { deriveMailbox } from "../../src/mailbox/mailbox.ts";
import { oprfKeyOf } from "../../src/mailbox/oprf-key.ts";
import { blind, blindEvaluate, evaluate, finalize, parseBlinded } from "../../src/mailbox/oprf.ts";
import { parseReceipt } from "../../src/mailbox/receipt.ts";

/** What the tests of the bundle ask of workerd: the mailbox of a receipt, by both ways to y. */
export default {
  async fetch(request: Request): Promise<Response> {
    const asked = (await request.json()) as { receipt: string; seed: number[] };
    const receipt = parseReceipt(asked.receipt)!;
    const key = oprfKeyOf(Uint8Array.from(asked.seed));
    const blinding = blind(receipt, systemChance);
    const answer = blindEvaluate(key, parseBlinded(blinding.blinded)!, systemChance);
    const boxes = [];
    for (const y of [evaluate(key, receipt), finalize(blinding, answer, key.publicKey)]) {
      const { id, read, identity, recipient } = await deriveMailbox(receipt, y);
      boxes.push({ id: hex(id), read: hex(read), identity: hex(identity.reveal()), recipient });
    }
    return Response.json(boxes);
  },
};
