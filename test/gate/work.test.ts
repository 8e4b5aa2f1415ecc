import { Hono } from "hono";
import { expect, test } from "vitest";
import { systemChance as chance } from "../../src/base/chance.ts";
import { challengeIn, solveWork, splitWork, workHeader, type WorkChallenge } from "../../src/envelope/work.ts";
import { bitsUnder, openWorkGuard, type WorkPurpose } from "../../src/gate/work.ts";
import { HandClock } from "../support/board.ts";

/** A route that asks for work of a purpose, at a difficulty in the test's hands. */
function guarded(guard = openWorkGuard(new HandClock(), chance)) {
  const held = { bits: 6 };
  const app = new Hono();
  for (const purpose of ["write", "report"] satisfies WorkPurpose[])
    app.post(`/${purpose}`, (context) => guard.refusal(context, purpose, held.bits) ?? new Response("done"));
  const post = async (work: string | null, path = "/write"): Promise<Response> =>
    app.request(path, { method: "POST", headers: work === null ? {} : { [workHeader]: work } });
  const ask = async (path = "/write"): Promise<WorkChallenge> => challengeIn(await (await post(null, path)).text())!;
  return Object.assign(held, { post, ask });
}

test("a problem asks with its challenge and difficulty beside its code", async () => {
  const response = await guarded().post(null);
  expect([response.status, response.headers.get("content-type")]).toEqual([429, "application/problem+json"]);
  expect(await response.json()).toEqual({
    type: "urn:gundo:problem:work.required",
    title: "work.required",
    status: 429,
    code: "work.required",
    challenge: expect.stringMatching(/^write\.6\.[\w-]{22}\.[\w-]{22}$/),
    difficultyBits: 6,
  });
});

test("work done is let in once; the same again, for another purpose, or not done is not", async () => {
  const { post, ask } = guarded();
  const work = solveWork(await ask());
  expect((await post(work, "/report")).status).toBe(429);
  expect((await post(work)).status).toBe(200);
  expect((await post(work)).status).toBe(429);
  const { challenge } = await ask();
  const right = splitWork(solveWork({ challenge, difficultyBits: 6 }))!.counter;
  const wrong = Array.from({ length: right }, (_, counter) => `${challenge}.${counter}`);
  for (const one of wrong.slice(0, 50)) expect((await post(one)).status).toBe(429);
  expect((await post(`${challenge}.${right}`)).status).toBe(200);
});

test("another counter of a used challenge is as used as the first", async () => {
  const { post, ask } = guarded();
  const { challenge } = await ask();
  const first = splitWork(solveWork({ challenge, difficultyBits: 6 }))!.counter;
  expect((await post(`${challenge}.${first}`)).status).toBe(200);
  for (let counter = first + 1; counter < first + 300; counter++)
    expect((await post(`${challenge}.${counter}`)).status).toBe(429);
});

test("nobody else makes a challenge: another key, fewer bits, another purpose or form", async () => {
  const { post, ask } = guarded();
  const stranger = await guarded().ask();
  expect((await post(solveWork(stranger))).status).toBe(429);
  const { challenge } = await ask();
  const [purpose, bits, nonce, tag] = challenge.split(".");
  const forged = [
    `${purpose}.5.${nonce}.${tag}`,
    `${purpose}.${bits}.${nonce}a.${tag}`,
    `${purpose}.${bits}.${nonce}.${tag}.x`,
    `${purpose}.${bits}.${nonce}`,
    `${purpose}.0${bits}.${nonce}.${tag}`,
    `report.${bits}.${nonce}.${tag}`,
  ];
  for (const one of forged)
    for (const path of ["/write", "/report"])
      expect((await post(solveWork({ challenge: one, difficultyBits: 6 }), path)).status).toBe(429);
});

test("nothing is asked at no load, and an easier answer serves while difficulty has risen by two bits at most", async () => {
  const held = guarded();
  const [first, second] = [solveWork(await held.ask()), solveWork(await held.ask())];
  held.bits = 9;
  expect((await held.post(first)).status).toBe(429);
  held.bits = 8;
  expect((await held.post(first)).status).toBe(200);
  held.bits = 0;
  expect((await held.post(null)).status).toBe(200);
  held.bits = 1;
  expect((await held.post(second)).status).toBe(200);
});

test.each([
  [[59_000], 200],
  [[59_000, 50_000], 200],
  [[59_000, 61_000], 429],
  [[120_000], 429],
  [[-3_600_000], 429],
])("a challenge lives one to two minutes: after %j ms, %i", async (steps, status) => {
  const clock = new HandClock();
  const { post, ask } = guarded(openWorkGuard(clock, chance));
  clock.advanceMs(30_000);
  const work = solveWork(await ask());
  for (const step of steps) {
    clock.advanceMs(step);
    await post(null);
  }
  expect((await post(work)).status).toBe(status);
});

test("used answers are bounded: at the bound every challenge dies, and none is good twice", async () => {
  const held = guarded();
  held.bits = 1;
  const used = solveWork(await held.ask());
  expect((await held.post(used)).status).toBe(200);
  const waiting = solveWork(await held.ask());
  for (let count = 1; count < 32_768; count++)
    if ((await held.post(solveWork(await held.ask()))).status !== 200) throw new Error("refused before the bound");
  expect((await held.post(waiting)).status).toBe(429);
  expect((await held.post(used)).status).toBe(429);
  expect((await held.post(solveWork(await held.ask()))).status).toBe(200);
});

test("difficulty by load", () => {
  const bits = [0, 249, 250, 749, 750, 2250, 4250, 10 ** 9].map((load) => bitsUnder(load, 250, 500));
  expect(bits).toEqual([0, 0, 14, 14, 15, 18, 22, 22]);
});
