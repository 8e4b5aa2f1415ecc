import { afterEach, expect, test } from "vitest";
import { inboxOf, inboxWith, postSms, startInstance, type Instance } from "../support/instance.ts";
import { postmasterOf } from "../support/store.ts";

let instance: Instance | null = null;
afterEach(async () => {
  await instance?.kill("SIGINT");
});

const sms = (index: number) => ({ from: `+2237000${1000 + index}`, id: `burst-${index}`, text: `rapport ${index}` });

/** As the provider does: again and again until exactly 200. */
async function postUntilTaken(running: Instance, index: number): Promise<void> {
  for (;;) {
    const status = await postSms(running, sms(index)).catch(() => 0);
    if (status === 200) return;
    expect([0, 503]).toContain(status);
  }
}

function expectEachOnce(lines: readonly { readonly text: string }[], indexes: readonly number[]): void {
  expect(lines.map(({ text }) => text).toSorted()).toEqual(indexes.map((index) => sms(index).text).toSorted());
}

test("kill -9 of Gundo right after the 200: restarted, the report is there once", async () => {
  const first = (instance = await startInstance());
  expect(await postSms(first, sms(0))).toBe(200);
  await first.kill("SIGKILL");
  instance = await first.restart();
  const reviewer = instance.demo.reviewers[0]!;
  expectEachOnce(await inboxWith(instance, reviewer, 1), [0]);
  expect(await postSms(instance, sms(0))).toBe(200);
  expectEachOnce(await inboxOf(instance, reviewer), [0]);
});

test("kill -9 of PostgreSQL in the middle of a burst of 200: every acknowledged report is there once", async () => {
  const running = (instance = await startInstance());
  const waiting = Array.from({ length: 200 }, (_, index) => index);
  let taken = 0;
  const sender = async (): Promise<void> => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      await postUntilTaken(running, index);
      if (++taken === 80) process.kill(await postmasterOf(running.home), "SIGKILL");
    }
  };
  await Promise.all(Array.from({ length: 5 }, sender));
  const all = Array.from({ length: 200 }, (_, index) => index);
  expectEachOnce(await inboxWith(running, running.demo.reviewers[0]!, 200), all);
  expect(running.printed()).toContain("recovered store");
});

test("kill -9 of both in the middle of a burst, then a restart: nothing acknowledged is lost or doubled", async () => {
  const first = (instance = await startInstance());
  const indexes = Array.from({ length: 60 }, (_, index) => index);
  const acknowledged: number[] = [];
  const posts = indexes.map(async (index) => {
    if ((await postSms(first, sms(index)).catch(() => 0)) === 200) acknowledged.push(index);
    if (acknowledged.length === 20)
      for (const pid of await first.processes().catch(() => [])) if (pid > 0) process.kill(pid, "SIGKILL");
  });
  await Promise.allSettled(posts);
  expect(acknowledged.length).toBeGreaterThanOrEqual(20);
  instance = await first.restart();
  for (const index of acknowledged) expect(await postSms(instance, sms(index))).toBe(200);
  const texts = (await inboxWith(instance, instance.demo.reviewers[0]!, acknowledged.length)).map(({ text }) => text);
  expect(new Set(texts).size).toBe(texts.length);
  for (const index of acknowledged) expect(texts).toContain(sms(index).text);
});
