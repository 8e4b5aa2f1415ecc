import { expect, test } from "vitest";
import { openInTurn } from "../../src/intake/in-turn.ts";

/** Work whose end the test gives, and the order in which it was begun. */
function workshop() {
  const inTurn = openInTurn();
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const add = (line: "receipts" | "readings", name: string): Promise<string> =>
    inTurn.add(line, () => {
      begun.push(name);
      return new Promise((resolve) => ends.set(name, () => resolve(name)));
    });
  const end = async (name: string): Promise<void> => {
    ends.get(name)!();
    for (let times = 0; times < 5; times++) await Promise.resolve();
  };
  return { inTurn, begun, add, end };
}

test("one at a time, and a reading behind twenty receipts waits for one of them", async () => {
  const { begun, add, end } = workshop();
  const receipts = Array.from({ length: 20 }, (_, index) => add("receipts", `receipt ${index}`));
  const readings = [add("readings", "reading 0"), add("readings", "reading 1")];
  expect(begun).toEqual(["receipt 0"]);
  await end("receipt 0");
  await end("reading 0");
  await end("receipt 1");
  expect(begun).toEqual(["receipt 0", "reading 0", "receipt 1", "reading 1"]);
  await end("reading 1");
  for (let index = 2; index < 20; index++) await end(`receipt ${index}`);
  expect(await Promise.all([...receipts, ...readings])).toHaveLength(22);
  const after = add("readings", "after");
  await end("after");
  expect(await after).toBe("after");
});

test("work that fails is told to who asked for it and keeps nobody waiting", async () => {
  const { inTurn, add, end } = workshop();
  const failing = inTurn.add("receipts", () => Promise.reject(new Error("failed")));
  const next = add("receipts", "next");
  await expect(failing).rejects.toThrow("failed");
  await end("next");
  expect(await next).toBe("next");
});
