import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { systemChance, type Chance } from "../../src/base/chance.ts";
import { formatReceipt, newReceipt, parseReceipt, receiptFrom, receiptPlausible } from "../../src/mailbox/receipt.ts";

// Draws of four bytes, as `below` takes them, out of a stream that is the same at every run.
function stream(): Chance {
  let block = 0;
  return {
    bytes: (length) =>
      new Uint8Array(createHmac("sha512", "receipts").update(String(block++)).digest().subarray(0, length)),
  };
}

function replay(draws: readonly number[]): Chance {
  let at = 0;
  return {
    bytes() {
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setUint32(0, draws[at++]!);
      return bytes;
    },
  };
}

const digits15 = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 15, maxLength: 15 });
const receipts = digits15.map((drawn) => newReceipt(replay(drawn)));

// Pearson's statistic of ten digits at each of 15 places; 9 degrees of freedom, 40.9 is passed once in 200 000.
function worstChiSquare(of: readonly string[]): number {
  const places = Array.from({ length: 15 }, (_, place) => {
    const counts = Array.from({ length: 10 }, () => 0);
    for (const receipt of of) counts[Number(receipt[place])]!++;
    return counts.reduce((sum, count) => sum + (count - of.length / 10) ** 2 / (of.length / 10), 0);
  });
  return Math.max(...places);
}

describe("a new receipt", () => {
  it("is what chance says, then a check digit", () => {
    const drawn = [5, 7, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9];
    expect(newReceipt(replay(drawn))).toMatch(/^572000000000009[0-9]$/);
  });

  it("throws away the draws that would favour a digit", () => {
    const refused = 2 ** 32 - (2 ** 32 % 10);
    const drawn = Array.from({ length: 15 }, () => [refused, 2 ** 32 - 1, 3]).flat();
    expect(newReceipt(replay(drawn)).slice(0, 15)).toBe("3".repeat(15));
  });

  it("has every digit equally often at every place", () => {
    const chance = stream();
    const drawn = Array.from({ length: 10_000 }, () => newReceipt(chance));
    expect(worstChiSquare(drawn)).toBeLessThan(40.9);
    expect(new Set(drawn).size).toBe(drawn.length);
  });
});

describe("the check digit (Damm)", () => {
  it("is the published one", () => {
    // 572 -> 4 in the common example; leading zeros change nothing.
    expect(receiptPlausible("0000000000005724")).toBe(true);
    expect([0, 1, 2, 3, 5, 6, 7, 8, 9].some((other) => receiptPlausible(`000000000000572${other}`))).toBe(false);
  });

  it("finds every wrong digit and every swap of neighbours", () => {
    fc.assert(
      fc.property(receipts, (receipt) => {
        for (let at = 0; at < 16; at++) {
          const [before, digit, after] = [receipt.slice(0, at), receipt[at]!, receipt.slice(at + 1)];
          for (const other of "0123456789") expect(receiptPlausible(`${before}${other}${after}`)).toBe(other === digit);
          if (at < 15 && digit !== after[0])
            expect(receiptPlausible(`${before}${after[0]}${digit}${after.slice(1)}`)).toBe(false);
        }
      }),
    );
  });
});

describe("a typed receipt", () => {
  it("comes back from its two numbers, whatever spaces and dashes stand between the digits", () => {
    const gaps = fc.array(fc.constantFrom("", " ", "-", "\u2013", "\u00a0", "\u202f", "\n", "\u2011"), {
      minLength: 17,
      maxLength: 17,
    });
    fc.assert(
      fc.property(receipts, gaps, (receipt, between) => {
        const [first, second] = formatReceipt(receipt);
        expect([first.length, second.length]).toEqual([8, 8]);
        const typed = between.map((gap, at) => gap + (`${first}${second}`[at] ?? "")).join("");
        expect(parseReceipt(typed)).toBe(receipt);
      }),
    );
  });

  it.each([
    ["nothing", ""],
    ["fifteen digits", "000000000000572"],
    ["seventeen digits", "00000000000005724"],
    ["another check digit", "0000000000005725"],
    ["a letter", "O000000000005724"],
    ["a sign that is no dash", "00000000.00005724"],
    ["digits of another script", "٠٠٠٠٠٠٠٠٠٠٠٠٥٧٢٤"],
  ])("is refused: %s", (_what, text) => {
    expect(parseReceipt(text)).toBeNull();
  });
});

describe("the receipt of a session", () => {
  const key = systemChance.bytes(32);

  it("is HMAC-SHA256 cut to 128 bits, modulo 10^15, and a check digit", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii" }), (sessionId) => {
        const mac = createHmac("sha256", key).update(`gundo/receipt/v1${sessionId}`).digest("hex");
        const expected = (BigInt(`0x${mac.slice(0, 32)}`) % 1_000_000_000_000_000n).toString().padStart(15, "0");
        const receipt = receiptFrom(key, sessionId);
        expect(receipt.slice(0, 15)).toBe(expected);
        expect(parseReceipt(receipt)).toBe(receipt);
      }),
    );
  });

  it("is the same at every turn, another for another session or key", () => {
    const receipt = receiptFrom(key, "ATUid_1");
    expect(receiptFrom(key, "ATUid_1")).toBe(receipt);
    expect(receiptFrom(key, "ATUid_2")).not.toBe(receipt);
    expect(receiptFrom(systemChance.bytes(32), "ATUid_1")).not.toBe(receipt);
  });

  it("has every digit equally often at every place", () => {
    const fixed = new Uint8Array(32).fill(7);
    const drawn = Array.from({ length: 10_000 }, (_, session) => receiptFrom(fixed, `ATUid_${session}`));
    expect(worstChiSquare(drawn)).toBeLessThan(40.9);
  });
});
