import { Hono } from "hono";
import type { Chance } from "../base/chance.ts";
import type { Clock } from "../base/clock.ts";
import { evaluationsPerSecond } from "../mailbox/guessing.ts";
import { deriveMailbox, type Mailbox } from "../mailbox/mailbox.ts";
import type { OprfKey } from "../mailbox/oprf-key.ts";
import { blindEvaluate, evaluate, parseBlinded } from "../mailbox/oprf.ts";
import { newReceipt, type Receipt } from "../mailbox/receipt.ts";
import { readBody } from "./body.ts";
import { openPace } from "../intake/pace.ts";
import { problem } from "./problem.ts";
import { bitsUnder, type WorkGuard } from "./work.ts";

/** No evaluation within this: the report is sent without a receipt, and says so (envelope.md, Receipts). */
export const mostEvaluationWaitMs = 5000;
const elementBytes = 32;
// A quarter of a second of queue is no load; then each half second more doubles the work, up to the end of the queue.
const [freeQueueMs, queueStepMs] = [250, 500] as const;

/** The web's evaluations: blind for who can prove work, in clear for who cannot, so that neither starves the other. */
export interface WebEvaluations {
  /** The work that is asked now for a blind evaluation; 0 while few ask. */
  workBits(): number;
  /** The answer to a blinded element: evaluated element and proof, 96 bytes. */
  answer(blinded: Uint8Array): Promise<"malformed" | "limited" | Uint8Array>;
  /** A receipt for who has no script, made here and known here while it is made; null when no turn came in time. */
  receipt(): Promise<{ readonly receipt: Receipt; readonly mailbox: Mailbox } | null>;
}

/** Evaluations with the edge's key (RFC 9497), each kind at one rate for the whole instance; nothing is kept of any. */
export function openWebEvaluations(key: OprfKey, clock: Clock, chance: Chance): WebEvaluations {
  const { web, webWithoutScript } = evaluationsPerSecond;
  const pace = openPace(web - webWithoutScript, mostEvaluationWaitMs, clock);
  const withoutScript = openPace(webWithoutScript, mostEvaluationWaitMs, clock);
  return {
    workBits: () => bitsUnder(pace.queueMs(), freeQueueMs, queueStepMs),
    answer: async (bytes) => {
      const blinded = parseBlinded(bytes);
      if (blinded === null) return "malformed";
      return (await pace.turn()) ? blindEvaluate(key, blinded, chance) : "limited";
    },
    receipt: async () => {
      if (!(await withoutScript.turn())) return null;
      const receipt = newReceipt(chance);
      return { receipt, mailbox: await deriveMailbox(receipt, evaluate(key, receipt)) };
    },
  };
}

/** `POST /oprf`: 32 bytes in, 96 out. The page's worker asks once at every visit, whether or not anything is written. */
export function oprfRoutes(evaluations: WebEvaluations, work: WorkGuard): Hono {
  return new Hono().post("/oprf", async (context) => {
    const refusal = work.refusal(context, "evaluate", evaluations.workBits());
    if (refusal !== null) return refusal;
    const blinded = await readBody(context.req.raw, elementBytes);
    const answer = blinded === null ? "malformed" : await evaluations.answer(blinded);
    if (answer === "malformed") return problem("request.malformed");
    if (answer === "limited") return problem("limit.reached");
    return new Response(new Uint8Array(answer), { headers: { "content-type": "application/octet-stream" } });
  });
}
