import { expect, test } from "vitest";
import { addDays, dayOf } from "../../src/base/clock.ts";
import { demoInstance } from "../../src/config/instance.ts";
import { phoneSettings } from "../../src/intake/phone-settings.ts";
import { HandClock, testBoard, testRoster } from "../support/board.ts";
import { ownTaxonomy } from "../support/taxonomy.ts";

const clock = new HandClock();
const roster = testRoster(clock, testBoard(clock));
const texts = demoInstance(addDays(dayOf(clock.nowMs()), 1));

const codesOf = (more: object): readonly string[] =>
  phoneSettings(() => roster, { ...texts, ...more }, clock)().categories.map(({ code }) => code);

test("a phone is asked by the instance's own categories where it has some", () => {
  expect(codesOf({ taxonomy: ownTaxonomy })).toEqual(["PEC", "RAC", "OTH"]);
  expect(codesOf({})).toContain("CAT");
});
