import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, fromIsoDay } from "../../src/base/clock.ts";
import { base64url } from "../../src/base/bytes.ts";
import { countedLabel, unitOf } from "../../src/trends/counted.ts";
import { periodAfter, periodOf, type Period } from "../../src/trends/period.ts";

const quarter = "2027-Q1" as Period;
const given = (iso: string, plausible: boolean, name = iso) => ({ day: fromIsoDay(iso)!, label: { plausible, name } });

describe("which label of a case counts", () => {
  test("the newest of the quarter in which it first had a plausible one", () => {
    expect(countedLabel([given("2027-01-02", true, "a"), given("2027-03-31", true, "b")], quarter)?.name).toBe("b");
    expect(countedLabel([given("2026-12-31", false), given("2027-01-01", true, "b")], quarter)?.name).toBe("b");
  });

  test("none where the newest of the quarter is not plausible any more, or there is none", () => {
    expect(countedLabel([given("2027-01-02", true), given("2027-01-03", false)], quarter)).toBeNull();
    expect(countedLabel([given("2027-01-02", false)], quarter)).toBeNull();
    expect(countedLabel([], quarter)).toBeNull();
  });

  test("a label given anew in a later quarter counts in neither but the first", () => {
    const labels = [given("2026-12-30", true, "a"), given("2027-01-05", true, "b")];
    expect(countedLabel(labels, "2026-Q4" as Period)?.name).toBe("a");
    expect(countedLabel(labels, quarter)).toBeNull();
  });

  test("whatever is given when, a case counts in one quarter at most", () => {
    const start = fromIsoDay("2026-10-01")!;
    const label = fc.record({ after: fc.nat(400), plausible: fc.boolean() });
    fc.assert(
      fc.property(fc.array(label, { maxLength: 12 }), (drawn) => {
        const labels = drawn
          .toSorted((a, b) => a.after - b.after)
          .map(({ after, plausible }) => ({ day: addDays(start, after), label: { plausible } }));
        const counts = quartersFrom(periodOf(start), 6).filter((period) => countedLabel(labels, period) !== null);
        expect(counts.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

test("who spoke: a phone's tag, else the conversation, else the mailbox, else the report itself", () => {
  const [sourceTag, thread, id, door] = [1, 2, 3, 4].map((byte) => new Uint8Array(16).fill(byte));
  const all = { sourceTag, thread, mailbox: { id: id! }, door: door! };
  expect(unitOf(all)).toBe(base64url(sourceTag!));
  expect(unitOf({ ...all, sourceTag: undefined })).toBe(base64url(thread!));
  expect(unitOf({ mailbox: { id: id! }, door: door! })).toBe(base64url(id!));
  expect(unitOf({ door: door! })).toBe(base64url(door!));
});

function quartersFrom(first: Period, count: number): readonly Period[] {
  const periods = [first];
  while (periods.length < count) periods.push(periodAfter(periods.at(-1)!));
  return periods;
}
