import { expect, test } from "vitest";
import { msPerDay } from "../../src/base/clock.ts";
import type { Event } from "../../src/base/events.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { holdRoster, offerAll } from "../../src/roster/held.ts";
import type { RosterBody } from "../../src/roster/roster.ts";
import type { RosterMemory } from "../../src/roster/verify.ts";
import { HandClock, signedBy, testBoard } from "../support/board.ts";

function setUp(remembered: RosterMemory | null = null) {
  const clock = new HandClock();
  const board = testBoard(clock);
  const sign = (body: RosterBody): Uint8Array => signedBy(board.board.slice(0, 2), body);
  const first = sign(board.body);
  const second = sign({ ...board.body, serial: 2, previous: sha256(first) });
  const events: Event[] = [];
  const kept: Uint8Array[] = [];
  const held = { memory: remembered };
  const memory = { read: () => held.memory, write: (learned: RosterMemory) => void (held.memory = learned) };
  const emit = (event: Event): void => void events.push(event);
  const roster = holdRoster(board.anchors, memory, clock, emit, (note) => kept.push(note));
  return { clock, board, sign, first, second, events, kept, held, roster };
}

test("before any note there is no roster, and that is the core's absence", () => {
  const { roster } = setUp();
  expect(roster.isHeld()).toBe(false);
  expect(() => roster.current()).toThrow("core.unavailable");
  expect(() => roster.note()).toThrow("core.unavailable");
});

test("a verified note comes into force, is kept and remembered; the same again changes nothing; a newer one follows", () => {
  const { roster, first, second, kept, held } = setUp();
  roster.offer(first);
  roster.offer(first);
  expect([roster.current().serial, kept.length]).toEqual([1, 1]);
  roster.offer(second);
  expect(roster.current().serial).toBe(2);
  expect(roster.note()).toEqual(second);
  expect(held.memory).toEqual({ serial: 2, noteHash: sha256(second) });
});

test("what the board did not sign, what is older and what breaks the chain leave the former one in force", () => {
  const { roster, board, sign, first, second } = setUp();
  roster.offer(second);
  expect(() => roster.offer(first)).toThrow("roster.serial");
  expect(() => roster.offer(signedBy(board.board.slice(0, 1), { ...board.body, serial: 3 }))).toThrow("roster.signers");
  expect(() => roster.offer(sign({ ...board.body, serial: 3 }))).toThrow("roster.link");
  expect(() => roster.offer(new Uint8Array(10))).toThrow("note.malformed");
  expect(roster.note()).toEqual(second);
});

test("a pinned serial is never gone below", () => {
  const { roster, first } = setUp({ serial: 2, noteHash: new Uint8Array(32) });
  expect(() => roster.offer(first)).toThrow("roster.serial");
  expect(roster.isHeld()).toBe(false);
});

test("of several notes the newest is in force, whatever their order; the last refusal is named", () => {
  const forwards = setUp();
  expect(offerAll(forwards.roster, [forwards.first, forwards.second])).toBeNull();
  expect(forwards.roster.current().serial).toBe(2);
  const backwards = setUp();
  expect(offerAll(backwards.roster, [backwards.second, backwards.first])?.code).toBe("roster.serial");
  expect(backwards.roster.current().serial).toBe(2);
});

test("a roster that expires while it is held is warned of each day, and after the grace refused", () => {
  const { roster, first, board, clock, events } = setUp();
  roster.offer(first);
  const daysLeft = (board.body.expiresMs - clock.nowMs()) / msPerDay;
  clock.advanceMs(daysLeft * msPerDay);
  for (let times = 0; times < 3; times++) roster.current();
  expect(events).toEqual([{ event: "roster.expiring" }]);
  clock.advanceMs(msPerDay);
  roster.current();
  expect(events).toHaveLength(2);
  clock.advanceMs(29 * msPerDay);
  expect(() => roster.current()).toThrow("roster.expired");
  expect(() => roster.note()).toThrow("roster.expired");
});

test("after a gap the notes between tie the new roster to the one remembered; without them it is refused", () => {
  const { roster, sign, board, first, second } = setUp();
  const third = sign({ ...board.body, serial: 3, previous: sha256(second) });
  const fourth = sign({ ...board.body, serial: 4, previous: sha256(third) });
  roster.offer(first);
  expect(roster.between(fourth)).toEqual([3, 2]);
  expect(() => roster.offer(fourth)).toThrow("roster.link");
  expect(() => roster.offer(fourth, new Map([[3, third]]))).toThrow("roster.link");
  expect(roster.note()).toEqual(first);
  roster.offer(
    fourth,
    new Map([
      [2, second],
      [3, third],
    ]),
  );
  expect(roster.note()).toEqual(fourth);
  expect(roster.between(fourth)).toEqual([]);
});
