import { expect, test } from "vitest";
import { utf8 } from "../../src/base/bytes.ts";
import type { Event } from "../../src/base/events.ts";
import { dayOf } from "../../src/base/clock.ts";
import { systemChance } from "../../src/base/chance.ts";
import { Fault } from "../../src/base/fault.ts";
import { Secret } from "../../src/base/secret.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { signNote } from "../../src/envelope/note-sign.ts";
import { newIdentity, recipientOf } from "../../src/envelope/recipient.ts";
import type { Answer } from "../../src/intake/core-address.ts";
import { openCoreKeys, refreshEveryMs } from "../../src/intake/core-keys.ts";
import { holdRoster } from "../../src/roster/held.ts";
import { relayNoteText } from "../../src/roster/relay-note.ts";
import type { RosterMemory } from "../../src/roster/verify.ts";
import { HandClock, signedBy, testBoard, testPerson, type TestPerson } from "../support/board.ts";

function setUp() {
  const clock = new HandClock();
  const board = testBoard(clock);
  const signed = (body: Parameters<typeof signedBy>[1]): Uint8Array => signedBy(board.board.slice(0, 2), body);
  const first = signed(board.body);
  const second = signed({ ...board.body, serial: 2, previous: sha256(first) });
  const events: Event[] = [];
  const emit = (event: Event): void => void events.push(event);
  const held: { memory: RosterMemory | null } = { memory: null };
  const memory = { read: () => held.memory, write: (learned: RosterMemory) => void (held.memory = learned) };
  const roster = holdRoster(board.anchors, memory, clock, emit);
  const asked: string[] = [];
  const files = new Map<string, Uint8Array>();
  const core = { away: false };
  const keys = openCoreKeys({
    anchorsJson: utf8("anchors"),
    anchors: board.anchors,
    roster,
    clock,
    emit,
    core: { url: "http://core", edgeSecret: new Secret("x") },
    ask: async (_core, path, post): Promise<Answer> => {
      expect(post).toBeNull();
      asked.push(path);
      if (core.away) throw new Fault("core.unavailable");
      const body = files.get(path);
      return body === undefined ? { status: 404, body: new Uint8Array(0) } : { status: 200, body };
    },
  });
  return { clock, board, first, second, events, roster, asked, files, core, keys };
}

test("the core's roster is asked for at once, then once a minute, and not by many at the same time", async () => {
  const { keys, files, first, second, asked, clock, roster } = setUp();
  files.set("/keys/roster.note", first);
  await Promise.all([keys.refresh(), keys.refresh(), keys.refresh()]);
  await keys.refresh();
  expect(asked).toEqual(["/keys/roster.note", "/keys/relay.note"]);
  expect([keys.note(), keys.anchors()]).toEqual([first, utf8("anchors")]);
  files.set("/keys/roster.note", second);
  clock.advanceMs(refreshEveryMs - 1);
  await keys.refresh();
  expect(roster.current().serial).toBe(1);
  clock.advanceMs(1);
  await keys.refresh();
  expect([asked.length, roster.current().serial]).toEqual([4, 2]);
  clock.advanceMs(-10 * refreshEveryMs);
  await keys.refresh();
  expect(asked).toHaveLength(6);
});

test("a core that is away is named once, asked again after a second, and its return is named too", async () => {
  const { keys, files, first, events, core, clock, asked } = setUp();
  core.away = true;
  for (let times = 0; times < 3; times++) {
    await keys.refresh();
    await keys.refresh();
    clock.advanceMs(1_000);
  }
  expect(asked).toHaveLength(3);
  expect(events).toEqual([{ event: "failed", part: "roster", code: "core.unavailable" }]);
  expect(() => keys.note()).toThrow("core.unavailable");
  core.away = false;
  files.set("/keys/roster.note", first);
  await keys.refresh();
  expect(events.at(-1)).toEqual({ event: "recovered", part: "roster" });
  expect(keys.note()).toEqual(first);
});

test("a core that hands out a roster of its own making changes nothing here", async () => {
  const { keys, files, first, board, events, clock, roster } = setUp();
  files.set("/keys/roster.note", first);
  await keys.refresh();
  const forged = signedBy(board.people.slice(0, 2), { ...board.body, serial: 2 });
  for (const bytes of [forged, utf8("x"), new Uint8Array(0)]) {
    files.set("/keys/roster.note", bytes);
    clock.advanceMs(refreshEveryMs);
    await keys.refresh();
    expect(keys.note()).toEqual(first);
    expect(roster.current().serial).toBe(1);
  }
  expect(events.length).toBeGreaterThan(0);
});

test("former notes are fetched once, verified, and only where the chain has them", async () => {
  const { keys, files, first, second, asked, board } = setUp();
  files.set("/keys/roster.note", second);
  await keys.refresh();
  files.set("/keys/roster/1.note", first);
  expect(await keys.former(1)).toEqual(first);
  expect(await keys.former(1)).toEqual(first);
  expect(await keys.former(2)).toEqual(second);
  for (const serial of [0, 3, 999_999_999]) expect(await keys.former(serial)).toBeNull();
  expect(asked).toEqual(["/keys/roster.note", "/keys/relay.note", "/keys/roster/1.note"]);
  const other = setUp();
  other.files.set("/keys/roster.note", other.second);
  await other.keys.refresh();
  expect(await other.keys.former(1)).toBeNull();
  other.files.set("/keys/roster/1.note", other.second);
  expect(await other.keys.former(1)).toBeNull();
  other.files.set("/keys/roster/1.note", signedBy(board.people.slice(0, 2), board.body));
  await expect(other.keys.former(1)).rejects.toThrow("roster.signers");
  other.core.away = true;
  await expect(other.keys.former(1)).rejects.toThrow("core.unavailable");
});

test("a roster that jumps is tied to the one before by the notes between, which the core must still have", async () => {
  const { keys, files, first, second, board, clock, events, asked } = setUp();
  const third = signedBy(board.board.slice(0, 2), { ...board.body, serial: 3, previous: sha256(second) });
  files.set("/keys/roster.note", first);
  await keys.refresh();
  files.set("/keys/roster.note", third);
  clock.advanceMs(refreshEveryMs);
  await keys.refresh();
  expect(events).toEqual([{ event: "failed", part: "roster", code: "roster.link" }]);
  expect(keys.note()).toEqual(first);
  files.set("/keys/roster/2.note", second);
  clock.advanceMs(refreshEveryMs);
  await keys.refresh();
  expect(keys.note()).toEqual(third);
  expect(asked.slice(-2)).toEqual(["/keys/roster/2.note", "/keys/relay.note"]);
});

test("the relay's note is served and used once the roster vouches for it, and kept while the core has none to give", async () => {
  const { keys, files, first, board, clock, events } = setUp();
  const today = dayOf(clock.nowMs());
  const recipient = recipientOf(newIdentity(systemChance));
  const note = (by: TestPerson, issuedMs = clock.nowMs()): Uint8Array =>
    signNote(
      relayNoteText({ instance: "test-line", issuedMs, days: [{ day: today, recipient }] }),
      "relay",
      by.signing,
    );
  files.set("/keys/roster.note", first);
  await keys.refresh();
  expect([keys.relay(), keys.relayKeys(), events]).toEqual([null, null, []]);
  files.set("/keys/relay.note", note(testPerson("relay")));
  clock.advanceMs(refreshEveryMs);
  await keys.refresh();
  expect([keys.relay(), events]).toEqual([null, [{ event: "failed", part: "roster", code: "relay.signer" }]]);
  const good = note(board.relay);
  files.set("/keys/relay.note", good);
  clock.advanceMs(refreshEveryMs);
  await keys.refresh();
  expect(keys.relay()).toEqual(good);
  expect(keys.relayKeys()!.recipientFor(today)).toBe(recipient);
  files.delete("/keys/relay.note");
  clock.advanceMs(refreshEveryMs);
  await keys.refresh();
  expect(keys.relay()).toEqual(good);
});
