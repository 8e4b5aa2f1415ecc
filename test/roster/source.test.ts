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
let former: Map<number, Uint8Array>;
let version: number;
let published: number;
let kept: Uint8Array | null;
let made: ReturnType<typeof testBoard>;

const disk: KeysOnDisk = {
  version: () => String(version),
  note: () => note,
  former: (serial) => former.get(serial) ?? null,
};
const memory = rosterMemoryIn({ read: () => kept, write: (bytes) => void (kept = bytes) });
const all = "all" as DeskId;

beforeEach(() => {
  clock = new HandClock();
  made = testBoard(clock);
  events = [];
  former = new Map();
  version = 1;
  published = 1;
  kept = null;
  note = signedBy(made.board, made.body);
});

function follow(): RosterSource {
  return followRoster(made.anchors, disk, memory, clock, (event) => void events.push(event));
}

function publish(body: Partial<RosterBody>, signers = made.board): void {
  former.set(published, note);
  const next = { ...made.body, serial: ++published, previous: sha256(note), issuedMs: clock.nowMs(), ...body };
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

test("the disk is looked at four times a second, whichever way the clock was set, and read again only when it changed", () => {
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
  clock.advanceMs(-751);
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

test("a former note that is missing, another or malformed ends the walk: it and all before it count for nothing", () => {
  const first = note;
  publish(fourOfDesk());
  const second = note;
  publish({ desks: [made.body.desks[0]!] });
  expect(follow().stanzaCounts(all)).toEqual([5, 4]);
  expect(follow().stanzaCounts("gao" as DeskId)).toEqual([2]);
  former.set(1, signedBy(made.board, { ...made.body, desks: [made.body.desks[0]!] }));
  expect(follow().stanzaCounts("gao" as DeskId)).toEqual([]);
  former.set(1, first);
  const later = clock.nowMs();
  former.set(2, signedBy(made.board, { ...made.body, ...fourOfDesk(), serial: 2, issuedMs: later }));
  expect(follow().stanzaCounts(all)).toEqual([5]);
  former.set(2, second);
  former.delete(1);
  expect(follow().stanzaCounts(all)).toEqual([5, 4]);
  former.delete(2);
  expect(follow().stanzaCounts(all)).toEqual([5]);
});

test.each<[string, () => Uint8Array]>([
  ["no note", () => new Uint8Array(9)],
  ["of another serial", () => signedBy(made.board, { ...made.body, ...fourOfDesk(), serial: 7 })],
  ["of another instance", () => signedBy(made.board, { ...made.body, ...fourOfDesk(), instance: "other-line" })],
])("a former note that is linked but %s counts for nothing", (_, other) => {
  note = other();
  publish({});
  expect(follow().stanzaCounts(all)).toEqual([5]);
});

test("after a change of board the former board's notes still count for 15 days, vouched for by the new board's link", () => {
  publish(fourOfDesk());
  const old = made;
  const successor = testBoard(clock);
  made = { ...successor, anchors: { ...successor.anchors, serial: 3 }, body: { ...old.body, issuedMs: clock.nowMs() } };
  const twoOfDesk = { ...made.body.desks[0]!, reviewers: ["r1", "r2"] };
  publish({
    reviewers: made.body.reviewers.filter(({ id }) => ["r1", "r2"].includes(id)),
    desks: [twoOfDesk],
  });
  const source = follow();
  expect(source.current().serial).toBe(3);
  expect(source.stanzaCounts(all)).toEqual([2, 4, 5]);
  clock.advanceMs(15 * msPerDay);
  expect(source.stanzaCounts(all)).toEqual([2]);
});

test("a note the former board signed that the new board does not name counts for nothing", () => {
  publish(fourOfDesk());
  const old = made;
  const linked = note;
  const successor = testBoard(clock);
  made = { ...successor, anchors: { ...successor.anchors, serial: 3 }, body: old.body };
  publish({});
  expect(follow().stanzaCounts(all)).toEqual([5, 4]);
  former.set(2, signedBy(old.board, { ...old.body, ...fourOfDesk(), serial: 2, issuedMs: clock.nowMs() }));
  expect(former.get(2)).not.toEqual(linked);
  expect(follow().stanzaCounts(all)).toEqual([5]);
});

test("a roster that jumps needs the notes between on disk; until they are there the former one stays in force", () => {
  const source = follow();
  const oldest = note;
  publish({});
  const middle = note;
  note = signedBy(made.board, { ...made.body, serial: 3, previous: sha256(middle) });
  former.clear();
  version++;
  expect(source.current().serial).toBe(1);
  expect(events).toEqual([{ event: "failed", part: "roster", code: "roster.link" }]);
  former.set(1, oldest).set(2, middle);
  version++;
  clock.advanceMs(1_000);
  expect(source.current().serial).toBe(3);
});
