import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { DeskId, Sealed } from "../../src/base/brand.ts";
import { hex } from "../../src/base/bytes.ts";
import { systemChance as chance } from "../../src/base/chance.ts";
import type { UnixDay } from "../../src/base/clock.ts";
import { sealToNobody } from "../../src/envelope/nobody.ts";
import type { Reply } from "../../src/envelope/reply.ts";
import { conversationIn } from "../../src/mailbox/conversation.ts";
import { deriveMailbox, type Mailbox } from "../../src/mailbox/mailbox.ts";
import { oprfKeyOf } from "../../src/mailbox/oprf-key.ts";
import { evaluate } from "../../src/mailbox/oprf.ts";
import { newReceipt } from "../../src/mailbox/receipt.ts";
import { sealReply } from "../support/mailboxes.ts";

let current: Mailbox;
let previous: Mailbox;
beforeAll(async () => {
  const receipt = newReceipt(chance);
  const derive = (): Promise<Mailbox> => deriveMailbox(receipt, evaluate(oprfKeyOf(chance.bytes(32)), receipt));
  [current, previous] = await Promise.all([derive(), derive()]);
});

/** Four files as a reading gives them, dummies among them. */
function reading(mailbox: Mailbox, ...replies: readonly Partial<Reply>[]): readonly Sealed[] {
  const base: Reply = { desk: "all" as DeskId, exclude: [], language: "fr", day: 20_000 as UnixDay, text: "" };
  const files = replies.map((reply) => sealReply(mailbox, { ...base, ...reply }));
  return [...files, ...Array.from({ length: 4 - files.length }, () => sealToNobody(1, chance))];
}

function between(first: readonly Sealed[], second: readonly Sealed[]): ReturnType<typeof conversationIn> {
  return conversationIn([
    { mailbox: current, files: first },
    { mailbox: previous, files: second },
  ]);
}

test("nothing in either mailbox: no sign, no desk, and the current key's is the thread", () => {
  const found = between(reading(current), reading(previous));
  expect(found).toMatchObject({ answers: [], day: null, exclude: [], desk: null });
  expect(hex(found.thread)).toBe(hex(current.id));
  expect(found.rights.map(hex)).toEqual([current.read, previous.read].map(hex));
});

test("a mailbox of the former key that held something is the thread, and what it was sealed to opens with no other", () => {
  const held = reading(previous, { text: "Où ?", desk: "gao" as DeskId });
  const found = between(reading(current), held);
  expect(found).toMatchObject({ answers: [{ text: "Où ?" }], desk: "gao" });
  expect(hex(found.thread)).toBe(hex(previous.id));
  expect(between(held, reading(previous))).toMatchObject({ answers: [], day: null });
});

test("the same words of the same day are one answer, of another day two", () => {
  const [day, next] = [20_000 as UnixDay, 20_001 as UnixDay];
  const twice = reading(current, { text: "Où ?", day }, { text: "Où ?", day }, { text: "Où ?", day: next });
  expect(between(twice, reading(previous)).answers).toEqual([
    { day: next, text: "Où ?" },
    { day, text: "Où ?" },
  ]);
});

test("one order and one union of exclusions, however replies lie in the two mailboxes", () => {
  const names = fc.constantFrom("Benkadi", "Jigi", "Hakili");
  const reply = fc.record({
    day: fc.integer({ min: 20_000, max: 20_002 }).map((day) => day as UnixDay),
    text: fc.constantFrom("", " ", "a", "b", "c"),
    exclude: fc.array(
      names.map((value) => ({ rule: "organisation" as const, value })),
      { maxLength: 2 },
    ),
  });
  fc.assert(
    fc.property(fc.array(reply, { maxLength: 4 }), fc.array(reply, { maxLength: 4 }), (one, other) => {
      const found = between(reading(current, ...one), reading(previous, ...other));
      const all = [...one, ...other];
      const said = all.filter(({ text }) => text.trim() !== "");
      expect(found.answers.map(({ day, text }) => `${90_000 - day} ${text}`)).toEqual(
        [...new Set(said.map(({ day, text }) => `${90_000 - day} ${text}`))].toSorted(),
      );
      expect(found.day).toBe(all.length === 0 ? null : Math.max(...all.map(({ day }) => day)));
      const excluded = found.exclude.map(({ value }) => value);
      expect(excluded.toSorted()).toEqual(
        [...new Set(all.flatMap(({ exclude }) => exclude.map(({ value }) => value))).values()].toSorted(),
      );
      const swapped = between([...reading(current, ...one)].toReversed(), reading(previous, ...other));
      expect(swapped.answers).toEqual(found.answers);
    }),
    { numRuns: 15 },
  );
});
