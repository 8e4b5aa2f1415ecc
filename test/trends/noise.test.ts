import { hkdfSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { fromHex, hex } from "../../src/base/bytes.ts";
import { bound } from "../../src/trends/bound.ts";
import { cellsOf, epsilons, tableIds } from "../../src/trends/key-space.ts";
import { coinsOf, type CoinSource } from "../../src/trends/coins.ts";
import { addNoise, discreteLaplace, uniformBelow } from "../../src/trends/noise.ts";
import { parsePeriod } from "../../src/trends/period.ts";
import { malianKeySpace } from "../support/trends.ts";
import { replays, tapeOf } from "./checks/replay.ts";
import reference from "../vectors/geometric.json" with { type: "json" };

describe("an independent reference in Python's fractions (test/vectors/geometric.py)", () => {
  test.each(reference.cases)("ε = $numerator/$denominator: draw for draw and byte for byte", (recorded) => {
    expect(recorded.draws.length).toBeGreaterThan(200);
    replays(discreteLaplace, recorded);
  });

  test("a draw runs dry on a record that is one byte short, and differs on another's record", () => {
    const [first, second] = reference.cases;
    const spoiled = first!.draws.map(({ bytes }) => fromHex(bytes)!.subarray(0, -1));
    for (const bytes of spoiled) expect(() => discreteLaplace(first!, tapeOf(bytes))).toThrow("read past");
    const all = fromHex(first!.draws.map(({ bytes }) => bytes).join(""))!;
    const tape = tapeOf(all);
    const other = first!.draws.slice(0, 100).map(() => discreteLaplace(second!, tape));
    expect(other).not.toEqual(first!.draws.slice(0, 100).map(({ value }) => value));
  });
});

describe("uniformBelow", () => {
  test("takes nothing for 1, whole bytes otherwise, and clears what is above", () => {
    const unasked = { bytes: () => expect.unreachable("nothing is to be drawn") };
    expect(uniformBelow(1n, unasked)).toBe(0n);
    expect(uniformBelow(2n, tapeOf(Uint8Array.of(0xfe)))).toBe(0n);
    expect(uniformBelow(256n, tapeOf(Uint8Array.of(0xfe)))).toBe(0xfen);
    expect(uniformBelow(257n, tapeOf(Uint8Array.of(0xff, 0x00)))).toBe(256n);
    expect(uniformBelow(2n ** 32n + 1n, tapeOf(Uint8Array.of(0xff, 0, 0, 0, 0)))).toBe(2n ** 32n);
    expect(uniformBelow(2n ** 40n + 1n, tapeOf(Uint8Array.of(0xff, 0, 0, 0, 0, 0)))).toBe(2n ** 40n);
  });

  test("takes anew what would favour small numbers", () => {
    const tape = tapeOf(Uint8Array.of(20, 31, 19, 5));
    expect(uniformBelow(20n, tape)).toBe(19n);
    expect(tape.left()).toBe(1);
  });

  test.each([1n, 2n, 3n, 7n, 20n, 200n, 256n])("every integer below %s is equally many bytes", (n) => {
    const counts = new Map<bigint, number>();
    for (let byte = 0; byte < 256; byte++) {
      const tape = tapeOf(Uint8Array.of(byte, 0));
      const drawn = uniformBelow(n, tape);
      if (tape.left() === 1 || n === 1n) counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
    }
    expect(counts.size).toBe(Number(n));
    expect(new Set(counts.values()).size).toBe(1);
  });
});

const source: CoinSource = {
  seeds: [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)],
  claimHash: new Uint8Array(32).fill(3),
  period: parsePeriod("2027-Q1")!,
};
const counts = bound([], malianKeySpace, source.claimHash).counts;

describe("noise on every cell", () => {
  const figures = addNoise(counts, malianKeySpace, epsilons, source);

  test("every cell has its own draw, zeros too", () => {
    for (const table of tableIds)
      expect(figures[table]).toEqual(
        cellsOf(table, malianKeySpace).map((cell) => discreteLaplace(epsilons[table], coinsOf(source, table, cell))),
      );
    expect(new Set(figures.t1).size).toBeGreaterThan(3);
  });

  test("the same seeds and claim give the same figures; whatever differs gives others", () => {
    expect(addNoise(counts, malianKeySpace, epsilons, source)).toEqual(figures);
    const others: readonly CoinSource[] = [
      { ...source, seeds: source.seeds.toReversed() },
      { ...source, claimHash: new Uint8Array(32).fill(4) },
      { ...source, period: parsePeriod("2027-Q2")! },
    ];
    for (const other of others) expect(addNoise(counts, malianKeySpace, epsilons, other)).not.toEqual(figures);
  });

  test("a count one higher is a figure one higher, under the same coins", () => {
    const more = { ...counts, t1: counts.t1.map((count) => count + 1) };
    expect(addNoise(more, malianKeySpace, epsilons, source)).toEqual({ ...figures, t1: figures.t1.map((n) => n + 1) });
  });
});

describe("coins", () => {
  test("are HKDF-SHA256 as RFC 5869 has it, a block a counter", () => {
    const ikm = Buffer.concat(source.seeds);
    const blocks = [0, 1, 2].map((counter) => {
      const info = `gundo/release/v1/2027-Q1/t2/ML05.G1/${counter}`;
      return Buffer.from(hkdfSync("sha256", ikm, source.claimHash, info, 32));
    });
    const coins = coinsOf(source, "t2", "ML05.G1");
    const read = [1, 30, 5, 0, 40, 20].map((length) => hex(coins.bytes(length)));
    expect(read.join("")).toBe(Buffer.concat(blocks).toString("hex"));
  });
});
