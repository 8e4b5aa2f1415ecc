import type { Hono } from "hono";
import { expect, test } from "vitest";
import { systemChance as chance } from "../../src/base/chance.ts";
import { mostEvaluationWaitMs, openWebEvaluations, oprfRoutes, type WebEvaluations } from "../../src/gate/oprf.ts";
import { openWorkGuard } from "../../src/gate/work.ts";
import { solveWork, challengeIn, workHeader } from "../../src/envelope/work.ts";
import { evaluationsPerSecond } from "../../src/mailbox/guessing.ts";
import { deriveMailbox } from "../../src/mailbox/mailbox.ts";
import { oprfKeyOf } from "../../src/mailbox/oprf-key.ts";
import { blind, evaluate, finalize } from "../../src/mailbox/oprf.ts";
import { newReceipt } from "../../src/mailbox/receipt.ts";
import { HandClock } from "../support/board.ts";

const key = oprfKeyOf(chance.bytes(32));
const routesOf = (evaluations: WebEvaluations): Hono => oprfRoutes(evaluations, openWorkGuard(new HandClock(), chance));
const post = (body: BodyInit): RequestInit => ({ method: "POST", body });

test("a blinded receipt is answered so that its asker, and nobody else, comes to the edge's own value", async () => {
  const routes = routesOf(openWebEvaluations({ current: key, previous: null }, new HandClock(), chance));
  const blinding = blind(newReceipt(chance), chance);
  const response = await routes.request("/oprf", post(new Uint8Array(blinding.blinded)));
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/octet-stream"]);
  const answer = new Uint8Array(await response.arrayBuffer());
  expect(answer).toHaveLength(96);
  expect(finalize(blinding, answer, key.publicKey)).toEqual(evaluate(key, blinding.receipt));
});

test("what is no element is refused and uses no turn up", async () => {
  const routes = routesOf(openWebEvaluations({ current: key, previous: null }, new HandClock(), chance));
  const { blinded } = blind(newReceipt(chance), chance);
  const junk = [new Uint8Array(0), new Uint8Array(31), new Uint8Array(33), new Uint8Array(32), chance.bytes(4096)];
  const turns = (evaluationsPerSecond.web * mostEvaluationWaitMs) / 1000;
  for (const body of Array.from({ length: turns }, () => junk).flat())
    expect((await routes.request("/oprf", post(body))).status).toBe(400);
  expect((await routes.request("/oprf", post(new Uint8Array(blinded)))).status).toBe(200);
});

const inTime = ((evaluationsPerSecond.web - evaluationsPerSecond.webWithoutScript) * mostEvaluationWaitMs) / 1000;

test("a queue of blind evaluations asks for work, more the longer it is, and at its end there is a limit", async () => {
  const evaluations = openWebEvaluations({ current: key, previous: null }, new HandClock(), chance);
  const blinded = new Uint8Array(blind(newReceipt(chance), chance).blinded);
  const bits = [evaluations.workBits()];
  const asked = Array.from({ length: inTime + 10 }, () => {
    const answer = evaluations.answer(blinded, "current");
    bits.push(evaluations.workBits());
    return answer;
  });
  expect(bits[0]).toBe(0);
  expect(bits.at(-1)).toBe(22);
  expect(bits).toEqual(bits.toSorted((a, b) => a - b));
  const routes = routesOf(evaluations);
  const refused = await routes.request("/oprf", post(blinded));
  expect([refused.status, await refused.json()]).toMatchObject([429, { code: "work.required" }]);
  const answers = await Promise.all(asked);
  expect(answers.filter((answer) => answer === "limited").length).toBeGreaterThanOrEqual(9);
});

test("who worked is let in where who did not is asked to, and a piece of work is good for one evaluation", async () => {
  const clock = new HandClock();
  const evaluations = openWebEvaluations({ current: key, previous: null }, clock, chance);
  const routes = oprfRoutes(evaluations, openWorkGuard(clock, chance));
  const blinded = new Uint8Array(blind(newReceipt(chance), chance).blinded);
  const before = Array.from({ length: 10 }, () => evaluations.answer(blinded, "current"));
  const asked = challengeIn(await (await routes.request("/oprf", post(blinded))).text())!;
  expect(asked.difficultyBits).toBe(14);
  const worked = { ...post(blinded), headers: { [workHeader]: solveWork(asked) } };
  expect((await routes.request("/oprf", worked)).status).toBe(200);
  expect((await routes.request("/oprf", worked)).status).toBe(429);
  await Promise.all(before);
});

test("a flood without script takes no turn from who works, nor the other way round", async () => {
  const clock = new HandClock();
  const evaluations = openWebEvaluations({ current: key, previous: null }, clock, chance);
  const { blinded } = blind(newReceipt(chance), chance);
  const share = (evaluationsPerSecond.webWithoutScript * mostEvaluationWaitMs) / 1000;
  const flood = Array.from({ length: share + 2 }, () => evaluations.receipt());
  expect(evaluations.workBits()).toBe(0);
  expect(await evaluations.answer(new Uint8Array(blinded), "current")).toHaveLength(96);
  expect(await evaluations.receipt()).toBeNull();
  expect((await Promise.all(flood)).filter((made) => made !== null).length).toBe(share + 1);
  const others = openWebEvaluations({ current: key, previous: null }, clock, chance);
  const asked = Array.from({ length: inTime + 2 }, () => others.answer(new Uint8Array(blinded), "current"));
  expect(await others.receipt()).not.toBeNull();
  await Promise.all(asked);
});

test("a receipt made for who has no script leads to its mailbox from anywhere", async () => {
  const made = await openWebEvaluations({ current: key, previous: null }, new HandClock(), chance).receipt();
  const again = await deriveMailbox(made!.receipt, evaluate(key, made!.receipt));
  expect(made!.mailbox.id).toEqual(again.id);
});

test("digits read without script take a turn of their share for each key that is live, the current key's first", async () => {
  const previous = oprfKeyOf(chance.bytes(32));
  const receipt = newReceipt(chance);
  const evaluations = openWebEvaluations({ current: key, previous }, new HandClock(), chance);
  const turns = (evaluationsPerSecond.webWithoutScript * mostEvaluationWaitMs) / 1000 + 1;
  const read = await Promise.all(Array.from({ length: turns / 2 + 2 }, () => evaluations.mailboxes(receipt)));
  const answered = read.filter((mailboxes) => mailboxes !== null);
  expect(answered).toHaveLength(turns / 2);
  const ids = [key, previous].map(async (one) => (await deriveMailbox(receipt, evaluate(one, receipt))).id);
  expect(answered[0]!.map(({ id }) => id)).toEqual(await Promise.all(ids));
});

test("the previous key answers at its own address while it lives, and only there", async () => {
  const previous = oprfKeyOf(chance.bytes(32));
  const receipt = newReceipt(chance);
  const ask = async (keys: Parameters<typeof openWebEvaluations>[0], path: string): Promise<Uint8Array | number> => {
    const blinding = blind(receipt, chance);
    const routes = routesOf(openWebEvaluations(keys, new HandClock(), chance));
    const response = await routes.request(path, post(new Uint8Array(blinding.blinded)));
    if (response.status !== 200) return response.status;
    const { publicKey } = path === "/oprf" ? key : previous;
    return finalize(blinding, new Uint8Array(await response.arrayBuffer()), publicKey);
  };
  expect(await ask({ current: key, previous }, "/oprf/previous")).toEqual(evaluate(previous, receipt));
  expect(await ask({ current: key, previous }, "/oprf")).toEqual(evaluate(key, receipt));
  expect(await ask({ current: key, previous: null }, "/oprf/previous")).toBe(404);
});
