import { expect, test } from "vitest";
import { systemChance as chance } from "../../src/base/chance.ts";
import { mostEvaluationWaitMs, openWebEvaluations, oprfRoutes } from "../../src/gate/oprf.ts";
import { evaluationsPerSecond } from "../../src/mailbox/guessing.ts";
import { deriveMailbox } from "../../src/mailbox/mailbox.ts";
import { oprfKeyOf } from "../../src/mailbox/oprf-key.ts";
import { blind, evaluate, finalize } from "../../src/mailbox/oprf.ts";
import { newReceipt } from "../../src/mailbox/receipt.ts";
import { HandClock } from "../support/board.ts";

const key = oprfKeyOf(chance.bytes(32));
const post = (body: BodyInit): RequestInit => ({ method: "POST", body });

test("a blinded receipt is answered so that its asker, and nobody else, comes to the edge's own value", async () => {
  const routes = oprfRoutes(openWebEvaluations(key, new HandClock(), chance));
  const blinding = blind(newReceipt(chance), chance);
  const response = await routes.request("/oprf", post(new Uint8Array(blinding.blinded)));
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/octet-stream"]);
  const answer = new Uint8Array(await response.arrayBuffer());
  expect(answer).toHaveLength(96);
  expect(finalize(blinding, answer, key.publicKey)).toEqual(evaluate(key, blinding.receipt));
});

test("what is no element is refused and uses no turn up", async () => {
  const routes = oprfRoutes(openWebEvaluations(key, new HandClock(), chance));
  const { blinded } = blind(newReceipt(chance), chance);
  const junk = [new Uint8Array(0), new Uint8Array(31), new Uint8Array(33), new Uint8Array(32), chance.bytes(4096)];
  const turns = (evaluationsPerSecond.web * mostEvaluationWaitMs) / 1000;
  for (const body of Array.from({ length: turns }, () => junk).flat())
    expect((await routes.request("/oprf", post(body))).status).toBe(400);
  expect((await routes.request("/oprf", post(new Uint8Array(blinded)))).status).toBe(200);
});

test("blind and in clear share one rate: past five seconds of it the answer is a limit, and there is no receipt", async () => {
  const evaluations = openWebEvaluations(key, new HandClock(), chance);
  const blinded = new Uint8Array(blind(newReceipt(chance), chance).blinded);
  const inTime = (evaluationsPerSecond.web * mostEvaluationWaitMs) / 1000;
  const asked = Array.from({ length: inTime + 10 }, () => evaluations.answer(blinded));
  expect(await evaluations.receipt()).toBeNull();
  expect((await oprfRoutes(evaluations).request("/oprf", post(blinded))).status).toBe(429);
  const answers = await Promise.all(asked);
  expect(answers.filter((answer) => answer === "limited").length).toBeGreaterThanOrEqual(9);
});

test("a receipt made for who has no script leads to its mailbox from anywhere", async () => {
  const made = await openWebEvaluations(key, new HandClock(), chance).receipt();
  const again = await deriveMailbox(made!.receipt, evaluate(key, made!.receipt));
  expect(made!.mailbox.id).toEqual(again.id);
});
