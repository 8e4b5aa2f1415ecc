import { expect, test } from "vitest";
import { hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { msPerDay } from "../../src/base/clock.ts";
import {
  daysPerSeenKey,
  derivedSeenKeys,
  rotatingSeenKeys,
  seenHashes,
  type SeenKeyFile,
} from "../../src/intake/seen.ts";
import { HandClock } from "../support/board.ts";

function memoryFile(): SeenKeyFile & { kept: Uint8Array | null } {
  return {
    kept: null,
    read() {
      return this.kept;
    },
    write(bytes) {
      this.kept = bytes;
    },
  };
}

const spanMs = daysPerSeenKey * msPerDay;

test("a message repeated across a change of key, and across a restart, has a hash in common", () => {
  const clock = new HandClock();
  const file = memoryFile();
  const before = seenHashes(rotatingSeenKeys(file, clock, systemChance), "africastalking", "id-1").map(hex);
  clock.advanceMs(spanMs);
  const after = seenHashes(rotatingSeenKeys(file, clock, systemChance), "africastalking", "id-1").map(hex);
  expect(after).toHaveLength(2);
  expect(after[0]).not.toBe(before[0]);
  expect(after[1]).toBe(before[0]);
});

test("the key before the last is gone for good, also after a long silence", () => {
  const clock = new HandClock();
  const file = memoryFile();
  const keys = rotatingSeenKeys(file, clock, systemChance);
  const [first] = keys.live().map(hex);
  clock.advanceMs(2 * spanMs);
  expect(keys.live().map(hex)).not.toContain(first);
  expect(hex(file.kept!)).not.toContain(first);
  expect(keys.live()).toHaveLength(1);
});

test("a key that a full disk does not take is not used: a repeat after a restart would be unknown", () => {
  const clock = new HandClock();
  const file = memoryFile();
  const keys = rotatingSeenKeys(file, clock, systemChance);
  const [before] = keys.live().map(hex);
  clock.advanceMs(spanMs);
  const kept = file.kept;
  file.write = () => {
    throw new Error("ENOSPC");
  };
  expect(() => keys.live()).toThrow("ENOSPC");
  expect(() => keys.live()).toThrow("ENOSPC");
  expect(file.kept).toBe(kept);
  file.write = (bytes) => void (file.kept = bytes);
  const [after, former] = keys.live().map(hex);
  expect(former).toBe(before);
  expect(rotatingSeenKeys(file, clock, systemChance).live().map(hex)).toEqual([after, before]);
});

test("a clock that is set back over a change of key, or forward and back, still knows a repeat", () => {
  const clock = new HandClock();
  const file = memoryFile();
  const first = (): string =>
    seenHashes(rotatingSeenKeys(file, clock, systemChance), "africastalking", "id-1").map(hex)[0]!;
  const before = first();
  clock.advanceMs(spanMs);
  const after = first();
  clock.advanceMs(-spanMs);
  expect(first()).toBe(before);
  clock.advanceMs(spanMs);
  expect(first()).toBe(after);
});

test("edges that share SEEN_KEY agree; gateways and ids do not collide", () => {
  const clock = new HandClock();
  const master = systemChance.bytes(32);
  const hashes = (gateway: "kannel" | "africastalking", id: string): string[] =>
    seenHashes(derivedSeenKeys(master, clock), gateway, id).map(hex);
  expect(hashes("kannel", "1")).toEqual(hashes("kannel", "1"));
  expect(hashes("kannel", "1")).not.toEqual(hashes("africastalking", "1"));
  const before = hashes("kannel", "1");
  clock.advanceMs(spanMs);
  expect(hashes("kannel", "1")[1]).toBe(before[0]);
});
