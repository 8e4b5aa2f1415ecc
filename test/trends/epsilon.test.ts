import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { epsilonText, isMore, parseEpsilon, sumOf, timesOf } from "../../src/trends/epsilon.ts";
import { epsilons, tableIds } from "../../src/trends/key-space.ts";

const part = fc.integer({ min: 1, max: 999_999 });
const epsilon = fc.record({ numerator: part, denominator: part });

describe("ε as an exact fraction", () => {
  test("the two tables of a period spend exactly 1", () => {
    expect(tableIds.map((id) => epsilonText(epsilons[id]))).toEqual(["7/20", "13/20"]);
    expect(sumOf(tableIds.map((id) => epsilons[id]))).toEqual({ numerator: 1, denominator: 1 });
  });

  test("has one spelling, which reads back", () => {
    fc.assert(
      fc.property(epsilon, (one) => {
        const text = epsilonText(one);
        const read = parseEpsilon(text)!;
        expect(epsilonText(read)).toBe(text);
        expect(BigInt(read.numerator) * BigInt(one.denominator)).toBe(BigInt(one.numerator) * BigInt(read.denominator));
      }),
    );
  });

  test.each([
    "",
    "0",
    "0/1",
    "1/0",
    "14/40",
    "1/1",
    "2/1",
    "01",
    "1/02",
    "-1",
    "+1",
    "1.0",
    "1e3",
    " 1",
    "1 ",
    "1/2 ",
    "1000000",
    "1/1000000",
    "1/2/3",
    1,
    null,
  ])("%j is none", (text) => {
    expect(parseEpsilon(text)).toBeNull();
  });

  test("sums and comparisons are exact, whatever the order", () => {
    fc.assert(
      fc.property(epsilon, epsilon, (a, b) => {
        expect(sumOf([a, b])).toEqual(sumOf([b, a]));
        expect(isMore(sumOf([a, b]), a)).toBe(true);
        expect(isMore(a, a)).toBe(false);
        expect(timesOf(a, 3)).toEqual(sumOf([a, a, a]));
      }),
    );
  });

  test("a tenth is a tenth: ten of them are 1, and not a bit less", () => {
    const tenth = parseEpsilon("1/10")!;
    expect(timesOf(tenth, 10)).toEqual({ numerator: 1, denominator: 1 });
    expect(isMore({ numerator: 1, denominator: 1 }, timesOf(tenth, 10))).toBe(false);
  });
});
