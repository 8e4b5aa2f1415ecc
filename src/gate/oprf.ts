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

/** No evaluation within this: the report is sent without a receipt, and says so (envelope.md, Receipts). */
export const mostEvaluationWaitMs = 5000;
const elementBytes = 32;

/** The web's evaluations, blind and in clear, at one rate for the whole instance. */
export interface WebEvaluations {
  /** The answer to a blinded element: evaluated element and proof, 96 bytes. */
  answer(blinded: Uint8Array): Promise<"malformed" | "limited" | Uint8Array>;
  /** A receipt for who has no script, made here and known here while it is made; null when no turn came in time. */
  receipt(): Promise<{ readonly receipt: Receipt; readonly mailbox: Mailbox } | null>;
}

/** Evaluations with the edge's key (RFC 9497); nothing is kept of any. */
export function openWebEvaluations(key: OprfKey, clock: Clock, chance: Chance): WebEvaluations {
  const pace = openPace(evaluationsPerSecond.web, mostEvaluationWaitMs, clock);
  return {
    answer: async (bytes) => {
      const blinded = parseBlinded(bytes);
      if (blinded === null) return "malformed";
      return (await pace.turn()) ? blindEvaluate(key, blinded, chance) : "limited";
    },
    receipt: async () => {
      if (!(await pace.turn())) return null;
      const receipt = newReceipt(chance);
      return { receipt, mailbox: await deriveMailbox(receipt, evaluate(key, receipt)) };
    },
  };
}

/** `POST /oprf`: 32 bytes in, 96 out. The page's worker asks once at every visit, whether or not anything is written. */
export function oprfRoutes(evaluations: WebEvaluations): Hono {
  return new Hono().post("/oprf", async (context) => {
    const blinded = await readBody(context.req.raw, elementBytes);
    const answer = blinded === null ? "malformed" : await evaluations.answer(blinded);
    if (answer === "malformed") return problem("request.malformed");
    if (answer === "limited") return problem("limit.reached");
    return new Response(new Uint8Array(answer), { headers: { "content-type": "application/octet-stream" } });
  });
}
