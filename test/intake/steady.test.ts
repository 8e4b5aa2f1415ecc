import { expect, test } from "vitest";
import { Fault } from "../../src/base/fault.ts";
import { steadily } from "../../src/intake/steady.ts";

/** A clock that goes on only when it is told to. */
class Turns {
  #go: (() => void)[] = [];
  readonly waited: number[] = [];

  readonly wait = (ms: number): Promise<void> => {
    this.waited.push(ms);
    return new Promise((resolve) => void this.#go.push(resolve));
  };

  async pass(): Promise<void> {
    this.#go.shift()?.();
    for (let times = 0; times < 5; times++) await Promise.resolve();
  }
}

async function settled(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol("open");
  for (let times = 0; times < 5; times++) await Promise.resolve();
  return (
    (await Promise.race([
      promise.then(
        () => null,
        () => null,
      ),
      Promise.resolve(open),
    ])) !== open
  );
}

test("what is done at once comes after the whole time", async () => {
  const turns = new Turns();
  const result = steadily(200, async () => "done", turns.wait);
  expect(await settled(result)).toBe(false);
  await turns.pass();
  expect(await result).toBe("done");
  expect(turns.waited).toEqual([200]);
});

test("what takes longer comes at the next multiple, not in between", async () => {
  const turns = new Turns();
  const { promise: work, resolve: finish } = Promise.withResolvers<void>();
  const result = steadily(200, () => work, turns.wait);
  await turns.pass();
  expect(await settled(result)).toBe(false);
  finish();
  expect(await settled(result)).toBe(false);
  await turns.pass();
  await result;
  expect(turns.waited).toEqual([200, 200]);
});

test("a failure is as late", async () => {
  const turns = new Turns();
  const result = steadily(200, () => Promise.reject(new Fault("store.unavailable")), turns.wait);
  expect(await settled(result)).toBe(false);
  await turns.pass();
  await expect(result).rejects.toMatchObject({ code: "store.unavailable" });
});
