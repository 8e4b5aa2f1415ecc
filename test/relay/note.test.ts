import { beforeEach, expect, test } from "vitest";
import { systemChance } from "../../src/base/chance.ts";
import { dayOf, msPerDay } from "../../src/base/clock.ts";
import { openDayKeys } from "../../src/relay/day-keys.ts";
import { publishDayKeys, type Publisher } from "../../src/relay/note.ts";
import { verifyRelayNote } from "../../src/roster/relay-note.ts";
import { filesInMemory } from "../support/relay.ts";
import { HandClock, testBoard, testPerson, testRoster } from "../support/board.ts";

const minute = 60_000;
let clock: HandClock;
let shelved: Uint8Array | null;
let relay: Publisher;

beforeEach(() => {
  clock = new HandClock();
  shelved = null;
  const board = testBoard(clock);
  const roster = testRoster(clock, board);
  relay = {
    dayKeys: openDayKeys(filesInMemory(), systemChance),
    shelf: { read: async () => shelved, write: async (note) => void (shelved = note) },
    signing: board.relay.signing,
    roster: () => roster,
    clock,
  };
});

const another = (): Publisher => ({ ...relay, dayKeys: openDayKeys(filesInMemory(), systemChance) });
const recipientToday = (note: Uint8Array): string | null =>
  verifyRelayNote(relay.roster(), note).recipientFor(dayOf(clock.nowMs()));

test("the note is signed once, then again when ten minutes or the day are over", async () => {
  const first = await publishDayKeys(relay);
  expect(shelved).toBe(first);
  clock.advanceMs(9 * minute);
  expect(await publishDayKeys(relay)).toBe(first);
  clock.advanceMs(minute);
  const second = await publishDayKeys(relay);
  expect(second).not.toEqual(first);
  expect(recipientToday(second)).toBe(recipientToday(first));
  clock.advanceMs(msPerDay);
  expect(recipientToday(await publishDayKeys(relay))).not.toBeNull();
});

test("a second relay stands back while the first lives, and takes its place half an hour after its last sign", async () => {
  const first = await publishDayKeys(relay);
  const second = another();
  await expect(publishDayKeys(second)).rejects.toThrow("relay.another");
  clock.advanceMs(29 * minute);
  await expect(publishDayKeys(second)).rejects.toThrow("relay.another");
  expect(shelved).toBe(first);
  clock.advanceMs(minute);
  const note = await publishDayKeys(second);
  expect(recipientToday(note)).not.toBe(recipientToday(first));
  await expect(publishDayKeys(relay)).rejects.toThrow("relay.another");
});

test("a relay whose key the roster does not name publishes nothing", async () => {
  await expect(publishDayKeys({ ...relay, signing: testPerson("relay").signing })).rejects.toThrow("relay.key");
  expect(shelved).toBeNull();
});

test("a note on the shelf that no relay of this roster signed is replaced", async () => {
  shelved = new Uint8Array([1, 2, 3]);
  expect(recipientToday(await publishDayKeys(relay))).not.toBeNull();
});
