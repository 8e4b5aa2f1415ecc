import fc from "fast-check";
import { expect, test } from "vitest";
import type { Period } from "../../src/trends/period.ts";
import { parseRemembered, rememberedText, type Remembered } from "../../src/console/trust/memory.ts";

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
const serial = fc.integer({ min: 1, max: 2 ** 31 });
const remembered: fc.Arbitrary<Remembered> = fc.record({
  language: fc.constantFrom("fr" as const, "en" as const, null),
  theme: fc.constantFrom("system" as const, "light" as const, "dark" as const),
  anchors: fc.option(hash),
  roster: fc.option(fc.record({ serial, noteHash: hash })),
  audit: fc.option(fc.record({ seq: serial, hash })),
  page: fc.option(hash),
  labels: fc.constantFrom("2027-Q1" as Period, null),
});

test("what is kept comes back", () => {
  fc.assert(
    fc.property(remembered, (one) => {
      expect(parseRemembered(rememberedText(one))).toEqual(one);
    }),
  );
});

test("anything else is as good as nothing, and never throws", () => {
  const nothing = parseRemembered("");
  const nobody = { anchors: null, roster: null, audit: null, page: null, labels: null };
  expect(nothing).toEqual({ language: null, theme: "system", ...nobody });
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(parseRemembered(text)).toEqual(nothing);
    }),
  );
  fc.assert(
    fc.property(remembered, (one) => {
      const text = rememberedText(one).replace('"v":1', '"v":1,"reads":["a report"]');
      expect(parseRemembered(text)).toEqual(nothing);
    }),
  );
});
