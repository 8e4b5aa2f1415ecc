import { Hono, type Handler } from "hono";
import type { Chance } from "../base/chance.ts";
import type { Clock } from "../base/clock.ts";
import { evaluationsPerSecond } from "../mailbox/guessing.ts";
import { deriveMailbox, type Mailbox } from "../mailbox/mailbox.ts";
import type { OprfKey, OprfKeys } from "../mailbox/oprf-key.ts";
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
  answer(blinded: Uint8Array, key: keyof OprfKeys): Promise<"noKey" | "malformed" | "limited" | Uint8Array>;
  /** A receipt for who has no script, made here and known here while it is made; null when no turn came in time. */
  receipt(): Promise<{ readonly receipt: Receipt; readonly mailbox: Mailbox } | null>;
  /** The mailboxes of digits from who has no script, the current key's first; null when a turn for each did not come in time. */
  mailboxes(receipt: Receipt): Promise<readonly Mailbox[] | null>;
}

/** Evaluations with the edge's keys (RFC 9497), each kind at one rate for the whole instance; nothing is kept of any. */
export function openWebEvaluations(keys: OprfKeys, clock: Clock, chance: Chance): WebEvaluations {
  const { web, webWithoutScript } = evaluationsPerSecond;
  const pace = openPace(web - webWithoutScript, mostEvaluationWaitMs, clock);
  const withoutScript = openPace(webWithoutScript, mostEvaluationWaitMs, clock);
  return {
    workBits: () => bitsUnder(pace.queueMs(), freeQueueMs, queueStepMs),
    answer: async (bytes, which) => {
      const [blinded, key] = [parseBlinded(bytes), keys[which]];
      if (key === null) return "noKey";
      if (blinded === null) return "malformed";
      return (await pace.turn()) ? blindEvaluate(key, blinded, chance) : "limited";
    },
    receipt: async () => {
      if (!(await withoutScript.turn())) return null;
      const receipt = newReceipt(chance);
      return { receipt, mailbox: await mailboxOf(keys.current, receipt) };
    },
    mailboxes: async (receipt) => {
      const live = keys.previous === null ? [keys.current] : [keys.current, keys.previous];
      if (!(await withoutScript.turn(live.length))) return null;
      return Promise.all(live.map((key) => mailboxOf(key, receipt)));
    },
  };
}

function mailboxOf(key: OprfKey, receipt: Receipt): Promise<Mailbox> {
  return deriveMailbox(receipt, evaluate(key, receipt));
}

/**
 * `POST /oprf`: 32 bytes in, 96 out, under the current key; the page's worker asks once at every visit, whether or not
 * anything is written. `POST /oprf/previous`: under the one before, which receipts are read with while it lives.
 */
export function oprfRoutes(evaluations: WebEvaluations, work: WorkGuard): Hono {
  const answerWith = (key: keyof OprfKeys): Handler => {
    return async (context) => {
      const refusal = work.refusal(context, "evaluate", evaluations.workBits());
      if (refusal !== null) return refusal;
      const blinded = await readBody(context.req.raw, elementBytes);
      // Too long to be an element is no element.
      const answer = blinded === null ? "malformed" : await evaluations.answer(blinded, key);
      if (answer === "noKey") return problem("route.unknown");
      if (answer === "malformed") return problem("request.malformed");
      if (answer === "limited") return problem("limit.reached");
      return new Response(new Uint8Array(answer), { headers: { "content-type": "application/octet-stream" } });
    };
  };
  return new Hono().post("/oprf", answerWith("current")).post("/oprf/previous", answerWith("previous"));
}
