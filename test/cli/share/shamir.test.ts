import fc from "fast-check";
import { combine } from "shamir-secret-sharing";
import { describe, expect, test } from "vitest";
import { concat, hex, utf8 } from "../../../src/base/bytes.ts";
import { systemChance } from "../../../src/base/chance.ts";
import { openShare, sealShare } from "../../../src/cli/share/sealed.ts";
import { combineShares, splitKey } from "../../../src/cli/share/shamir.ts";
import { parseShare, shareText, type Share } from "../../../src/cli/share/text.ts";
import type { Plain } from "../../../src/base/brand.ts";
import { recipientOf } from "../../../src/envelope/recipient.ts";
import { seal } from "../../../src/envelope/seal.ts";
import { oprfKeyOf } from "../../../src/mailbox/oprf-key.ts";
import type { Anchors } from "../../../src/roster/roster.ts";
import { HandClock, testBoard } from "../../support/board.ts";

const { anchors, board } = testBoard(new HandClock());
const seed = systemChance.bytes(32);

/** A board of `members` with the first member's keys under other names: splitting looks at names and number only. */
function boardOf(members: number, threshold: number): Anchors {
  const named = Array.from({ length: members }, (_, at) => ({ ...anchors.board[0]!, id: `member-${at}` }));
  return { ...anchors, board: named, threshold };
}

const altered = (share: Share, at: number): Share => {
  const part = Uint8Array.from(share.part);
  part[at]! ^= 1;
  return { ...share, part };
};

describe("a key shared among a board", () => {
  test("comes back from any choice of enough members, in any order, and of more", async () => {
    const chosen = fc
      .integer({ min: 2, max: 6 })
      .chain((members) => fc.tuple(fc.constant(members), fc.integer({ min: 2, max: members })))
      .chain(([members, threshold]) => {
        const places = Array.from({ length: members }, (_, at) => at);
        return fc.tuple(
          fc.constant(boardOf(members, threshold)),
          fc.shuffledSubarray(places, { minLength: threshold }),
        );
      });
    const secrets = fc.uint8Array({ minLength: 32, maxLength: 32 });
    await fc.assert(
      fc.asyncProperty(chosen, secrets, async ([of, places], secret) => {
        const shares = await splitKey(Uint8Array.from(secret), of, systemChance);
        expect(hex(await combineShares(places.map((at) => shares[at]!)))).toBe(hex(secret));
      }),
      { numRuns: 40 },
    );
  });

  test("is each member's by name, under one sharing, and names itself by its public half", async () => {
    const shares = await splitKey(seed, anchors, systemChance);
    expect(shares.map(({ holder }) => holder)).toEqual(["board-1", "board-2", "board-3"]);
    expect(new Set(shares.map(({ sharing }) => hex(sharing))).size).toBe(1);
    for (const { publicKey, threshold, instance } of shares) {
      expect(hex(publicKey)).toBe(hex(oprfKeyOf(seed).publicKey));
      expect([threshold, instance]).toEqual([2, "test-line"]);
    }
  });

  test("needs two who must agree", async () => {
    await expect(splitKey(seed, { ...anchors, threshold: 1 }, systemChance)).rejects.toThrow("share.board");
  });

  test("one share alone fits every key: whatever the key, some second share gives it", async () => {
    const [first] = await splitKey(seed, anchors, systemChance);
    // Two points are a line: through this share and any wanted value at 0 there is one, and it has a value at every place.
    const wanted = systemChance.bytes(32);
    const place = (first!.part.at(-1) ?? 0) === 1 ? 2 : 1;
    const second = concat(new Uint8Array(32), Uint8Array.of(place));
    for (let at = 0; at < 32; at++)
      for (let value = 0; value < 256; value++) {
        second[at] = value;
        if ((await combine([first!.part, second]))[at] === wanted[at]) break;
      }
    expect(hex(await combine([first!.part, second]))).toBe(hex(wanted));
  });
});

const shares = (of = anchors): Promise<readonly Share[]> => splitKey(seed, of, systemChance);

describe("what does not give the key is refused by its own code", () => {
  test("too few, and none", async () => {
    const [one] = await shares();
    await expect(combineShares([one!])).rejects.toThrow("share.few");
    await expect(combineShares([])).rejects.toThrow("share.few");
  });

  test("another instance's, another key's, another sharing's, one twice", async () => {
    const [one, two] = await shares();
    const [, elsewhere] = await shares({ ...anchors, instance: "other-line" });
    const [, another] = await splitKey(systemChance.bytes(32), anchors, systemChance);
    const [, later] = await shares();
    const [, wanting] = [one, { ...two!, threshold: 3 }];
    await expect(combineShares([one!, elsewhere!])).rejects.toThrow("share.instance");
    await expect(combineShares([one!, another!])).rejects.toThrow("share.secret");
    await expect(combineShares([one!, later!])).rejects.toThrow("share.sharing");
    await expect(combineShares([one!, wanting])).rejects.toThrow("share.sharing");
    await expect(combineShares([one!, two!, one!])).rejects.toThrow("share.twice");
  });

  test("an altered one, at any byte, the place of it too; a third member's makes up for it", async () => {
    const [one, two, three] = await shares();
    for (let at = 0; at < 33; at++)
      await expect(combineShares([one!, altered(two!, at)])).rejects.toThrow("share.altered");
    const samePlace = { ...two!, part: concat(two!.part.subarray(0, 32), one!.part.subarray(32)) };
    await expect(combineShares([one!, samePlace])).rejects.toThrow("share.altered");
    expect(hex(await combineShares([altered(one!, 5), two!, three!]))).toBe(hex(seed));
    expect(hex(await combineShares([samePlace, one!, three!]))).toBe(hex(seed));
  });
});

describe("a share's file", () => {
  const [identity, other] = [board[0]!.identity, board[1]!.identity];
  const recipient = recipientOf(identity);

  test("opens for its member only, and comes back as it was", async () => {
    const [share] = await splitKey(seed, anchors, systemChance);
    const file = sealShare(share!, recipient, systemChance);
    expect(openShare(file, identity)).toEqual(share);
    expect(() => openShare(file, other)).toThrow("share.unopenable");
    for (const at of [0, 60, 1700, file.length - 1]) {
      const damaged = Uint8Array.from(file);
      damaged[at]! ^= 1;
      expect(() => openShare(damaged, identity)).toThrow("share.unopenable");
    }
    expect(() => openShare(file.subarray(0, -1), identity)).toThrow("share.unopenable");
  });

  test("is refused when it is anything but seven lines in the one spelling", async () => {
    const [share] = await splitKey(seed, anchors, systemChance);
    const text = shareText(share!);
    expect(parseShare(utf8(text))).toEqual(share);
    const lines = text.split("\n");
    const without = (at: number, line: string): string => lines.with(at, line).join("\n");
    const wrong = [
      "",
      `${text}\n`,
      text.trimEnd(),
      text.replace("/v1", "/v2"),
      without(2, "AAAA"),
      without(3, lines[3]!.toUpperCase().replace(/^[^A-F]*$/, "A".repeat(32))),
      without(3, "00"),
      without(5, "1"),
      without(5, "02"),
      without(5, "x"),
      without(6, lines[6]!.slice(4)),
    ];
    for (const one of wrong) expect(() => parseShare(utf8(one)), one).toThrow("share.malformed");
    expect(() => parseShare(Uint8Array.of(0xff))).toThrow("share.malformed");
    const note = seal([recipient], utf8("hello") as Uint8Array as Plain, systemChance);
    expect(() => openShare(note, identity)).toThrow("share.malformed");
  });
});
