import { beforeEach, describe, expect, test } from "vitest";
import { sha256 } from "../../src/envelope/hash.ts";
import { checkChain, formerRosters, predecessors, serialsBetween } from "../../src/roster/chain.ts";
import type { RosterBody } from "../../src/roster/roster.ts";
import { verifyRoster, verifySigned, type RosterMemory } from "../../src/roster/verify.ts";
import { HandClock, signedBy, testBoard } from "../support/board.ts";

const clock = new HandClock();
const { board, anchors, body } = testBoard(clock);

/** Notes 1 to 5, each following the one before. */
function chainOf(change: (serial: number) => Partial<RosterBody> = () => ({})): readonly Uint8Array[] {
  const notes: Uint8Array[] = [];
  for (let serial = 1; serial <= 5; serial++) {
    const previous = notes.length === 0 ? new Uint8Array(32) : sha256(notes.at(-1)!);
    notes.push(signedBy(board.slice(0, 2), { ...body, serial, previous, ...change(serial) }));
  }
  return notes;
}

let notes: readonly Uint8Array[];
beforeEach(() => {
  notes = chainOf();
});

const remembering = (serial: number, from = notes): RosterMemory => ({ serial, noteHash: sha256(from[serial - 1]!) });

function walk(
  memory: RosterMemory | null,
  former: (serial: number) => Uint8Array | null = (serial) => notes[serial - 1] ?? null,
  trusted = anchors,
): readonly number[] {
  const { roster } = verifyRoster(trusted, notes[4]!, memory, clock.nowMs());
  const asked: number[] = [];
  checkChain(trusted, roster, memory, (serial) => {
    asked.push(serial);
    return former(serial);
  });
  expect(asked).toEqual(serialsBetween(roster, memory));
  return asked;
}

describe("a party that remembers an older roster walks the notes between", () => {
  test("each of them once, newest first; none when nothing lies between", () => {
    expect(walk(remembering(2))).toEqual([4, 3]);
    expect(walk(remembering(1))).toEqual([4, 3, 2]);
    expect(walk(remembering(4))).toEqual([]);
    expect(walk(remembering(5))).toEqual([]);
    expect(walk(null)).toEqual([]);
  });

  test("a missing note, another note and another chain are a broken link", () => {
    const fork = chainOf((serial) => (serial === 3 ? { desks: [body.desks[0]!] } : {}));
    expect(() => walk(remembering(2), (serial) => (serial === 3 ? null : notes[serial - 1]!))).toThrow("roster.link");
    expect(() => walk(remembering(2), (serial) => fork[serial - 1]!)).toThrow("roster.link");
    expect(() => walk(remembering(2), () => notes[3]!)).toThrow("roster.link");
    // What was remembered is of the fork: the whole walk holds, but it does not end there.
    expect(() => walk(remembering(3, fork))).toThrow("roster.link");
  });

  test("a note between that too few signed, or that breaks a rule, is refused although it is the one that was linked", () => {
    const weak = chainOf();
    const third = signedBy(board.slice(0, 1), { ...body, serial: 3, previous: sha256(weak[1]!) });
    const fourth = signedBy(board.slice(0, 2), { ...body, serial: 4, previous: sha256(third) });
    const fifth = signedBy(board.slice(0, 2), { ...body, serial: 5, previous: sha256(fourth) });
    notes = [weak[0]!, weak[1]!, third, fourth, fifth];
    expect(() => walk(remembering(2))).toThrow("roster.signers");
  });

  test("notes that do not count up one by one are a broken link", () => {
    const jumping = chainOf((serial) => (serial === 4 ? { serial: 3 } : {}));
    notes = jumping;
    expect(() => walk(remembering(2))).toThrow("roster.link");
  });

  test("notes from before a change of board are vouched for by their successors' links", () => {
    const { board: newBoard, anchors: other } = testBoard(clock);
    const older = notes.slice(0, 3);
    const fourth = signedBy(newBoard.slice(0, 2), { ...body, serial: 4, previous: sha256(older[2]!) });
    const fifth = signedBy(newBoard.slice(0, 2), { ...body, serial: 5, previous: sha256(fourth) });
    const trusted = { ...other, serial: 4 };
    notes = [...older, fourth, fifth];
    expect(walk(remembering(1), undefined, trusted)).toEqual([4, 3, 2]);
    expect(() => verifySigned(trusted, older[2]!)).toThrow("roster.signers");
    // From the anchors' own serial on the former board's signatures are worth nothing, linked or not.
    expect(() => walk(remembering(1), undefined, { ...trusted, serial: 3 })).toThrow("roster.signers");
    const fork = chainOf((serial) => (serial === 2 ? { desks: [body.desks[0]!] } : {}));
    const forked = (serial: number): Uint8Array => (serial < 4 ? fork : notes)[serial - 1]!;
    expect(() => walk(remembering(1), forked, trusted)).toThrow("roster.link");
  });
});

describe("the notes before a roster", () => {
  test("come newest first, each asked for once, down to the first", () => {
    const { roster } = verifyRoster(anchors, notes[4]!, null, clock.nowMs());
    const asked: number[] = [];
    const former = (serial: number): Uint8Array | null => {
      asked.push(serial);
      return notes[serial - 1] ?? null;
    };
    expect([...predecessors(roster, former)].map(({ serial }) => serial)).toEqual([4, 3, 2, 1]);
    expect(asked).toEqual([4, 3, 2, 1]);
  });

  test("are fetched only until one is missing, and 24 at most", async () => {
    const { roster } = verifyRoster(anchors, notes[4]!, null, clock.nowMs());
    const asked: number[] = [];
    const serials = async (
      from: (serial: number) => Uint8Array | null,
      newest = roster,
    ): Promise<readonly number[]> => {
      asked.length = 0;
      const former = await formerRosters(newest, (serial) => {
        asked.push(serial);
        return Promise.resolve(from(serial));
      });
      return former.map(({ serial }) => serial);
    };
    expect(await serials((serial) => notes[serial - 1]!)).toEqual([4, 3, 2, 1]);
    expect(await serials((serial) => (serial === 2 ? null : notes[serial - 1]!))).toEqual([4, 3]);
    expect(asked).toEqual([4, 3, 2]);
    // Another roster in the place of one is named by none, and nothing before it is believed.
    expect(await serials((serial) => notes[serial === 3 ? 0 : serial - 1]!)).toEqual([4]);
    expect(await serials(() => notes[0]!, { ...roster, serial: 100 })).toEqual([]);
    expect(asked).toHaveLength(24);
  });
});
