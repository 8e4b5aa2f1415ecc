import { beforeEach, describe, expect, it } from "vitest";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, dayOf, isoDay, type UnixMs } from "../../src/base/clock.ts";
import { utf8, fromUtf8 } from "../../src/base/bytes.ts";
import { signNote } from "../../src/envelope/note-sign.ts";
import { newIdentity, recipientOf } from "../../src/envelope/recipient.ts";
import { holdRelay, relayNoteText, verifyRelayNote } from "../../src/roster/relay-note.ts";
import { HandClock, testBoard, testPerson } from "../support/board.ts";

const clock = new HandClock();
const board = testBoard(clock);
const { body, relay } = board;
const today = dayOf(clock.nowMs());
const days = [0, 1, 2].map((ahead) => ({
  day: addDays(today, ahead),
  recipient: recipientOf(newIdentity(systemChance)),
}));
const text = (rest: Partial<Parameters<typeof relayNoteText>[0]> = {}): string =>
  relayNoteText({ instance: "test-line", issuedMs: clock.nowMs(), days, ...rest });
const signed = (words: string, by = relay, name = "relay"): Uint8Array => signNote(words, name, by.signing);

describe("a relay's note", () => {
  it("names a recipient a day, and none for the days beside", () => {
    const keys = verifyRelayNote(body, signed(text()));
    for (const { day, recipient } of days) expect(keys.recipientFor(day)).toBe(recipient);
    expect(keys.recipientFor(addDays(today, -1))).toBeNull();
    expect(keys.recipientFor(addDays(today, 3))).toBeNull();
  });

  it("begins with its kind, so that a signature on it is none on anything else", () => {
    expect(text().split("\n").slice(0, 3)).toEqual(["gundo/relay/v1", "test-line", "2026-11-23T10:30:00Z"]);
    expect(() => verifyRelayNote(body, signed(text().replace("relay/v1", "roster/v1")))).toThrow("relay.malformed");
  });

  it("is refused from anybody but the roster's relay, and after any change", () => {
    expect(() => verifyRelayNote(body, signed(text(), testPerson("relay")))).toThrow("relay.signer");
    expect(() => verifyRelayNote(body, signed(text(), board.board[0], "board-1"))).toThrow("relay.signer");
    const other = recipientOf(newIdentity(systemChance));
    const edited = fromUtf8(signed(text()))!.replace(days[1]!.recipient, other);
    expect(() => verifyRelayNote(body, utf8(edited))).toThrow("note.signature");
    expect(() => verifyRelayNote(body, utf8("gundo/relay/v1\n"))).toThrow("note.malformed");
  });

  it("is refused when it belongs to another instance", () => {
    expect(() => verifyRelayNote(body, signed(text({ instance: "other-line" })))).toThrow("relay.instance");
  });

  it.each<[string, (words: string) => string]>([
    ["a day twice", (words) => words + `${isoDay(days[2]!.day)} ${days[2]!.recipient}\n`],
    ["days out of order", () => text({ days: days.toReversed() })],
    ["no recipient", (words) => words.replace(days[0]!.recipient, "age1pq1x")],
    ["two spaces", (words) => words.replace(days[0]!.recipient, ` ${days[0]!.recipient}`)],
    ["an empty line", (words) => `${words}\n`],
    ["no instant", (words) => words.replace("10:30:00Z", "10:30Z")],
    ["no line after its kind", () => "gundo/relay/v1\n"],
    [
      "another sign between day and recipient",
      (words) => words.replace(` ${days[0]!.recipient}`, `-${days[0]!.recipient}`),
    ],
    ["a day that is none", (words) => words.replace(isoDay(days[0]!.day), "2026-13-01")],
    ["a month without a zero", (words) => words.replace(isoDay(days[0]!.day), "2026-1-1  ")],
    [
      "more days than a relay makes",
      () => text({ days: Array.from({ length: 9 }, (_, day) => ({ ...days[0]!, day: addDays(today, day) })) }),
    ],
  ])("is refused with %s, though the relay signed it", (_what, change) => {
    expect(() => verifyRelayNote(body, signed(change(text())))).toThrow("relay.malformed");
  });
});

it("takes as many days as a relay makes", () => {
  const eight = Array.from({ length: 8 }, (_, ahead) => ({ ...days[0]!, day: addDays(today, ahead) }));
  const keys = verifyRelayNote(body, signed(text({ days: eight })));
  expect(keys.recipientFor(addDays(today, 7))).toBe(days[0]!.recipient);
  expect(keys.issuedMs).toBe(clock.nowMs());
});

describe("what an edge holds of the relay", () => {
  let roster: Pick<typeof body, "instance" | "relay">;
  beforeEach(() => {
    roster = body;
  });

  it("is nothing, then the newest note; an older one changes nothing", () => {
    const held = holdRelay(() => roster);
    expect([held.note(), held.keys()]).toEqual([null, null]);
    const note = signed(text());
    held.offer(note);
    held.offer(signed(text({ issuedMs: (clock.nowMs() - 1000) as UnixMs, days: [] })));
    expect(held.note()).toEqual(note);
    expect(held.keys()!.recipientFor(today)).toBe(days[0]!.recipient);
    const newer = signed(text({ issuedMs: (clock.nowMs() + 1000) as UnixMs }));
    held.offer(newer);
    expect(held.note()).toEqual(newer);
    held.offer(signed(text({ issuedMs: (clock.nowMs() + 1000) as UnixMs, days: [] })));
    expect(held.note()).toEqual(newer);
  });

  it("asks the roster in force, and passes on why there is none", () => {
    let fails = false;
    const held = holdRelay(() => {
      if (fails) throw new RangeError("not a fault");
      return roster;
    });
    held.offer(signed(text()));
    fails = true;
    expect(() => held.keys()).toThrow(RangeError);
  });

  it("ends with the roster that named the relay, and begins anew with the next relay's note", () => {
    const held = holdRelay(() => roster);
    held.offer(signed(text()));
    const next = testPerson("relay");
    roster = { ...body, relay: next.verifier };
    expect([held.note(), held.keys()]).toEqual([null, null]);
    expect(() => held.offer(signed(text()))).toThrow("relay.signer");
    held.offer(signed(text({ issuedMs: 0 as UnixMs }), next));
    expect(held.keys()!.recipientFor(today)).toBe(days[0]!.recipient);
  });
});
