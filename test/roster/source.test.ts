import { beforeEach, expect, test } from "vitest";
import type { DeskId } from "../../src/base/brand.ts";
import { msPerDay, type UnixMs } from "../../src/base/clock.ts";
import type { Event } from "../../src/base/events.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { rosterMemoryIn } from "../../src/roster/memory.ts";
import type { RosterBody } from "../../src/roster/roster.ts";
import { followRoster, type KeysOnDisk, type RosterSource } from "../../src/roster/source.ts";
import { HandClock, signedBy, testBoard } from "../support/board.ts";

let clock: HandClock;
let events: Event[];
let note: Uint8Array;
let former: Uint8Array[];
let version: number;
let kept: Uint8Array | null;
let made: ReturnType<typeof testBoard>;

const disk: KeysOnDisk = {
  version: () => String(version),
  note: () => note,
  formerNotes: () => former,
  former: (serial) => former[serial - 1] ?? null,
};
const memory = rosterMemoryIn({ read: () => kept, write: (bytes) => void (kept = bytes) });
const all = "all" as DeskId;

beforeEach(() => {
  clock = new HandClock();
  made = testBoard(clock);
  events = [];
  former = [];
  version = 1;
  kept = null;
  note = signedBy(made.board, made.body);
});

function follow(): RosterSource {
  return followRoster(made.anchors, disk, memory, clock, (event) => void events.push(event));
}

function publish(body: Partial<RosterBody>, signers = made.board): void {
  former.push(note);
  const next = { ...made.body, serial: made.body.serial + 1, previous: sha256(note), issuedMs: clock.nowMs(), ...body };
  note = signedBy(signers, next);
  version++;
  clock.advanceMs(1_000);
}

const fourOfDesk = (): Partial<RosterBody> => ({
  reviewers: made.body.reviewers.filter(({ id }) => id !== "r5"),
  desks: [{ ...made.body.desks[0]!, reviewers: ["r1", "r2", "r3", "r4"] }],
});

test("a published roster is in force within a second; its predecessor's stanza counts live for 15 days", () => {
  const source = follow();
  expect(source.stanzaCounts(all)).toEqual([5]);
  expect(source.stanzaCounts("none" as DeskId)).toEqual([]);
  publish(fourOfDesk());
  expect(source.current().serial).toBe(2);
  expect(source.stanzaCounts(all)).toEqual([4, 5]);
  clock.advanceMs(15 * msPerDay);
  expect(source.stanzaCounts(all)).toEqual([4]);
});

test("a refused note leaves the former one in force, and an event names why", () => {
  const source = follow();
  publish({}, made.board.slice(0, 1));
  expect(source.current().serial).toBe(1);
  expect(events).toEqual([{ event: "failed", part: "roster", code: "roster.signers" }]);
});

test("after a restart an older roster is refused: the highest serial is remembered", () => {
  const older = note;
  follow();
  publish({});
  expect(follow().current().serial).toBe(2);
  note = older;
  expect(() => follow()).toThrow("roster.serial");
});

test("a process that runs past the grace stops using the roster it once loaded", () => {
  const source = follow();
  clock.advanceMs(209 * msPerDay);
  expect(source.current().serial).toBe(1);
  clock.advanceMs(msPerDay);
  expect(() => source.current()).toThrow("roster.expired");
});

test("an expired roster is used with a warning for 30 days, then not at all", () => {
  publish({ expiresMs: (clock.nowMs() + msPerDay) as UnixMs });
  clock.advanceMs(2 * msPerDay);
  expect(follow().current().serial).toBe(2);
  expect(events).toEqual([{ event: "roster.expiring" }]);
  clock.advanceMs(30 * msPerDay);
  expect(() => follow()).toThrow("roster.expired");
});

test("the disk is looked at every half second, whichever way the clock was set, and read again only when it changed", () => {
  let reads = 0;
  const counting: KeysOnDisk = {
    ...disk,
    note: () => {
      reads++;
      return note;
    },
  };
  const source = followRoster(made.anchors, counting, memory, clock, (event) => void events.push(event));
  publish({});
  clock.advanceMs(-501);
  expect(source.current().serial).toBe(1);
  clock.advanceMs(1);
  expect(source.current().serial).toBe(2);
  clock.advanceMs(5_000);
  source.current();
  expect(reads).toBe(2);
  publish({ serial: 3 });
  clock.advanceMs(-6_000);
  expect(source.current().serial).toBe(3);
  expect(events).toEqual([]);
});

test("a refused note is named once, and what was remembered stays", () => {
  const source = follow();
  const before = kept;
  publish({}, made.board.slice(0, 1));
  for (let times = 0; times < 3; times++) {
    source.current();
    clock.advanceMs(1_000);
  }
  expect(events).toHaveLength(1);
  expect(kept).toEqual(before);
});

test("a disk that cannot be read is no refusal of a note", () => {
  const source = followRoster(
    made.anchors,
    {
      ...disk,
      note: () => {
        if (version > 1) throw new RangeError("unreadable");
        return note;
      },
    },
    memory,
    clock,
    (event) => void events.push(event),
  );
  publish({});
  expect(() => source.current()).toThrow(RangeError);
});

test("a predecessor counts to the last millisecond of its 15 days", () => {
  publish(fourOfDesk());
  clock.advanceMs(15 * msPerDay - 1_000);
  expect(follow().stanzaCounts(all)).toEqual([4, 5]);
  clock.advanceMs(1);
  expect(follow().stanzaCounts(all)).toEqual([4]);
});

test("former notes that do not verify, are not older or lack their successor count for nothing", () => {
  const first = note;
  publish(fourOfDesk());
  const second = note;
  publish({ serial: 3, desks: [made.body.desks[0]!] });
  const third = note;
  former = [new Uint8Array(9), signedBy(made.board.slice(0, 1), { ...made.body, ...fourOfDesk(), serial: 2 }), third];
  expect(follow().stanzaCounts(all)).toEqual([5]);
  expect(follow().stanzaCounts("gao" as DeskId)).toEqual([]);
  former = [second, first, third];
  expect(follow().stanzaCounts(all)).toEqual([5, 4]);
  expect(follow().stanzaCounts("gao" as DeskId)).toEqual([2]);
  former = [signedBy(made.board, { ...made.body, ...fourOfDesk() })];
  expect(follow().stanzaCounts(all)).toEqual([5]);
});

test("a roster that jumps needs the notes between on disk; until they are there the former one stays in force", () => {
  const source = follow();
  const oldest = note;
  publish({});
  const middle = note;
  note = signedBy(made.board, { ...made.body, serial: 3, previous: sha256(middle) });
  former = [];
  version++;
  expect(source.current().serial).toBe(1);
  expect(events).toEqual([{ event: "failed", part: "roster", code: "roster.link" }]);
  former = [oldest, middle];
  version++;
  clock.advanceMs(1_000);
  expect(source.current().serial).toBe(3);
});
