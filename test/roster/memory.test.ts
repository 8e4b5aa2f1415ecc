import { expect, test } from "vitest";
import { rosterMemoryIn } from "../../src/roster/memory.ts";

test("36 bytes, the serial first, and what was written is read", () => {
  let kept: Uint8Array | null = null;
  const memory = rosterMemoryIn({ read: () => kept, write: (bytes) => void (kept = bytes) });
  expect(memory.read()).toBeNull();
  const noteHash = Uint8Array.from({ length: 32 }, (_, index) => index);
  memory.write({ serial: 258, noteHash });
  expect(kept).toEqual(Uint8Array.of(0, 0, 1, 2, ...noteHash));
  expect(memory.read()).toEqual({ serial: 258, noteHash });
});

test("a file of another length is no memory", () => {
  for (const length of [0, 4, 35, 37])
    expect(rosterMemoryIn({ read: () => new Uint8Array(length), write: () => undefined }).read()).toBeNull();
});
