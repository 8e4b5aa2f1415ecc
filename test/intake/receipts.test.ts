import { expect, test } from "vitest";
import { hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { openReceipts } from "../../src/intake/receipts.ts";
import { oprfKeyOf } from "../../src/mailbox/oprf-key.ts";

const keys = { current: oprfKeyOf(systemChance.bytes(32)), previous: null };

test("a session's receipt is the same as long as the process lives, and another process's is another", async () => {
  const receipts = openReceipts(keys, systemChance);
  const [first, again] = [await receipts.forSession("a", () => true), await receipts.forSession("a", () => true)];
  expect(again!.receipt).toBe(first!.receipt);
  expect(hex(again!.mailbox.id)).toBe(hex(first!.mailbox.id));
  const elsewhere = await openReceipts(keys, systemChance).forSession("a", () => true);
  expect(elsewhere!.receipt).not.toBe(first!.receipt);
});

test("a session that was sent away without a number costs the ones behind it nothing", async () => {
  const receipts = openReceipts(keys, systemChance);
  const gone = new Set<string>();
  const begun = ["a", "b", "c"].map((session) => receipts.forSession(session, () => !gone.has(session)));
  // The first is under way; the others wait, and one of them hangs up.
  gone.add("b");
  const [a, b, c] = await Promise.all(begun);
  expect([a === null, b === null, c === null]).toEqual([false, true, false]);
});
