import { expect, test } from "vitest";
import type { DeskId } from "../../src/base/brand.ts";
import { u32be, utf8 } from "../../src/base/bytes.ts";
import { systemChance, type Chance } from "../../src/base/chance.ts";
import { msPerDay, msPerHour } from "../../src/base/clock.ts";
import { Fault, type FaultCode } from "../../src/base/fault.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { open } from "../../src/envelope/open.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import { shapeOf } from "../../src/envelope/shape.ts";
import type { Core, Posting } from "../../src/intake/core.ts";
import { runDecoys, type Timer } from "../../src/intake/decoy-clock.ts";
import { decoysPerDay, nextAfterMs, openTally, sealDecoy, tallied } from "../../src/intake/decoys.ts";
import { findDesk, type Roster } from "../../src/roster/roster.ts";
import { HandClock, testBoard, testRoster } from "../support/board.ts";

const all = "all" as DeskId;
const gao = "gao" as DeskId;

/** Bytes that come again in every run. */
function replayed(seed: string): Chance {
  let drawn = 0;
  return {
    bytes: (length) => {
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length; at += 32)
        bytes.set(sha256(utf8(`${seed} ${drawn++}`)).subarray(0, Math.min(32, length - at)), at);
      return bytes;
    },
  };
}

/** Always the same eight bytes. */
const fixed = (high: number, low: number): Chance => ({
  bytes: () => {
    const bytes = new Uint8Array(8);
    bytes.set(u32be(high));
    bytes.set(u32be(low), 4);
    return bytes;
  },
});

test("the wait is exponential: never negative, never without end, its mean the rate's inverse", () => {
  expect(nextAfterMs(fixed(2 ** 32 - 1, 2 ** 32 - 1), 24)).toBeCloseTo(0, 9);
  const longest = nextAfterMs(fixed(0, 0), 24);
  expect(longest).toBeCloseTo(53 * Math.LN2 * msPerHour, 3);
  const chance = replayed("mean");
  const waits = Array.from({ length: 20_000 }, () => nextAfterMs(chance, 24) / msPerHour);
  const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
  expect(mean).toBeGreaterThan(0.97);
  expect(mean).toBeLessThan(1.03);
  // Of an exponential, the share over k means is e^-k.
  const over = waits.filter((wait) => wait > 2).length / waits.length;
  expect(over).toBeGreaterThan(Math.exp(-2) - 0.01);
  expect(over).toBeLessThan(Math.exp(-2) + 0.01);
});

test("the rate is not under last week's reports, nor under the floor", () => {
  expect(decoysPerDay(0, 24)).toBe(24);
  expect(decoysPerDay(7 * 24, 24)).toBe(24);
  expect(decoysPerDay(7000, 24)).toBe(1000);
});

test("the tally counts by desk, at least what any seven days held, and forgets what is older", () => {
  const clock = new HandClock("2026-11-23T23:59:00Z");
  const tally = openTally(clock);
  tally.count(all);
  tally.count(all);
  tally.count(gao);
  expect([tally.lastWeek(all), tally.lastWeek(gao)]).toEqual([2, 1]);
  clock.advanceMs(7 * msPerDay);
  expect(tally.lastWeek(all)).toBe(2);
  clock.advanceMs(msPerDay);
  expect(tally.lastWeek(all)).toBe(0);
  tally.count(all);
  clock.advanceMs(-3 * msPerDay);
  expect(tally.lastWeek(all)).toBe(0);
});

test("only what was stored is counted: a repeat and a refusal are no reports", async () => {
  const tally = openTally(new HandClock());
  const answers: ("stored" | "seen" | Fault)[] = ["stored", "seen", new Fault("store.unavailable")];
  const core = tallied(
    {
      accept: async () => {
        const next = answers.shift()!;
        if (next instanceof Fault) throw next;
        return next;
      },
    },
    tally,
  );
  const posting = sealDecoy(testRoster(new HandClock()), findDesk(testRoster(new HandClock()), gao)!, systemChance);
  expect(await core.accept(posting)).toBe("stored");
  expect(await core.accept(posting)).toBe("seen");
  await expect(core.accept(posting)).rejects.toThrow("store.unavailable");
  expect(tally.lastWeek(gao)).toBe(1);
});

test("a decoy has the desk's shape and opens for nobody", () => {
  const clock = new HandClock();
  const board = testBoard(clock);
  const roster = testRoster(clock, board);
  for (const [id, stanzas] of [
    [all, 5],
    [gao, 2],
  ] as const) {
    const { desk, sealed, doorHash } = sealDecoy(roster, findDesk(roster, id)!, systemChance);
    expect(desk).toBe(id);
    expect(doorHash).toHaveLength(32);
    expect(shapeOf(sealed)).toEqual({ stanzas, sizeClass: 8192 });
    for (const { identity } of board.people)
      expect(() => open(sealed, identity, nodeDecapsulator)).toThrow("envelope.unopenable");
  }
});

/** Time that goes on only when the test says so. */
function handTimer(clock: HandClock) {
  let due: { readonly atMs: number; readonly run: () => void } | null = null;
  const timer: Timer = (afterMs, run) => {
    due = { atMs: clock.nowMs() + afterMs, run };
    return () => (due = null);
  };
  const goTo = (endMs: number): void => {
    while (due !== null && due.atMs <= endMs) {
      const { atMs, run } = due;
      due = null;
      clock.advanceMs(atMs - clock.nowMs());
      run();
    }
    clock.advanceMs(endMs - clock.nowMs());
  };
  return { timer, advance: (ms: number) => goTo(clock.nowMs() + ms), waiting: () => due !== null };
}

function running(seed: string, core: Partial<Core> = {}) {
  const clock = new HandClock();
  const { timer, advance, waiting } = handTimer(clock);
  const held: { roster: Roster | null } = { roster: testRoster(clock) };
  const posted: { readonly posting: Posting; readonly atMs: number }[] = [];
  const failures: FaultCode[] = [];
  const tally = openTally(clock);
  const decoys = runDecoys({
    core: {
      accept: async (posting) => {
        posted.push({ posting, atMs: clock.nowMs() });
        return "stored";
      },
      ...core,
    },
    roster: () => {
      if (held.roster === null) throw new Fault("core.unavailable");
      return held.roster;
    },
    tally,
    floorPerDay: 24,
    chance: replayed(seed),
    timer,
    failed: (code) => void failures.push(code),
  });
  const count = (desk: DeskId): number => posted.filter(({ posting }) => posting.desk === desk).length;
  return { decoys, advance, waiting, held, posted, failures, tally, count };
}

test("an edge that nobody writes to posts one an hour and desk, at no even times", async () => {
  const { decoys, advance, posted, count, failures } = running("quiet");
  advance(4 * msPerDay);
  for (const desk of [all, gao]) {
    expect(count(desk)).toBeGreaterThan(96 - 40);
    expect(count(desk)).toBeLessThan(96 + 40);
  }
  const waits = posted.slice(1).map(({ atMs }, index) => atMs - posted[index]!.atMs);
  expect(new Set(waits).size).toBe(waits.length);
  expect(failures).toEqual([]);
  await decoys[Symbol.asyncDispose]();
});

test("a busy desk gets as many decoys as it had reports, within the hour, and the other desk no more than before", async () => {
  const { decoys, advance, tally, count } = running("busy");
  for (let report = 0; report < 7 * 240; report++) tally.count(all);
  advance(msPerHour);
  const [allBefore, gaoBefore] = [count(all), count(gao)];
  advance(msPerDay);
  expect(count(all) - allBefore).toBeGreaterThan(240 - 60);
  expect(count(gao) - gaoBefore).toBeLessThan(24 + 20);
  await decoys[Symbol.asyncDispose]();
});

test("without a roster none is posted, and a minute after there is one they begin", async () => {
  const { decoys, advance, held, posted } = running("late");
  const { roster } = held;
  held.roster = null;
  advance(2 * msPerDay);
  const before = posted.length;
  advance(msPerDay);
  expect(posted).toHaveLength(before);
  held.roster = roster;
  advance(msPerDay);
  expect(posted.length).toBeGreaterThan(before + 20);
  await decoys[Symbol.asyncDispose]();
});

test("a core that is away costs that decoy and an event, not the next ones", async () => {
  const { decoys, advance, failures, waiting } = running("away", {
    accept: async () => {
      throw new Fault("core.unavailable");
    },
  });
  advance(msPerDay);
  await decoys[Symbol.asyncDispose]();
  expect(failures.length).toBeGreaterThan(20);
  expect(new Set(failures)).toEqual(new Set(["core.unavailable"]));
  expect(waiting()).toBe(false);
});

test("disposing of it waits for the decoys under way, and no more come", async () => {
  const letGo: (() => void)[] = [];
  const { decoys, advance, waiting } = running("stop", {
    accept: () => new Promise((resolve) => letGo.push(() => resolve("stored"))),
  });
  advance(3 * msPerHour);
  expect(letGo.length).toBeGreaterThan(1);
  let stopped = false;
  const stopping = Promise.resolve(decoys[Symbol.asyncDispose]()).then(() => (stopped = true));
  expect(waiting()).toBe(false);
  for (const go of letGo) {
    await new Promise((resolve) => setImmediate(resolve));
    expect(stopped).toBe(false);
    go();
  }
  await stopping;
});
