import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arithmeticOf, type Enclosed } from "../../src/trends/exact.ts";
import { changeMarginOf, marginOf, totalMarginOf } from "../../src/trends/interval.ts";
import { epsilons, type Epsilon } from "../../src/trends/key-space.ts";
import { discreteLaplace } from "../../src/trends/noise.ts";
import { streamOf } from "../support/stream.ts";

/** P(|sum of so many draws| ≤ m) for m = 0, 1, …, in floating point and the long way: mass by mass, convolved. */
function within({ numerator, denominator }: Epsilon, draws: number): readonly number[] {
  const a = Math.exp(-numerator / denominator);
  const reach = Math.ceil(((28 + draws) * denominator) / numerator);
  const mass = (z: number): number => ((1 - a) / (1 + a)) * a ** Math.abs(z);
  let spread = Array.from({ length: 2 * reach + 1 }, () => 0).with(reach, 1);
  for (let draw = 0; draw < draws; draw++)
    spread = spread.map((_, at) => spread.reduce((sum, p, from) => sum + p * mass(at - from), 0));
  let sum = spread[reach]!;
  return spread.slice(reach).map((p, m) => (m === 0 ? sum : (sum += 2 * p)));
}

const some: readonly Epsilon[] = [
  epsilons.t1,
  epsilons.t2,
  { numerator: 1, denominator: 1 },
  { numerator: 1, denominator: 4 },
  { numerator: 3, denominator: 1 },
];

describe("margins", () => {
  test("of the two tables", () => {
    expect([epsilons.t1, epsilons.t2].map(marginOf)).toEqual([9, 5]);
    expect([epsilons.t1, epsilons.t2].map(changeMarginOf)).toEqual([24, 13]);
    expect([totalMarginOf(epsilons.t1, 13), totalMarginOf(epsilons.t2, 3), totalMarginOf(epsilons.t2, 30)]).toEqual([
      29, 8, 23,
    ]);
  });

  test.each(some)("of one figure, ε = $numerator/$denominator: the least that holds", (epsilon) => {
    const a = Math.exp(-epsilon.numerator / epsilon.denominator);
    // P(|Z| > m) = 2 a^(m+1) / (1 + a), in closed form.
    const beyond = (m: number): number => (2 * a ** (m + 1)) / (1 + a);
    expect(beyond(marginOf(epsilon))).toBeLessThan(0.05);
    expect(beyond(marginOf(epsilon) - 1)).toBeGreaterThan(0.05);
    expect(totalMarginOf(epsilon, 1)).toBe(marginOf(epsilon));
  });

  test.each(some)("of changes and totals, ε = $numerator/$denominator: as the long way finds them", (epsilon) => {
    const two = within(epsilon, 2);
    expect(changeMarginOf(epsilon)).toBe(two.findIndex((p) => p >= 0.999));
    expect(Math.abs(two[changeMarginOf(epsilon)]! - 0.999)).toBeGreaterThan(1e-9);
    // Of thirty, the first precision leaves some undecided.
    for (const draws of [2, 3, 5, 30]) {
      const many = within(epsilon, draws);
      expect(totalMarginOf(epsilon, draws)).toBe(many.findIndex((p) => p >= 0.95));
      expect(Math.abs(many[totalMarginOf(epsilon, draws)]! - 0.95)).toBeGreaterThan(1e-9);
    }
  });

  test("a small ε has a wide margin, a large one none", () => {
    expect(marginOf({ numerator: 1, denominator: 1000 })).toBe(2996);
    expect([marginOf, changeMarginOf].map((margin) => margin({ numerator: 100, denominator: 1 }))).toEqual([0, 0]);
  });

  test.each([epsilons.t1, epsilons.t2])(
    "cover what is drawn as often as they say, $numerator/$denominator",
    (epsilon) => {
      const coins = streamOf("coverage");
      const draws = Array.from({ length: 200_000 }, () => discreteLaplace(epsilon, coins));
      const [margin, changeMargin] = [marginOf(epsilon), changeMarginOf(epsilon)];
      const share = (holds: (draw: number, index: number) => boolean): number =>
        draws.filter(holds).length / draws.length;
      const figures = share((draw) => Math.abs(draw) <= margin);
      const changes = share((draw, index) => Math.abs(draw - draws.at(index - 1)!) <= changeMargin);
      // Five standard errors below the least, and above by no more than the next integer would give.
      expect(figures).toBeGreaterThan(0.95 - 5 * Math.sqrt((0.05 * 0.95) / draws.length));
      expect(figures).toBeLessThan(0.99);
      expect(changes).toBeGreaterThan(0.999 - 5 * Math.sqrt(0.001 / draws.length));
      expect(changes).toBeLessThan(1);
    },
  );
});

const put = ([low, high]: readonly [number, number]): Enclosed => ({ low: BigInt(low), high: BigInt(high) });
const outward = (ends: readonly number[], over: number): Enclosed => ({
  low: BigInt(Math.floor(Math.min(...ends) / over)),
  high: BigInt(Math.ceil(Math.max(...ends) / over)),
});

describe("enclosed numbers", () => {
  const bits = 40n;
  const exact = arithmeticOf(bits);
  const scale = 2 ** 40;
  const holds = ({ low, high }: Enclosed, value: number): void => {
    // A double errs by far less than 2^-40 for numbers of this size.
    expect(Number(low) / scale).toBeLessThanOrEqual(value + 1e-9);
    expect(Number(high) / scale).toBeGreaterThanOrEqual(value - 1e-9);
    expect(low).toBeLessThanOrEqual(high);
    expect(Number(high - low) / scale).toBeLessThan(1e-6);
  };

  const enclosed = ([above, below]: readonly [number, number]): Enclosed =>
    exact.scaled(exact.integer(BigInt(above)), 1n, BigInt(below));

  test("e^-ε lies in what is said of it, ever closer", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 1, max: 400 }), (numerator, denominator) => {
        holds(exact.decay({ numerator, denominator }), Math.exp(-numerator / denominator));
        const close = arithmeticOf(200n).decay({ numerator, denominator });
        const wide = exact.decay({ numerator, denominator });
        expect(wide.low << 160n).toBeLessThanOrEqual(close.low);
        expect(wide.high << 160n).toBeGreaterThanOrEqual(close.high);
      }),
    );
  });

  test("sums, products, multiples and powers enclose theirs, whatever the signs", () => {
    const fraction = fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: 1, max: 99 }));
    fc.assert(
      fc.property(fraction, fraction, fc.integer({ min: -9, max: 9 }), fc.integer({ min: 0, max: 4 }), (p, q, n, m) => {
        const [x, y] = [p[0] / p[1], q[0] / q[1]];
        holds(exact.sum(enclosed(p), enclosed(q)), x + y);
        holds(exact.product(enclosed(p), enclosed(q)), x * y);
        holds(exact.scaled(enclosed(p), BigInt(n), 7n), (x * n) / 7);
        const small: readonly [number, number] = [p[0] % 10, 10];
        holds(exact.power(enclosed(small), m), (small[0] / small[1]) ** m);
      }),
    );
  });

  test("are rounded outward by less than one place, and not at all where nothing is left over", () => {
    // Of eight places: small enough for a double to hold every product as it is.
    const few = arithmeticOf(8n);
    const end = fc.integer({ min: -2000, max: 2000 });
    const any = fc.tuple(end, end).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    fc.assert(
      fc.property(any, any, fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 9 }), (a, b, times, over) => {
        const products = a.flatMap((one) => b.map((other) => one * other));
        expect(few.product(put(a), put(b))).toEqual(outward(products, 256));
        const multiples = a.map((one) => one * times);
        expect(few.scaled(put(a), BigInt(times), BigInt(over))).toEqual(outward(multiples, over));
        expect(few.scaled(put(a), BigInt(times))).toEqual(outward(multiples, 1));
      }),
    );
  });

  test("of however few places hold e^-ε: what the series leaves out is counted in", () => {
    const places = 128n;
    for (let few = 1n; few <= 10n; few++)
      for (let numerator = 1; numerator <= 24; numerator++) {
        const epsilon = { numerator, denominator: 8 };
        const [wide, close] = [arithmeticOf(few).decay(epsilon), arithmeticOf(places).decay(epsilon)];
        expect(wide.low << (places - few)).toBeLessThanOrEqual(close.low);
        expect(wide.high << (places - few)).toBeGreaterThanOrEqual(close.high);
      }
  });
});
