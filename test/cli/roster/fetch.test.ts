import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { msPerDay } from "../../../src/base/clock.ts";
import { fetchRoster } from "../../../src/cli/roster/fetch.ts";
import { sha256 } from "../../../src/envelope/hash.ts";
import type { RosterBody } from "../../../src/roster/roster.ts";
import { HandClock, signedBy, testBoard } from "../../support/board.ts";

let clock: HandClock;
let made: ReturnType<typeof testBoard>;
let notes: Uint8Array[];
let path: string;
let asked: number[];

function next(change: Partial<RosterBody> = {}): Uint8Array {
  const serial = notes.length + 1;
  const previous = notes.length === 0 ? new Uint8Array(32) : sha256(notes.at(-1)!);
  return signedBy(made.board.slice(0, 2), { ...made.body, serial, previous, ...change });
}

beforeEach(() => {
  clock = new HandClock();
  made = testBoard(clock);
  notes = [];
  for (let serial = 1; serial <= 4; serial++) notes.push(next());
  path = join(mkdtempSync(join(tmpdir(), "gundo-fetch-")), "anchors.json");
  asked = [];
});

/** What a reviewer gets from a server that shows this note, and these former ones. */
async function shown(note: Uint8Array, former: readonly (Uint8Array | undefined)[] = notes): Promise<number> {
  const client = {
    bytes: () => Promise.resolve(note),
    formerNote: (serial: number) => {
      asked.push(serial);
      return Promise.resolve(former[serial - 1] ?? null);
    },
  };
  const { roster } = await fetchRoster(client, { anchors: made.anchors, path }, clock.nowMs());
  return roster.serial;
}

describe("the newest roster ever seen is remembered beside the anchors", () => {
  test("rollback: once a newer one was seen, an older one is refused, also after a refusal", async () => {
    expect(await shown(notes[2]!)).toBe(3);
    await expect(shown(notes[1]!)).rejects.toThrow("roster.serial");
    await expect(shown(notes[1]!)).rejects.toThrow("roster.serial");
    expect(await shown(notes[2]!)).toBe(3);
    expect(await shown(notes[3]!)).toBe(4);
    await expect(shown(notes[2]!)).rejects.toThrow("roster.serial");
  });

  test("fork: another roster of the same serial, and a successor of another, are refused and not remembered", async () => {
    await shown(notes[2]!);
    const fork = signedBy(made.board.slice(1), {
      ...made.body,
      serial: 3,
      previous: sha256(notes[1]!),
      desks: [made.body.desks[0]!],
    });
    await expect(shown(fork)).rejects.toThrow("roster.link");
    const after = signedBy(made.board.slice(1), { ...made.body, serial: 4, previous: sha256(fork) });
    await expect(shown(after)).rejects.toThrow("roster.link");
    expect(await shown(notes[3]!)).toBe(4);
  });

  test("gap: the notes between are fetched and walked; one that is missing or swapped is a broken link", async () => {
    await shown(notes[0]!);
    await expect(shown(notes[3]!, [notes[0], undefined, notes[2]])).rejects.toThrow("roster.link");
    await expect(shown(notes[3]!, [notes[0], notes[2], notes[1]])).rejects.toThrow("roster.link");
    asked = [];
    expect(await shown(notes[3]!)).toBe(4);
    expect(asked).toEqual([3, 2]);
    expect(await shown(notes[3]!)).toBe(4);
    expect(asked).toEqual([3, 2]);
  });

  test("freeze: a server that shows one roster for ever is found out when it expires", async () => {
    expect(await shown(notes[3]!)).toBe(4);
    clock.advanceMs(209 * msPerDay);
    expect(await shown(notes[3]!)).toBe(4);
    clock.advanceMs(msPerDay);
    await expect(shown(notes[3]!)).rejects.toThrow("roster.expired");
  });

  test("mix-up: another instance's roster is refused, whether by the same board or by another", async () => {
    await expect(shown(next({ instance: "other-line" }))).rejects.toThrow("roster.instance");
    const other = testBoard(clock);
    await expect(shown(signedBy(other.board, other.body))).rejects.toThrow("roster.signers");
  });

  test("36 bytes and nothing left half-written; a place that cannot be written is refused", async () => {
    await shown(notes[1]!);
    expect(readFileSync(`${path}.memory`)).toHaveLength(36);
    expect(readdirSync(join(path, ".."))).toEqual(["anchors.json.memory"]);
    path = join(path, "nowhere", "anchors.json");
    await expect(shown(notes[1]!)).rejects.toThrow("cli.file");
  });
});
