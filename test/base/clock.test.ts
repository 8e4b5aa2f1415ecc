import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addDays,
  dayOf,
  fromIsoDay,
  fromIsoInstant,
  hourOf,
  isoDay,
  isoHour,
  isoInstant,
  type UnixMs,
} from "../../src/base/clock.ts";

const instant = fc.integer({ min: 0, max: 4_102_444_800_000 }) as fc.Arbitrary<UnixMs>;

test("days, hours and instants come back from their text", () => {
  fc.assert(
    fc.property(instant, (at) => {
      expect(fromIsoDay(isoDay(dayOf(at)))).toBe(dayOf(at));
      expect(fromIsoInstant(isoInstant(at))).toBe(at - (at % 1000));
      expect(isoHour(at)).toBe(`${isoInstant(at).slice(0, 13)}h`);
      expect(hourOf(at)).toBe(Math.floor(at / 3_600_000));
      expect(addDays(dayOf(at), 1)).toBe(dayOf((at + 86_400_000) as UnixMs));
    }),
  );
});

test("what is no day or instant is null", () => {
  for (const text of ["2026-02-30", "2026-2-03", "", "2026-13-01", "20260101"]) expect(fromIsoDay(text)).toBeNull();
  for (const text of [
    "2026-02-30T00:00:00Z",
    "2026-02-03T24:00:00Z",
    "2026-02-03T00:00:00.000Z",
    "2026-02-03T00:00:00+01:00",
  ])
    expect(fromIsoInstant(text)).toBeNull();
});
