import fc from "fast-check";
import { expect, test } from "vitest";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, dayOf } from "../../src/base/clock.ts";
import { Fault } from "../../src/base/fault.ts";
import type { Exclusion } from "../../src/envelope/report.ts";
import { caseRecipients, deskRecipients, isExcluded, readersOf } from "../../src/roster/readers.ts";
import { HandClock, testRoster } from "../support/board.ts";

const clock = new HandClock();
const roster = testRoster(clock);
const today = dayOf(clock.nowMs());
const [all] = roster.desks;

const exclusion: fc.Arbitrary<Exclusion> = fc.oneof(
  fc
    .constantFrom("ML", "ML04", "ML06", "ML07", "ML0703", "ML09", "ML01")
    .map((value) => ({ rule: "place" as const, value })),
  fc.constantFrom("Benkadi", "Jigi", "Hakili", "Nobody").map((value) => ({ rule: "organisation" as const, value })),
);

test("for any exclusion: the desk's number of recipients, in its order, and none of an excluded person", () => {
  fc.assert(
    fc.property(fc.array(exclusion, { maxLength: 4 }), (exclude) => {
      const readers = readersOf(roster, all!, exclude, today);
      try {
        const recipients = deskRecipients(roster, all!, exclude, today, systemChance);
        expect(recipients).toHaveLength(5);
        recipients.forEach((recipient, index) => {
          const reviewer = roster.reviewers[index]!;
          expect(recipient === reviewer.recipient).toBe(!isExcluded(reviewer, exclude));
        });
      } catch (error) {
        expect(error).toBeInstanceOf(Fault);
        expect((error as Fault).code).toBe("envelope.tooFewReaders");
        expect(readers.length).toBeLessThan(2);
      }
    }),
    { numRuns: 60 },
  );
});

const excluded = (value: string): readonly string[] =>
  roster.reviewers.filter((reviewer) => isExcluded(reviewer, [{ rule: "place", value }])).map(({ id }) => id);

test("a place excludes both ways: the région names its cercles, the cercle its région's people", () => {
  expect(excluded("ML07")).toEqual(["r4", "r5"]);
  expect(excluded("ML0703")).toEqual(["r4", "r5"]);
  expect(excluded("ML0701")).toEqual(["r4"]);
  expect(excluded("ML01")).toEqual([]);
});

test("whoever is out of service is replaced, and two must remain", () => {
  const afterwards = addDays(today, 400);
  expect(readersOf(roster, all!, [], afterwards)).toEqual([]);
  expect(() => deskRecipients(roster, all!, [], afterwards, systemChance)).toThrow("envelope.tooFewReaders");
});

test("two readers are enough, one is not", () => {
  const two = ["Benkadi", "Hakili"].map((value) => ({ rule: "organisation" as const, value }));
  expect(readersOf(roster, all!, two, today).map(({ id }) => id)).toEqual(["r2", "r5"]);
  expect(deskRecipients(roster, all!, two, today, systemChance)).toHaveLength(5);
  const one = [...two, { rule: "place" as const, value: "ML04" }];
  expect(() => deskRecipients(roster, all!, one, today, systemChance)).toThrow("envelope.tooFewReaders");
});

test("of a case: the same shape, nothing for whoever stepped aside, and one reader may be left", () => {
  const aside = ["r1", "r2", "r3", "r4"];
  const recipients = caseRecipients(roster, all!, { exclude: [], aside }, today, systemChance);
  expect(recipients.map((one, index) => one === roster.reviewers[index]!.recipient)).toEqual([
    ...aside.map(() => false),
    true,
  ]);
  const exclude: Exclusion[] = ["Benkadi", "Jigi"].map((value) => ({ rule: "organisation", value }));
  expect(() => caseRecipients(roster, all!, { exclude, aside: [] }, today, systemChance)).toThrow(
    "envelope.tooFewReaders",
  );
});
